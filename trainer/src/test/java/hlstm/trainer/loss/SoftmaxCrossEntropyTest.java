package hlstm.trainer.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxCrossEntropyTest {
    private static final int SYMBOLS = 7;
    private static final int LANES = 4;
    private static final int[][] TARGETS = {{2, 6, 0}, {}, {5, 5}};

    SoftmaxCrossEntropyTest() {}

    private static SequenceBlock logits(double[][][] values) {
        SequenceBlock block = new SequenceBlock();
        block.reshape(3, SYMBOLS, LANES, new int[] {3, 0, 2});
        for (int lane = 0; lane < TARGETS.length; lane++) {
            for (int step = 0; step < TARGETS[lane].length; step++) {
                for (int k = 0; k < SYMBOLS; k++) {
                    block.data()[block.offset(step, k) + lane] = (float) values[lane][step][k];
                }
            }
        }
        return block;
    }

    /** Numbers that a float holds, so that both see the same. */
    private static double[][][] values(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][][] values = new double[TARGETS.length][][];
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = new double[TARGETS[lane].length][SYMBOLS];
            for (double[] step : values[lane]) {
                Arrays.setAll(step, k -> (float) (3 * random.nextGaussian()));
            }
        }
        return values;
    }

    /** The definition, in double precision. */
    private static double loss(double[][][] values, double smoothing) {
        double sum = 0;
        int count = 0;
        for (int lane = 0; lane < values.length; lane++) {
            for (int step = 0; step < values[lane].length; step++) {
                double total = Arrays.stream(values[lane][step]).map(Math::exp).sum();
                for (int k = 0; k < SYMBOLS; k++) {
                    double q = smoothing / SYMBOLS + (k == TARGETS[lane][step] ? 1 - smoothing : 0);
                    sum -= q * Math.log(Math.exp(values[lane][step][k]) / total);
                }
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5})
    void lossAndGradientAreThoseOfTheDefinition(double smoothing) {
        double[][][] values = values(1);
        SequenceBlock gradient = new SequenceBlock();
        SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy(smoothing);
        SequenceBlock block = logits(values);
        try (Workers workers = new ThreadWorkers(2)) {
            SoftmaxCrossEntropy.Result result = entropy.compute(block, TARGETS, gradient, workers);
            // The loss is summed in double precision from logits that are exact.
            assertEquals(loss(values, smoothing), result.mean(), 1e-12);
            assertEquals(5, result.steps());
            assertEquals(result, entropy.compute(block, TARGETS, null, workers));
            float[] expected = gradient.data().clone();
            entropy.compute(block, TARGETS, block, workers);
            assertArrayEquals(expected, Arrays.copyOf(block.data(), expected.length), "in place");
        }
        double step = 1e-6;
        for (int lane = 0; lane < LANES; lane++) {
            for (int t = 0; t < 3; t++) {
                for (int k = 0; k < SYMBOLS; k++) {
                    float found = gradient.data()[gradient.offset(t, k) + lane];
                    if (lane >= TARGETS.length || t >= TARGETS[lane].length) {
                        assertEquals(0, found, "padding");
                        continue;
                    }
                    double value = values[lane][t][k];
                    values[lane][t][k] = value + step;
                    double above = loss(values, smoothing);
                    values[lane][t][k] = value - step;
                    double below = loss(values, smoothing);
                    values[lane][t][k] = value;
                    // Gradients are below 1/5 and have a handful of single-precision roundings;
                    // differences of losses near 3 are exact to 1e-15 / 1e-6.
                    assertEquals((above - below) / (2 * step), found, 1e-7);
                }
            }
        }
    }

    @Test
    void hitsAreCounted() {
        double[][][] values = values(2);
        values[0][1][6] = 100;
        values[2][0][5] = 100;
        values[2][1][0] = 100;
        values[0][0][1] = 100;
        values[0][2][1] = 100;
        try (Workers workers = new ThreadWorkers(1)) {
            assertEquals(
                    2,
                    new SoftmaxCrossEntropy(0)
                            .compute(logits(values), TARGETS, null, workers)
                            .correct());
        }
    }

    @Test
    void largeLogitsStayFiniteAndNanIsTold() {
        double[][][] values = values(3);
        values[0][0][2] = 3e38;
        try (Workers workers = new ThreadWorkers(1)) {
            SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy(0);
            assertTrue(
                    Double.isFinite(
                            entropy.compute(logits(values), TARGETS, null, workers).mean()));
            values[0][0][2] = Double.NaN;
            assertTrue(
                    Double.isNaN(entropy.compute(logits(values), TARGETS, null, workers).mean()));
        }
    }

    @Test
    void targetsMustFit() {
        try (Workers workers = new ThreadWorkers(1)) {
            SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy(0);
            for (int[][] wrong :
                    new int[][][] {
                        {{2, 6}, {}, {5, 5}}, {{2, 6, 7}, {}, {5, 5}}, {{2, 6, -1}, {}, {5, 5}}
                    }) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> entropy.compute(logits(values(1)), wrong, null, workers));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new SoftmaxCrossEntropy(1));
    }
}
