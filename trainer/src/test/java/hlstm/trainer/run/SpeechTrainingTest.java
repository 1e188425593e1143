package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechTrainingTest {
    @TempDir private Path folder;

    SpeechTrainingTest() {}

    @Test
    void growsAndPrunesAndWritesTheModelAndItsProvenance() throws IOException {
        SmallRuns.Events log = new SmallRuns.Events();
        TrainingOutcome outcome = SmallRuns.train(SmallRuns.growAndPrune(), folder, log);
        List<RunEvent.Kind> kinds = log.events.stream().map(RunEvent::event).toList();
        for (RunEvent.Kind kind :
                List.of(
                        RunEvent.Kind.START,
                        RunEvent.Kind.SEED,
                        RunEvent.Kind.GROW,
                        RunEvent.Kind.PHASE,
                        RunEvent.Kind.PRUNE,
                        RunEvent.Kind.END)) {
            assertTrue(kinds.contains(kind), () -> kind + " in " + kinds);
        }
        assertEquals(log.events, EventLog.read(folder.resolve("events.jsonl")));

        Model model = Model.load(outcome.model());
        assertEquals(outcome.gateWeights(), model.recurrentWeights());
        assertTrue(outcome.gateDensity() < 0.22, () -> "density " + outcome.gateDensity());
        assertEquals("demo-hlstm", model.provenance().get("recipe"));
        assertEquals("1", model.provenance().get("seed"));
        assertEquals("plain", model.provenance().get("geometry.input"));
        assertEquals("banked8", model.provenance().get("geometry.recurrent"));
        assertEquals("rows4", model.provenance().get("geometry.hidden"));
        assertEquals("0.05", model.provenance().get("recipe.augmentation.speed"));
        assertFalse(model.provenance().containsKey("recipe.training.threads"));
        assertTrue(Files.size(folder.resolve("report.html")) > 10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradual", "iterative"})
    void theLastNetworkIsScoredWhereverTrainingEnds(String pruning) throws IOException {
        SpeechRecipe recipe =
                SmallRuns.growAndPrune()
                        .with(
                                List.of(
                                        "training.evaluationInterval=12",
                                        "training.epochs=12",
                                        "growAndPrune.pruning.method=" + pruning,
                                        "growAndPrune.pruning.share=0.9"));
        TrainingOutcome outcome = SmallRuns.train(recipe, folder, TrainingListener.NONE);
        List<RunEvent> events = EventLog.read(folder.resolve("events.jsonl"));
        assertTrue(events.getLast().epoch() < 12, events::toString);
        assertEquals(
                Integer.toString(events.getLast().epoch()),
                Model.load(outcome.model()).provenance().get("epoch"));
    }

    @Test
    void trainingLowersTheLoss() throws IOException {
        SmallRuns.Events log = new SmallRuns.Events();
        SpeechRecipe recipe =
                SmallRuns.dense()
                        .with(
                                List.of(
                                        "augmentation.timeMasks=0",
                                        "augmentation.bandMasks=0",
                                        "training.epochs=12",
                                        "optimizer.learningRate=0.01"));
        SmallRuns.train(recipe, folder, log);
        List<Double> losses =
                log.events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.EPOCH)
                        .map(RunEvent::loss)
                        .toList();
        assertEquals(12, losses.size());
        assertTrue(losses.getLast() < 0.5 * losses.getFirst(), losses::toString);
    }

    @Test
    void oneThreadAndTwoGiveTheSameBytes() throws IOException {
        SpeechRecipe recipe = SmallRuns.growAndPrune();
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        SmallRuns.train(recipe, one, TrainingListener.NONE);
        SmallRuns.train(recipe.with(List.of("training.threads=2")), two, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(one.resolve("model.safetensors")),
                Files.readAllBytes(two.resolve("model.safetensors")));
    }

    @Test
    void anotherSeedGivesAnotherModel() throws IOException {
        SpeechRecipe recipe = SmallRuns.dense().with(List.of("training.epochs=1"));
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        long first = fingerprint(recipe, one);
        assertTrue(first != fingerprint(recipe.with(List.of("seed=2")), two));
    }

    private static long fingerprint(SpeechRecipe recipe, Path path) throws IOException {
        return Model.load(SmallRuns.train(recipe, path, TrainingListener.NONE).model())
                .fingerprint();
    }

    @Test
    void divergenceStopsAndKeepsTheLastCheckpoint() throws IOException {
        SpeechRecipe recipe =
                SmallRuns.dense()
                        .with(
                                List.of(
                                        "optimizer.method=sgd",
                                        // Each step multiplies every weight by -9,999.
                                        "optimizer.learningRate=100",
                                        "optimizer.weightDecay=100",
                                        "optimizer.clipNorm=0",
                                        "optimizer.warmupEpochs=0"));
        RunException e =
                assertThrows(
                        RunException.class,
                        () -> SmallRuns.train(recipe, folder, TrainingListener.NONE));
        assertTrue(e.getMessage().startsWith("training has diverged"), e.getMessage());
        assertTrue(e.getMessage().contains("optimizer.learningRate"), e.getMessage());
        assertTrue(new CheckpointStore(folder.resolve("checkpoints")).newest().isPresent());
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
    }

    @Test
    void patienceEndsTraining() throws IOException {
        SpeechRecipe recipe =
                SmallRuns.dense()
                        .with(
                                List.of(
                                        "training.epochs=20",
                                        "training.patience=2",
                                        "optimizer.learningRate=1e-9"));
        SmallRuns.Events log = new SmallRuns.Events();
        TrainingOutcome outcome = SmallRuns.train(recipe, folder, log);
        assertTrue(outcome.epochs() < 20, () -> outcome.toString());
        assertTrue(
                log.events.stream().anyMatch(e -> e.event() == RunEvent.Kind.STOP),
                log.events::toString);
    }
}
