package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.growth.GrowAndPrune;
import hlstm.trainer.layers.LayerState;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.RecurrentLayer;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.optim.Adam;
import hlstm.trainer.optim.WeightAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingStateTest {
    private static final SpeechRecipe RECIPE = SmallRuns.growAndPrune();

    @TempDir private Path folder;

    TrainingStateTest() {}

    private static Network network() {
        return NetworkBuilder.build(RECIPE.network(), 6, 4);
    }

    private TrainingState state(Network network, Adam adam, String data) {
        return state(network, adam, data, new Patience(0, RECIPE.optimizer()));
    }

    private TrainingState state(Network network, Adam adam, String data, Patience patience) {
        return new TrainingState(
                new CheckpointStore(folder),
                network,
                adam,
                new GrowAndPrune(
                        RECIPE.growAndPrune().config(5, RECIPE.scores().getFirst(), 0),
                        network.parameters(),
                        1),
                RECIPE.growAndPrune(),
                RECIPE.scores().getFirst(),
                new ModelSelection(),
                patience,
                data);
    }

    /** Sparse gates, optimiser slots and running statistics, all of them random. */
    private static void fill(Network network, Adam adam, double density, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        network.initialise(seed);
        for (Parameter parameter : network.parameters()) {
            if (parameter.kind() == Parameter.Kind.RECURRENT) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(),
                                parameter.columns(),
                                Geometry.PLAIN,
                                density,
                                random));
            }
            fill(parameter.gradient(), random);
        }
        WeightAverage average = new WeightAverage(0.9);
        try (ThreadWorkers one = new ThreadWorkers(1)) {
            average.update(network.parameters(), adam.steps(), one);
            adam.step(network.parameters(), 0.01, one);
            average.update(network.parameters(), adam.steps(), one);
        }
        network.state().forEach(tensor -> fill(tensor.values(), random));
    }

    private static void fill(float[] values, SplittableRandom random) {
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextDouble(-1, 1);
        }
    }

    /** Everything of a network that a checkpoint must hold. */
    private static List<float[]> content(Network network) {
        List<float[]> content = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            content.add(parameter.values().clone());
            parameter.slots().forEach(slot -> content.add(slot.clone()));
            if (parameter.average() != null) {
                content.add(parameter.average().clone());
            }
            if (parameter.isSparse()) {
                int[] columns = parameter.pattern().columnIndices();
                float[] copy = new float[columns.length];
                for (int k = 0; k < copy.length; k++) {
                    copy[k] = columns[k];
                }
                content.add(copy);
            }
        }
        network.state().stream().map(LayerState::values).map(float[]::clone).forEach(content::add);
        network.layers().stream()
                .filter(RecurrentLayer.class::isInstance)
                .forEach(
                        layer ->
                                content.add(
                                        new float[] {((RecurrentLayer) layer).rectifierSlope()}));
        return content;
    }

    private static void assertSame(List<float[]> expected, List<float[]> found) {
        assertEquals(expected.size(), found.size());
        for (int k = 0; k < expected.size(); k++) {
            assertArrayEquals(expected.get(k), found.get(k));
        }
    }

    @Test
    void aKeptStateComesBackAlsoAfterAResumption() throws IOException {
        Network network = network();
        Adam adam = new Adam();
        TrainingState state = state(network, adam, "data");
        fill(network, adam, 0.5, 1);
        state.setRectifierSlope(0.01f);
        state.epochDone();
        state.keep();
        List<float[]> kept = content(network);

        fill(network, adam, 0.2, 2);
        state.setRectifierSlope(0);
        state.epochDone();
        List<float[]> later = content(network);
        state.save(0, 0);

        Network second = network();
        Adam secondAdam = new Adam();
        TrainingState resumed = state(second, secondAdam, "data");
        resumed.resume(new CheckpointStore(folder).newest().orElseThrow());
        assertEquals(2, resumed.epoch());
        assertEquals(adam.steps(), secondAdam.steps());
        assertSame(later, content(second));
        resumed.restore();
        assertSame(kept, content(second));

        state.restore();
        assertSame(kept, content(network));

        state.bringBack(1);
        WeightAverage.exchange(network.parameters());
        assertSame(kept, content(network));
    }

    @Test
    void reductionsOfTheLearningRateComeBackAndEarlierVersionsHadNone() throws IOException {
        Network network = network();
        Patience patience = new Patience(1, RECIPE.optimizer());
        patience.resume(3);
        state(network, new Adam(), "data", patience).save(0, 0);
        StateFile.StoredState stored = new CheckpointStore(folder).newest().orElseThrow();

        Patience later = new Patience(1, RECIPE.optimizer());
        TrainingState resumed = state(network, new Adam(), "data", later);
        resumed.resume(stored);
        assertEquals(3, later.reductions());
        Map<String, String> notes = new HashMap<>(stored.metadata());
        notes.remove("note.rateReductions");
        resumed.resume(
                new StateFile.StoredState(stored.file(), notes, stored.floats(), stored.ints()));
        assertEquals(0, later.reductions());
    }

    @Test
    void theStateOfOtherDataOrOfAnotherNetworkIsRefused() throws IOException {
        Network network = network();
        state(network, new Adam(), "data").save(0, 0);
        StateFile.StoredState stored = new CheckpointStore(folder).newest().orElseThrow();
        RunException e =
                assertThrows(
                        RunException.class,
                        () -> state(network, new Adam(), "other").resume(stored));
        assertTrue(e.getMessage().contains("trained on other data"), e.getMessage());

        Network wider = NetworkBuilder.build(RECIPE.network(), 7, 4);
        IOException refused =
                assertThrows(
                        IOException.class, () -> state(wider, new Adam(), "data").resume(stored));
        assertTrue(refused.getMessage().contains("another network"), refused.getMessage());
    }
}
