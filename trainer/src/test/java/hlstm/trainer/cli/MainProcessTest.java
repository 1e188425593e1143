package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.SequenceTask;
import hlstm.sparse.DenseMatrix;
import hlstm.trainer.JavaProcess;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** 36 MB of weights in a heap of 32. */
    @Test
    void aHeapThatIsTooSmallIsSaidInOneLine() throws Exception {
        int width = 3_000;
        Path file = folder.resolve("large.safetensors");
        new ModelBuilder(new ModelSpec(new SequenceTask(), List.of(new LinearSpec(width, width))))
                .matrix("layers.0.weight", new DenseMatrix(width, width, new float[width * width]))
                .write(file);
        ProcessBuilder program = JavaProcess.of(Main.class, "inspect", file.toString());
        program.command().add(1, "-Xmx32m");

        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, process.waitFor(), output);
        List<String> lines =
                output.lines().filter(line -> !line.startsWith("WARNING: Using incub")).toList();
        assertEquals(1, lines.size(), output);
        assertTrue(lines.getFirst().startsWith("hlstm inspect: out of memory ("), output);
        // Some collectors do not count a part of the 32.
        assertTrue(lines.getFirst().matches(".* a heap of at most [23]\\d\\.\\d MiB;.*"), output);
        assertTrue(lines.getFirst().contains("JDK_JAVA_OPTIONS=-Xmx"), output);
    }
}
