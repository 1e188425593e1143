package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a process of their own that are killed as by kill -9 and resumed. */
class KilledRunTest {
    private static final SpeechRecipe RECIPE = SmallRuns.growAndPrune();

    @TempDir private Path temporary;

    KilledRunTest() {}

    /** Trains in the folder that is its argument. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            System.setProperty("java.awt.headless", "true"); // as the program does
            SmallRuns.train(RECIPE, Path.of(arguments[0]), TrainingListener.NONE);
        }
    }

    @Test
    @Timeout(300)
    void killedRunsGiveTheSameModel() throws Exception {
        Path undisturbed = temporary.resolve("undisturbed");
        Path killed = temporary.resolve("killed");
        SmallRuns.train(RECIPE, undisturbed, TrainingListener.NONE);

        int kills = 0;
        kills += killWhen(killed, () -> Files.exists(killed.resolve("recipe.json")));
        kills += killWhen(killed, () -> isWritingACheckpoint(killed));
        kills += killWhen(killed, () -> lines(killed) >= 5);
        kills += killWhen(killed, () -> Files.exists(killed.resolve("model.safetensors")));
        assertTrue(kills >= 3, "killed only %d of 4 times before the end".formatted(kills));

        SmallRuns.train(RECIPE, killed, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(undisturbed.resolve("model.safetensors")),
                Files.readAllBytes(killed.resolve("model.safetensors")));
        assertEquals(epochs(undisturbed), epochs(killed));
        try (Stream<Path> files = Files.list(killed.resolve("checkpoints"))) {
            assertEquals(List.of(), files.filter(AtomicFile::isLeftover).toList());
        }
    }

    /** Starts a process that trains, and kills it at a moment; 0 if it ended before. */
    private int killWhen(Path folder, BooleanSupplier moment) throws Exception {
        Process process = start(folder);
        try {
            while (process.isAlive() && !moment.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            boolean alive = process.isAlive();
            process.destroyForcibly().waitFor();
            if (!alive) {
                assertEquals(
                        0,
                        process.exitValue(),
                        () -> "the child failed, see " + temporary.resolve("child.log"));
            }
            return alive ? 1 : 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Path folder) throws IOException {
        return JavaProcess.of(Child.class, folder.toString())
                .redirectOutput(temporary.resolve("child.log").toFile())
                .start();
    }

    private static boolean isWritingACheckpoint(Path folder) {
        Path checkpoints = folder.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.anyMatch(AtomicFile::isLeftover);
        } catch (IOException e) {
            return false;
        }
    }

    private static int lines(Path folder) {
        try {
            return EventLog.read(folder.resolve("events.jsonl")).size();
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<Double> epochs(Path folder) throws IOException {
        return EventLog.read(folder.resolve("events.jsonl")).stream()
                .filter(e -> e.event() == RunEvent.Kind.EPOCH)
                .map(RunEvent::loss)
                .toList();
    }
}
