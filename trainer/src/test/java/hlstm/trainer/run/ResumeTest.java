package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hlstm.trainer.data.CorpusSplit;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are broken off and resumed, within this process; {@link KilledRunTest} kills some. */
class ResumeTest {
    private static final SpeechRecipe RECIPE =
            SmallRuns.growAndPrune().with(List.of("optimizer.averageDecay=0.9"));

    @TempDir private static Path undisturbed;
    private static List<RunEvent> events;
    private static int batches;

    @TempDir private Path folder;

    ResumeTest() {}

    /** Ends a run by an exception at its n-th batch, counted over all epochs. */
    private static final class BreakOff implements TrainingListener {
        private final int atBatch;
        private int count;

        BreakOff(int atBatch) {
            this.atBatch = atBatch;
        }

        @Override
        public void batch(Progress progress) {
            if (count++ == atBatch) {
                throw new BrokenOff();
            }
        }
    }

    private static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenOff() {}
    }

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        BreakOff counter = new BreakOff(-1);
        SmallRuns.train(RECIPE, undisturbed, counter);
        batches = counter.count;
        events = EventLog.read(undisturbed.resolve("events.jsonl"));
    }

    private void breakOff(int atBatch) {
        assertThrows(BrokenOff.class, () -> SmallRuns.train(RECIPE, folder, new BreakOff(atBatch)));
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
    }

    private void resume() throws IOException {
        SmallRuns.train(RECIPE, folder, TrainingListener.NONE);
        for (String model : List.of("model.safetensors", "accurate.safetensors")) {
            assertEquals(
                    Files.exists(undisturbed.resolve(model)), Files.exists(folder.resolve(model)));
            if (Files.exists(folder.resolve(model))) {
                assertArrayEquals(
                        Files.readAllBytes(undisturbed.resolve(model)),
                        Files.readAllBytes(folder.resolve(model)),
                        model);
            }
        }
    }

    @Test
    void aRunBrokenOffInEveryEpochGivesTheSameModelAndLog() throws IOException {
        int epochs = events.getLast().epoch();
        int perEpoch = batches / epochs;
        assertEquals(batches, perEpoch * epochs);
        for (int epoch = 0; epoch < epochs; epoch++) {
            // From the last checkpoint on: one whole epoch, and a part of the next.
            breakOff(epoch == 0 ? 1 : perEpoch + epoch % perEpoch);
        }
        resume();
        assertEquals(
                SmallRuns.comparable(events),
                SmallRuns.comparable(EventLog.read(folder.resolve("events.jsonl"))));
    }

    @Test
    void aFinishedRunCanBeResumedAndChangesNothing() throws IOException {
        SmallRuns.train(RECIPE, folder, TrainingListener.NONE);
        resume();
        assertEquals(
                SmallRuns.comparable(events),
                SmallRuns.comparable(EventLog.read(folder.resolve("events.jsonl"))));
    }

    @Test
    void aTornCheckpointGivesWayToTheOneBefore() throws IOException {
        breakOff(batches - 1);
        Path last = checkpoints().getLast();
        try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
            file.setLength(file.length() * 2 / 3);
        }
        resume();
        assertTrue(
                EventLog.read(folder.resolve("events.jsonl")).stream()
                        .anyMatch(
                                e ->
                                        e.event() == RunEvent.Kind.RESUME
                                                && e.message().contains("passed over")),
                "the log tells of the damage");
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        breakOff(batches - 1);
        Path last = checkpoints().getLast();
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length - 100] ^= 1;
        Files.write(last, bytes);
        resume();
    }

    @Test
    void aRunWithoutAWholeCheckpointIsRefused() throws IOException {
        breakOff(batches - 1);
        for (Path file : checkpoints()) {
            Files.writeString(file, "torn");
        }
        RunException e = assertThrows(RunException.class, this::resume);
        assertTrue(e.getMessage().contains("no checkpoint"), e.getMessage());
        assertTrue(e.getMessage().contains("is whole"), e.getMessage());
    }

    @Test
    void aCheckpointThatCannotBeWrittenLeavesTheOneBefore() throws IOException {
        // A folder in the way stands for a disk that takes no more.
        Path inTheWay = folder.resolve("checkpoints/epoch-000002.safetensors");
        TrainingListener obstacle =
                new TrainingListener() {
                    @Override
                    public void event(RunEvent event) {
                        if (event.event() == RunEvent.Kind.EPOCH && event.epoch() == 2) {
                            inTheWay.resolve("full").toFile().mkdirs();
                        }
                    }
                };
        RunException e =
                assertThrows(RunException.class, () -> SmallRuns.train(RECIPE, folder, obstacle));
        assertTrue(e.getMessage().contains("the checkpoint is not written"), e.getMessage());
        assertTrue(e.getMessage().contains("--resume"), e.getMessage());
        assertEquals(1, RunProgress.fromJson(newest().note("progress"), folder).epoch());
        Files.delete(inTheWay.resolve("full"));
        Files.delete(inTheWay);
        resume();
    }

    /** Checkpoints of earlier versions say less of the networks that were kept. */
    @Test
    void progressOfAnEarlierVersionIsRead() throws IOException {
        breakOff(batches - 1);
        JsonNode progress = new ObjectMapper().readTree(newest().note("progress"));
        ((ObjectNode) progress.get("accurate")).remove(List.of("latencyMicros", "connections"));
        Candidate accurate = RunProgress.fromJson(progress.toString(), folder).accurate();
        assertNull(accurate.connections());
        assertNull(accurate.latencyMicros());
        assertEquals(progress.get("accurate").get("weights").asLong(), accurate.weights());
    }

    private StateFile.StoredState newest() throws IOException {
        return new CheckpointStore(folder.resolve("checkpoints")).newest().orElseThrow();
    }

    @Test
    void otherDataIsRefused() throws IOException {
        breakOff(batches - 1);
        CorpusSplit corpus = SmallRuns.corpus();
        CorpusSplit swapped = new CorpusSplit(corpus.dev(), corpus.train());
        try (RunFolder run = RunFolder.resume(folder, RECIPE)) {
            RunException e =
                    assertThrows(
                            RunException.class,
                            () -> SpeechTraining.run(RECIPE, swapped, run, TrainingListener.NONE));
            assertTrue(e.getMessage().contains("trained on other data"), e.getMessage());
        }
    }

    @Test
    void onlyTheNeededCheckpointsStay() throws IOException {
        breakOff(batches - 1);
        List<String> names =
                checkpoints().stream().map(path -> path.getFileName().toString()).toList();
        assertEquals("epoch-000000.safetensors", names.getFirst());
        assertEquals(3, names.size(), names::toString);
    }

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("epoch-"))
                    .sorted()
                    .toList();
        }
    }
}
