package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatienceTest {
    private static final SpeechRecipe PLATEAU =
            SmallRuns.dense()
                    .with(
                            List.of(
                                    "optimizer.schedule=plateau",
                                    "optimizer.divisor=2",
                                    "optimizer.floor=0.2",
                                    "training.patience=2"));

    @TempDir private Path folder;

    PatienceTest() {}

    /** The shares of the learning rate that epochs of these scores are trained with. */
    private static List<Double> shares(Patience patience, double... scores) {
        ModelSelection selection = new ModelSelection();
        List<Double> shares = new ArrayList<>();
        for (double score : scores) {
            shares.add(patience.rateShare());
            selection.offer(new Candidate(shares.size(), 1, score, 0), false);
            if (patience.isSpent(selection.withoutGain())) {
                break;
            }
        }
        return shares;
    }

    @Test
    void aPlateauHalvesTheRateDownToTheFloorAndThenEndsTraining() {
        // The best scores so far are those of epochs 1 and 5.
        double[] scores = {50, 50, 51, 60, 40, 41, 40, 45, 44, 43, 42, 40, 40, 40};
        assertEquals(
                List.of(1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2),
                shares(new Patience(2, PLATEAU.optimizer()), scores));
    }

    @Test
    void gainsKeepTheRate() {
        assertEquals(
                List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
                shares(new Patience(2, PLATEAU.optimizer()), 50, 51, 49, 50, 48, 47));
    }

    @Test
    void otherSchedulesStopWithoutReductions() {
        assertEquals(
                List.of(1.0, 1.0, 1.0),
                shares(new Patience(2, SmallRuns.dense().optimizer()), 50, 50, 50, 50, 50));
    }

    @Test
    void endlessPatienceNeitherReducesNorStops() {
        assertEquals(
                List.of(1.0, 1.0, 1.0, 1.0),
                shares(new Patience(0, PLATEAU.optimizer()), 50, 50, 50, 50));
    }

    @Test
    void aRunBrokenOffAfterAReductionGivesTheSameModel() throws IOException {
        SpeechRecipe recipe =
                PLATEAU.with(
                        List.of(
                                "alphabet=" + ToneCorpus.ALPHABET,
                                "network.bidirectional=false",
                                "optimizer.learningRate=1e-3",
                                "optimizer.floor=0",
                                "training.patience=1",
                                "training.epochs=8"));
        Corpus tones = ToneCorpus.of(12);
        CorpusSplit corpus = new CorpusSplit(tones, tones);
        Path undisturbed = folder.resolve("undisturbed");
        SmallRuns.train(recipe, corpus, undisturbed, TrainingListener.NONE);
        List<RunEvent> events = EventLog.read(undisturbed.resolve("events.jsonl"));
        List<Double> rates =
                events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.EPOCH)
                        .map(RunEvent::learningRate)
                        .toList();
        int reduced =
                IntStream.range(1, rates.size())
                        .filter(k -> rates.get(k) == rates.get(k - 1) / 2)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("never reduced: " + rates));

        Path broken = folder.resolve("broken");
        TrainingListener breaker =
                new TrainingListener() {
                    @Override
                    public void batch(Progress progress) {
                        if (progress.epoch() == reduced + 1) {
                            throw new IllegalStateException("broken off");
                        }
                    }
                };
        assertThrows(
                IllegalStateException.class,
                () -> SmallRuns.train(recipe, corpus, broken, breaker));
        assertFalse(Files.exists(broken.resolve("model.safetensors")));
        SmallRuns.train(recipe, corpus, broken, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(undisturbed.resolve("model.safetensors")),
                Files.readAllBytes(broken.resolve("model.safetensors")));
        assertEquals(
                SmallRuns.comparable(events),
                SmallRuns.comparable(EventLog.read(broken.resolve("events.jsonl"))));
    }
}
