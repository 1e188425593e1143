package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs with a goal, on tones that a small network tells apart in a few epochs. */
class GoalTest {
    private static CorpusSplit corpus;

    @TempDir private Path folder;

    private final SmallRuns.Events log = new SmallRuns.Events();

    GoalTest() {}

    @BeforeAll
    static void makeTones() throws IOException {
        Corpus tones = ToneCorpus.of(24);
        corpus = new CorpusSplit(tones, tones);
    }

    private static SpeechRecipe recipe(String kind, double value, String... changes) {
        List<String> settings = new ArrayList<>(tones());
        settings.add("growAndPrune.goal.kind=" + kind);
        settings.add("growAndPrune.goal.value=" + value);
        settings.addAll(List.of(changes));
        return SmallRuns.growAndPrune().with(settings);
    }

    private static List<String> tones() {
        return List.of(
                "seed=4",
                "alphabet=" + ToneCorpus.ALPHABET,
                "features.sampleRate=" + ToneCorpus.RATE,
                "network.layers=1",
                "network.bidirectional=false",
                "network.dropout=0",
                "network.gateDropout=0",
                "optimizer.learningRate=0.05",
                "optimizer.schedule=constant",
                "training.epochs=14",
                "training.batchSize=4",
                "augmentation.speed=0",
                "augmentation.timeMasks=0",
                "augmentation.bandMasks=0",
                "augmentation.shift=false",
                "growAndPrune.seedDensity=1",
                "growAndPrune.growth.maxEvents=0",
                "growAndPrune.settleEpochs=2",
                "growAndPrune.pruning.epochs=4",
                "growAndPrune.pruning.share=0.5",
                "growAndPrune.pruning.retrainEpochs=2",
                "growAndPrune.pruning.targetDensity=0.1");
    }

    private TrainingOutcome train(SpeechRecipe recipe) throws IOException {
        return SmallRuns.train(recipe, corpus, folder.resolve("run"), log);
    }

    private long count(RunEvent.Kind kind) {
        return log.events.stream().filter(e -> e.event() == kind).count();
    }

    @ParameterizedTest
    @CsvSource({"gradual", "iterative"})
    void aGoalOfWeightsIsMetByTheMostAccurateModelOfThatSize(String method) throws IOException {
        TrainingOutcome outcome =
                train(recipe("weights", 500, "growAndPrune.pruning.method=" + method));
        assertTrue(outcome.goal().met(), outcome::message);
        assertTrue(outcome.gateWeights() <= 500, outcome::message);
        assertEquals(outcome.gateWeights(), Model.load(outcome.model()).recurrentWeights());
        assertTrue(
                outcome.message().contains("The goal, at most 500 gate weights, is met, with "),
                outcome::message);
        double best =
                log.events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.EPOCH && e.weights() <= 500)
                        .mapToDouble(RunEvent::wer)
                        .min()
                        .orElseThrow();
        assertEquals(best, outcome.scores().get("wer"));
    }

    @Test
    void matricesThatStayDenseCountInAGoalOfWeights() throws IOException {
        TrainingOutcome outcome =
                train(recipe("weights", 1900, "growAndPrune.geometry.input=dense"));
        // 1,536 of them, 4 gates of 16 units with 24 inputs, stay.
        assertTrue(outcome.goal().met(), outcome::message);
        assertTrue(outcome.gateWeights() > 1536, outcome::message);
        assertTrue(outcome.gateWeights() <= 1900, outcome::message);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                SmallRuns.train(
                                        recipe("weights", 100, "growAndPrune.geometry.input=dense"),
                                        corpus,
                                        folder.resolve("impossible"),
                                        log));
        assertTrue(e.getMessage().contains("100 gate weights cannot be reached"), e.getMessage());
    }

    @Test
    void aGoalOfWeightsThatTheEpochsDoNotReachIsToldWithWhatWasReached() throws IOException {
        TrainingOutcome outcome =
                train(
                        recipe(
                                "weights",
                                10,
                                "growAndPrune.pruning.method=iterative",
                                "growAndPrune.pruning.retrainEpochs=3",
                                "training.epochs=6"));
        assertFalse(outcome.goal().met());
        long smallest =
                log.events.stream()
                        .filter(e -> e.weights() != null)
                        .mapToLong(RunEvent::weights)
                        .min()
                        .orElseThrow();
        assertEquals(smallest, outcome.goal().reached());
        assertEquals(outcome.gateWeights(), outcome.goal().ofModel(), "of the model that is kept");
        assertTrue(
                outcome.message()
                        .contains(
                                "The goal, at most 10 gate weights, was NOT met, by %,d. Pruning ended at %,d"
                                        .formatted(smallest - 10, smallest)),
                outcome::message);
    }

    @Test
    void aGoalOfScoreKeepsTheSmallestModelThatReachesIt() throws IOException {
        TrainingOutcome outcome =
                train(
                        recipe(
                                "score",
                                60,
                                "training.epochs=24",
                                "growAndPrune.pruning.method=iterative"));
        assertTrue(outcome.goal().met(), outcome::message);
        assertTrue(outcome.scores().get("wer") <= 60, outcome::message);
        assertTrue(outcome.gateDensity() < 1, "pruned");
        assertTrue(outcome.message().contains("The goal, WER 60.0 % or less, is met, with "));
        assertFalse(outcome.message().contains("learnt next to nothing"), outcome::message);
    }

    @Test
    void aScoreThatCannotBeReachedIsSaidPlainly() throws IOException {
        TrainingOutcome outcome =
                train(
                        recipe(
                                "score",
                                0,
                                "optimizer.learningRate=1e-6",
                                "training.epochs=4",
                                "growAndPrune.pruning.method=iterative"));
        assertFalse(outcome.goal().met());
        assertEquals(outcome.scores().get("wer"), outcome.goal().reached());
        assertTrue(
                outcome.message()
                        .contains("The goal, WER 0.0 % or less, was NOT met, by 100.0 points"),
                outcome::message);
        assertTrue(log.events.getLast().message().contains("NOT met"), "in the log");
        assertTrue(outcome.message().contains("learnt next to nothing"), outcome::message);
    }

    @Test
    void aNetworkThatIsFastEnoughIsNotCut() throws IOException {
        TrainingOutcome outcome = train(recipe("latency", 1e9));
        assertTrue(outcome.goal().met(), outcome::message);
        assertEquals(1, outcome.gateDensity());
        assertEquals(0, count(RunEvent.Kind.PRUNE));
        assertEquals(1, count(RunEvent.Kind.LATENCY));
    }

    @Test
    void aLatencyThatNoNetworkHasIsSaidPlainlyAfterPruning() throws IOException {
        TrainingOutcome outcome = train(recipe("latency", 1e-3));
        assertFalse(outcome.goal().met());
        assertEquals(4, count(RunEvent.Kind.PRUNE));
        assertEquals(5, count(RunEvent.Kind.LATENCY), "at the start and after every cut");
        RunEvent last =
                log.events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.LATENCY)
                        .reduce((a, b) -> b)
                        .orElseThrow();
        assertEquals(last.latencyMicros(), outcome.goal().reached());
        assertTrue(last.message().contains("microseconds a step (p50 of"), last.message());
        assertTrue(outcome.message().contains("was NOT met, by "), outcome::message);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed() {}
    }

    private void killAt(SpeechRecipe recipe, int epoch) {
        assertThrows(
                Killed.class,
                () ->
                        SmallRuns.train(
                                recipe,
                                corpus,
                                folder.resolve("broken"),
                                new TrainingListener() {
                                    @Override
                                    public void batch(Progress progress) {
                                        if (progress.epoch() == epoch) {
                                            throw new Killed();
                                        }
                                    }
                                }));
    }

    @Test
    void aRunThatIsKilledReachesItsGoalWithTheSameModel() throws IOException {
        SpeechRecipe recipe = recipe("weights", 500);
        Path whole = train(recipe).model();
        for (int epoch : new int[] {4, 6, 9}) {
            if (epoch <= recipe.training().epochs() && log.events.getLast().epoch() >= epoch) {
                killAt(recipe, epoch);
            }
        }
        TrainingOutcome resumed =
                SmallRuns.train(recipe, corpus, folder.resolve("broken"), TrainingListener.NONE);
        assertTrue(resumed.goal().met());
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(resumed.model()));
    }

    @Test
    void aRunThatIsKilledKnowsTheLatencyOfItsStructure() throws IOException {
        SpeechRecipe recipe = recipe("latency", 1e9);
        killAt(recipe, 3);
        TrainingOutcome resumed =
                SmallRuns.train(recipe, corpus, folder.resolve("broken"), TrainingListener.NONE);
        assertTrue(resumed.goal().met());
        assertNotNull(resumed.goal());
        assertEquals(
                1,
                EventLog.read(folder.resolve("broken/events.jsonl")).stream()
                        .filter(e -> e.event() == RunEvent.Kind.LATENCY)
                        .count());
    }

    @Test
    void aWholeUtteranceIsTimedWhereTheNetworkReadsItFromBothEnds() throws IOException {
        train(recipe("latency", 1e9, "network.bidirectional=true"));
        String message =
                log.events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.LATENCY)
                        .findFirst()
                        .orElseThrow()
                        .message();
        assertTrue(message.contains("microseconds a whole utterance of "), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weights | 10.5 | | must be a whole number of weights",
                "weights | 0 | | must be above 0",
                "latency | 5 | growAndPrune.enabled=false | needs pruning",
                "score | 5 | growAndPrune.pruning.method=none | needs pruning",
                "score | 5 | growAndPrune.target.kind=near-best | takes the place of",
                "weights | 5 | training.evaluationInterval=2 | needs a score of every epoch",
                "speed | 5 | | must be one of none, weights, score, latency"
            })
    void goalsThatARunCannotHaveAreRefused(
            String kind, double value, String change, String message) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> recipe(kind, value, change == null ? "training.epochs=14" : change));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
