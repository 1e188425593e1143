package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.JavaProcess;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own. */
class MainProcessTest {
    @TempDir private Path folder;

    @Test
    void reportsAreMadeWhereTheDisplayCannotBeReached() throws Exception {
        Path run = folder.resolve("run");
        RunFolder.create(run, Recipes.named("demo-lstm")).close();
        ProcessBuilder program = JavaProcess.of(Main.class, "report", run.toString());
        program.environment().put("DISPLAY", ":99");

        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertTrue(Files.exists(run.resolve("report.html")), output);
    }
}
