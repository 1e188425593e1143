package hlstm.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.golden.GoldenFile;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.ThreadWorkers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private final ThreadWorkers workers = new ThreadWorkers(1);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void sgdWithNesterovMomentumAgreesWithPyTorch() {
        descend("sgd", new Sgd(0.9, 0), 0.02);
        descend("sgdDecay", new Sgd(0.9, 0.1), 0.02);
    }

    @Test
    void adamAgreesWithPyTorch() {
        descend("adam", new Adam(), 0.05);
        descend("adamDecay", new Adam(0.9, 0.999, 1e-8, 0.1), 0.05);
    }

    private void descend(String name, Optimizer optimizer, double rate) {
        GoldenFile golden = GoldenFile.read("optimizers");
        double[] bowl = golden.tensor("/bowl");
        double[] start = golden.tensor("/start");
        double[] losses = GoldenFile.numbers(golden.at("/" + name + "/losses"));
        double[] expected = golden.tensor("/" + name + "/values");
        Parameter w = new Parameter("w", Parameter.Kind.OTHER, 1, start.length);
        for (int k = 0; k < start.length; k++) {
            w.values()[k] = (float) start[k];
        }
        for (int step = 0; step < losses.length; step++) {
            double loss = 0;
            for (int k = 0; k < start.length; k++) {
                w.gradient()[k] = (float) (bowl[k] * w.values()[k]);
                loss += 0.5 * bowl[k] * w.values()[k] * w.values()[k];
            }
            assertEquals(losses[step], loss, 2e-6 * losses[0], name + ", loss of step " + step);
            optimizer.step(List.of(w), rate, workers);
            for (int k = 0; k < start.length; k++) {
                assertEquals(
                        expected[step * start.length + k],
                        w.values()[k],
                        1e-6,
                        "%s, value %d after step %d".formatted(name, k, step));
            }
        }
        assertEquals(losses.length, optimizer.steps());
    }

    @Test
    void stateFollowsTheConnectionsOfANewPattern() {
        SparsityPattern before =
                new SparsityPattern(1, 4, Geometry.PLAIN, new int[] {0, 2}, new int[] {0, 2});
        SparsityPattern after =
                new SparsityPattern(1, 4, Geometry.PLAIN, new int[] {0, 2}, new int[] {2, 3});
        Parameter w = new Parameter("w", Parameter.Kind.OTHER, 1, 4, before);
        w.gradient()[1] = 2;
        new Sgd(0.9, 0).step(List.of(w), 0.1, workers);
        assertEquals(2, w.slots().getFirst()[1]);
        w.restructure(after);
        assertEquals(2, w.slots().getFirst()[0]);
        assertEquals(0, w.slots().getFirst()[1]);
    }

    @Test
    void refusesTheSlotsOfAnotherOptimiser() {
        Parameter w = new Parameter("w", Parameter.Kind.OTHER, 2, 2);
        new Sgd(0.9, 0).step(List.of(w), 0.1, workers);
        assertThrows(IllegalStateException.class, () -> new Adam().step(List.of(w), 0.1, workers));
    }

    @Test
    void vectorsDoNotDecay() {
        Parameter bias = new Parameter("bias", Parameter.Kind.VECTOR, 1, 1);
        bias.values()[0] = 1;
        new Sgd(0, 0.5).step(List.of(bias), 0.1, workers);
        assertEquals(1, bias.values()[0]);
        bias.slots().clear();
        new Adam(0.9, 0.999, 1e-8, 0.5).step(List.of(bias), 0.1, workers);
        assertEquals(1, bias.values()[0]);
    }
}
