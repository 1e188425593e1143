package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.NetworkExporter;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs with iterative pruning whose cuts are judged by the word error rate. The first cut takes
 * nine tenths of the weights, which two epochs of retraining do not make good.
 */
class RollbackTest {
    private static final double TARGET = 30;

    private static final SpeechRecipe RECIPE =
            SmallRuns.growAndPrune()
                    .with(
                            List.of(
                                    "seed=4",
                                    "alphabet=" + ToneCorpus.ALPHABET,
                                    "features.sampleRate=" + ToneCorpus.RATE,
                                    "network.layers=1",
                                    "network.bidirectional=false",
                                    "network.dropout=0",
                                    "network.gateDropout=0",
                                    "optimizer.learningRate=0.05",
                                    "optimizer.schedule=constant",
                                    "training.epochs=40",
                                    "training.batchSize=4",
                                    "augmentation.speed=0",
                                    "augmentation.timeMasks=0",
                                    "augmentation.bandMasks=0",
                                    "augmentation.shift=false",
                                    "growAndPrune.target.kind=fixed",
                                    "growAndPrune.target.wer=" + TARGET,
                                    "growAndPrune.seedDensity=1",
                                    "growAndPrune.growth.maxEvents=0",
                                    "growAndPrune.settleEpochs=2",
                                    "growAndPrune.pruning.method=iterative",
                                    "growAndPrune.pruning.share=0.9",
                                    "growAndPrune.pruning.minimumShare=0.3",
                                    "growAndPrune.pruning.retrainEpochs=2",
                                    "growAndPrune.pruning.targetDensity=0.02"));

    @TempDir private static Path undisturbed;
    private static CorpusSplit corpus;
    private static List<RunEvent> events;

    @TempDir private Path folder;

    RollbackTest() {}

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        Corpus tones = ToneCorpus.of(24);
        corpus = new CorpusSplit(tones, tones);
        SmallRuns.train(RECIPE, corpus, undisturbed, TrainingListener.NONE);
        events = EventLog.read(undisturbed.resolve("events.jsonl"));
    }

    private static List<RunEvent> all(RunEvent.Kind kind) {
        return events.stream().filter(e -> e.event() == kind).toList();
    }

    private static boolean happened(RunEvent.Kind kind, int epoch) {
        return all(kind).stream().anyMatch(e -> e.epoch() == epoch);
    }

    /** The last epoch before this one whose network was good enough to be cut. */
    private static RunEvent acceptedBefore(int epoch) {
        return all(RunEvent.Kind.EPOCH).stream()
                .filter(e -> e.epoch() < epoch)
                .filter(e -> happened(RunEvent.Kind.PRUNE, e.epoch()))
                .filter(e -> !happened(RunEvent.Kind.ROLLBACK, e.epoch()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Test
    void aRollbackBringsBackWhatWasAccepted() {
        List<RunEvent> rollbacks = all(RunEvent.Kind.ROLLBACK);
        assertTrue(rollbacks.size() > 1, events::toString);
        for (RunEvent rollback : rollbacks) {
            RunEvent accepted = acceptedBefore(rollback.epoch());
            assertTrue(accepted.wer() <= TARGET, accepted::toString);
            RunEvent missed = all(RunEvent.Kind.EPOCH).get(rollback.epoch() - 1);
            assertTrue(missed.wer() > TARGET, missed::toString);
            assertTrue(missed.weights() < accepted.weights(), missed::toString);
            assertEquals(accepted.weights(), rollback.weights());
            assertEquals(accepted.density(), rollback.density());
            assertEquals(
                    accepted.weights(),
                    rollback.matrices().stream().mapToLong(MatrixFigures::weights).sum());
        }
    }

    @Test
    void theModelIsTheLastAcceptedState() throws IOException {
        int last = events.getLast().epoch();
        assertTrue(happened(RunEvent.Kind.ROLLBACK, last), events::toString);
        RunEvent accepted = acceptedBefore(last);
        assertTrue(accepted.density() < 1, () -> "no cut was accepted in " + events);

        Model model = Model.load(undisturbed.resolve("model.safetensors"));
        assertEquals(Integer.toString(accepted.epoch()), model.provenance().get("epoch"));
        assertEquals(accepted.weights(), model.recurrentWeights());
        assertEquals(accepted.weights(), events.getLast().weights());
        assertEquals(accepted.wer(), events.getLast().wer());

        CheckpointStore store = new CheckpointStore(undisturbed.resolve("checkpoints"));
        StateFile.StoredState kept = store.kept(accepted.epoch());
        try (Workers workers = new ThreadWorkers(1)) {
            SpeechTrainingTask speech =
                    SpeechTrainingTask.open(
                            RECIPE, corpus, Optional.empty(), Optional.empty(), workers);
            Network network = speech.network();
            kept.restore(network.parameters(), network.state());
            network.setRectifierSlope(0);
            assertEquals(accepted.wer(), speech.score().first());
            SpeechTask task = new SpeechTask(RECIPE.features(), Alphabet.of(RECIPE.alphabet()));
            assertEquals(
                    NetworkExporter.export(network, task).build().fingerprint(),
                    model.fingerprint());
        }
        StateFile.StoredState end = store.newest().orElseThrow();
        assertEquals(kept.floats().keySet(), end.floats().keySet());
        kept.floats().forEach((k, v) -> assertArrayEquals(v, end.floats().get(k), k));
        assertEquals(kept.ints().keySet(), end.ints().keySet());
        kept.ints().forEach((k, v) -> assertArrayEquals(v, end.ints().get(k), k));
    }

    /** Where a run is killed, from a cut to the rollback that undoes it. */
    private enum Moment {
        /** The accepted state is kept and the cut made, but no checkpoint knows of either. */
        CUT,
        RETRAINING,
        /** The accepted state is back, but no checkpoint knows of it. */
        ROLLBACK
    }

    @ParameterizedTest
    @EnumSource
    void aRunKilledBetweenCutAndRollbackGivesTheSameModel(Moment moment) throws IOException {
        List<RunEvent> rollbacks = all(RunEvent.Kind.ROLLBACK);
        for (RunEvent rollback : List.of(rollbacks.getFirst(), rollbacks.getLast())) {
            int end = rollback.epoch();
            int begin = acceptedBefore(end).epoch();
            switch (moment) {
                case CUT ->
                        killAt(
                                e -> e.event() == RunEvent.Kind.PRUNE && e.epoch() == begin,
                                b -> false);
                case RETRAINING -> killAt(e -> false, b -> b.epoch() == end && b.batch() == 2);
                case ROLLBACK ->
                        killAt(
                                e -> e.event() == RunEvent.Kind.ROLLBACK && e.epoch() == end,
                                b -> false);
            }
        }
        SmallRuns.train(RECIPE, corpus, folder, TrainingListener.NONE);
        for (String model : List.of("model.safetensors", "accurate.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(undisturbed.resolve(model)),
                    Files.readAllBytes(folder.resolve(model)),
                    model);
        }
        assertEquals(
                SmallRuns.comparable(events),
                SmallRuns.comparable(EventLog.read(folder.resolve("events.jsonl"))));
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed() {}
    }

    /** Trains until an event is logged or a batch done. */
    private void killAt(Predicate<RunEvent> event, Predicate<TrainingListener.Progress> batch) {
        TrainingListener killer =
                new TrainingListener() {
                    @Override
                    public void event(RunEvent logged) {
                        if (event.test(logged)) {
                            throw new Killed();
                        }
                    }

                    @Override
                    public void batch(Progress progress) {
                        if (batch.test(progress)) {
                            throw new Killed();
                        }
                    }
                };
        assertThrows(Killed.class, () -> SmallRuns.train(RECIPE, corpus, folder, killer));
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
    }
}
