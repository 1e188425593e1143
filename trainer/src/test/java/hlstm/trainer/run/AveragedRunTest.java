package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.NetworkExporter;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.optim.WeightAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that averages its weights: what it scores and keeps is the averaged network. */
class AveragedRunTest {
    private static final SpeechRecipe RECIPE =
            SmallRuns.growAndPrune()
                    .with(
                            List.of(
                                    "optimizer.averageDecay=0.9",
                                    // The one network that is scored is the last.
                                    "training.evaluationInterval=6"));

    @TempDir private Path folder;

    AveragedRunTest() {}

    private StateFile.StoredState newest() throws IOException {
        return new CheckpointStore(folder.resolve("checkpoints")).newest().orElseThrow();
    }

    @Test
    void theModelHasTheAveragesAndTheScoreIsTheirs() throws IOException {
        SmallRuns.train(RECIPE, folder, TrainingListener.NONE);
        Model model = Model.load(folder.resolve("model.safetensors"));
        List<RunEvent> events = EventLog.read(folder.resolve("events.jsonl"));
        RunEvent last = events.getLast();
        assertEquals(
                Integer.toString(last.epoch()), model.provenance().get("epoch"), last::toString);

        try (Workers workers = new ThreadWorkers(1)) {
            SpeechTrainingTask speech =
                    SpeechTrainingTask.open(
                            RECIPE,
                            SmallRuns.corpus(),
                            Optional.empty(),
                            Optional.empty(),
                            workers);
            Network network = speech.network();
            newest().restore(network.parameters(), network.state());
            network.setRectifierSlope(0);
            SpeechTask task = new SpeechTask(RECIPE.features(), Alphabet.of(RECIPE.alphabet()));
            assertNotEquals(
                    model.fingerprint(),
                    NetworkExporter.export(network, task).build().fingerprint(),
                    "the weights of the last step are others");

            WeightAverage.exchange(network.parameters());
            assertEquals(
                    NetworkExporter.export(network, task).build().fingerprint(),
                    model.fingerprint());
            assertEquals(last.wer(), speech.score().first());
        }
    }

    @Test
    void trainingItselfIsNotChanged() throws IOException {
        SmallRuns.train(RECIPE, folder, TrainingListener.NONE);
        StateFile.StoredState averaged = newest();
        Path plain = folder.resolve("plain");
        SmallRuns.train(SmallRuns.growAndPrune(), plain, TrainingListener.NONE);
        StateFile.StoredState without =
                new CheckpointStore(plain.resolve("checkpoints")).newest().orElseThrow();
        assertTrue(averaged.floats().keySet().containsAll(without.floats().keySet()));
        assertTrue(averaged.floats().size() > without.floats().size());
        without.floats()
                .forEach(
                        (name, w) ->
                                assertTrue(Arrays.equals(w, averaged.floats().get(name)), name));
    }
}
