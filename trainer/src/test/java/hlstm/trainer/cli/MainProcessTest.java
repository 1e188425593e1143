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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own. */
class MainProcessTest {
    private static final Path FULL = Path.of("/dev/full");

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

    /** As in {@code hlstm recipes --settings | head}: the reader has seen enough. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows does not tell what a pipe is")
    void aReaderThatGoesIsNoError() throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process =
                JavaProcess.of(Main.class, "recipes", "--settings")
                        .redirectErrorStream(false)
                        .redirectError(errors.toFile())
                        .start();
        process.getInputStream().close();

        assertEquals(0, process.waitFor());
        assertEquals("", messages(Files.readString(errors)));
    }

    @Test
    @EnabledIf("isFullDevice")
    void aDiskThatIsFullIsAnError() throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process =
                JavaProcess.of(Main.class, "recipes", "--settings")
                        .redirectErrorStream(false)
                        .redirectOutput(FULL.toFile())
                        .redirectError(errors.toFile())
                        .start();

        assertEquals(1, process.waitFor());
        assertTrue(
                messages(Files.readString(errors)).contains("could not be written in full"),
                () -> "no message");
    }

    static boolean isFullDevice() {
        return Files.exists(FULL);
    }

    /** Cron jobs and slim containers know ASCII alone. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "locales of other systems are all of UTF-8")
    void namesBeyondTheLocaleAreSaidWithARemedy() throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("run.sh"),
                        "exec \"$@\" inspect \"$(printf 'm\\303\\266del')\"\n");
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(JavaProcess.of(Main.class).command());
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().put("LC_ALL", "C");

        Process process = program.start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertEquals(2, process.waitFor(), output);
        assertTrue(output.contains("choose a locale of UTF-8, as with LC_ALL=C.UTF-8"), output);
    }

    /** What the program itself has said. */
    private static String messages(String errors) {
        return errors.lines()
                .filter(line -> !line.startsWith("WARNING: Using incub"))
                .collect(Collectors.joining("\n"));
    }
}
