package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.trainer.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose checkpoint breaks off within a write, as on a disk that is full. */
class FullDiskTest {
    private static final SpeechRecipe RECIPE = SmallRuns.dense().with(List.of("training.epochs=2"));
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir private Path temporary;

    FullDiskTest() {}

    /** Trains in the folder that is its argument, and prints why it could not. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try {
                SmallRuns.train(RECIPE, Path.of(arguments[0]), TrainingListener.NONE);
            } catch (RunException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    @Timeout(120)
    void theLastCheckpointStaysAndTheRunGoesOn() throws Exception {
        assumeTrue(Files.isExecutable(SHELL), "skipped: no shell to limit the size of files with");
        Path undisturbed = temporary.resolve("undisturbed");
        SmallRuns.train(RECIPE, undisturbed, TrainingListener.NONE);
        long first = size(undisturbed, 0);
        long second = size(undisturbed, 1);
        assertTrue(second > first + 2048, "the optimiser's state makes the second one larger");
        // The first checkpoint fits, the second breaks off within; the unit is 512 bytes.
        long limit = (first + second) / 2 / 512;
        Path folder = temporary.resolve("run");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                SHELL.toString(),
                                "-c",
                                "ulimit -f " + limit + "; exec \"$@\"",
                                "sh"));
        command.addAll(JavaProcess.of(Child.class, folder.toString()).command());
        Path log = temporary.resolve("child.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();

        assertEquals(0, process.waitFor(), () -> "see " + log);

        String printed = Files.readString(log);
        assertTrue(printed.contains("refused: "), printed);
        assertTrue(printed.contains("The checkpoints before it are intact"), printed);
        assertTrue(printed.contains("--resume"), printed);
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(List.of(), files.filter(AtomicFile::isLeftover).toList());
        }
        SmallRuns.train(RECIPE, folder, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(undisturbed.resolve("model.safetensors")),
                Files.readAllBytes(folder.resolve("model.safetensors")));
    }

    private static long size(Path run, int epoch) throws IOException {
        return Files.size(
                run.resolve("checkpoints").resolve("epoch-%06d.safetensors".formatted(epoch)));
    }
}
