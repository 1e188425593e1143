package hlstm.trainer.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.trainer.golden.GoldenFile;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtcLossTest {
    private static final int BLANK = 0;
    private static final int SYMBOLS = 3;

    private final ThreadWorkers workers = new ThreadWorkers(2);
    private final CtcLoss loss = new CtcLoss(BLANK);
    private final SequenceBlock gradient = new SequenceBlock();

    @AfterEach
    void close() {
        workers.close();
    }

    @ParameterizedTest
    @CsvSource({"1, ''", "1, 1", "3, 12", "4, 11", "5, 122", "6, 1221", "6, ''", "3, 11", "7, 111"})
    void sumsOverAllPaths(int steps, String digits) {
        int[] labels = digits.chars().map(c -> c - '0').toArray();
        SequenceBlock logits = logits(SYMBOLS, new SplittableRandom(steps), steps);
        CtcLoss.Result result = loss.compute(logits, new int[][] {labels}, gradient, workers);
        double[] expectedGradient = new double[steps * SYMBOLS];
        double expected = bruteForce(logits, labels, expectedGradient);
        assertEquals(expected, result.mean(), 1e-12 * Math.max(1, expected));
        // The gradient of the log likelihood by central differences of the brute force.
        for (int k = 0; k < expectedGradient.length; k++) {
            assertEquals(expectedGradient[k], gradient.data()[k], 1e-6);
        }
    }

    /** Enumerates all paths, and differentiates by differences; logits of one lane. */
    private static double bruteForce(SequenceBlock logits, int[] labels, double[] gradient) {
        double[] values = new double[gradient.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = logits.data()[k];
        }
        double step = 1e-6;
        for (int k = 0; k < values.length; k++) {
            double value = values[k];
            values[k] = value + step;
            double above = bruteForce(values, labels);
            values[k] = value - step;
            double below = bruteForce(values, labels);
            values[k] = value;
            gradient[k] = (above - below) / (2 * step);
        }
        return bruteForce(values, labels);
    }

    private static double bruteForce(double[] logits, int[] labels) {
        int steps = logits.length / SYMBOLS;
        double probability = 0;
        for (int path = 0; path < Math.pow(SYMBOLS, steps); path++) {
            int[] symbols = new int[steps];
            int rest = path;
            for (int step = 0; step < steps; step++) {
                symbols[step] = rest % SYMBOLS;
                rest /= SYMBOLS;
            }
            if (Arrays.equals(collapse(symbols), labels)) {
                double product = 1;
                for (int step = 0; step < steps; step++) {
                    product *= softmax(logits, step, symbols[step]);
                }
                probability += product;
            }
        }
        return -Math.log(probability);
    }

    private static int[] collapse(int[] symbols) {
        int[] labels = new int[symbols.length];
        int count = 0;
        int previous = BLANK;
        for (int symbol : symbols) {
            if (symbol != previous && symbol != BLANK) {
                labels[count++] = symbol;
            }
            previous = symbol;
        }
        return Arrays.copyOf(labels, count);
    }

    private static double softmax(double[] logits, int step, int symbol) {
        double sum = 0;
        for (int k = 0; k < SYMBOLS; k++) {
            sum += Math.exp(logits[step * SYMBOLS + k]);
        }
        return Math.exp(logits[step * SYMBOLS + symbol]) / sum;
    }

    private static SequenceBlock logits(int symbols, SplittableRandom random, int... lengths) {
        SequenceBlock logits = new SequenceBlock();
        logits.reshape(
                Arrays.stream(lengths).max().orElseThrow(), symbols, lengths.length, lengths);
        for (int lane = 0; lane < lengths.length; lane++) {
            for (int step = 0; step < lengths[lane]; step++) {
                for (int symbol = 0; symbol < symbols; symbol++) {
                    logits.data()[logits.offset(step, symbol) + lane] =
                            (float) (2 * random.nextGaussian());
                }
            }
        }
        return logits;
    }

    @Test
    void agreesWithPyTorch() {
        GoldenFile golden = GoldenFile.read("ctc");
        int[] lengths = GoldenFile.integers(golden.at("/lengths"));
        int lanes = lengths.length;
        int[][] labels = new int[lanes][];
        for (int lane = 0; lane < lanes; lane++) {
            labels[lane] = GoldenFile.integers(golden.at("/labels/" + lane));
        }
        double[] values = golden.tensor("/logits");
        double[] expected = golden.tensor("/gradient");
        int steps = lengths[0];
        int symbols = values.length / steps / lanes;
        SequenceBlock logits = new SequenceBlock();
        logits.reshape(steps, symbols, lanes, lengths);
        for (int k = 0; k < values.length; k++) {
            int step = k / (lanes * symbols);
            int lane = k / symbols % lanes;
            if (step < lengths[lane]) {
                logits.data()[logits.offset(step, k % symbols) + lane] = (float) values[k];
            }
        }
        CtcLoss.Result result =
                new CtcLoss(golden.at("/blank").intValue())
                        .compute(logits, labels, gradient, workers);
        assertEquals(golden.at("/loss").doubleValue(), result.mean(), 1e-12);
        for (int k = 0; k < expected.length; k++) {
            int step = k / (lanes * symbols);
            int lane = k / symbols % lanes;
            assertEquals(
                    expected[k],
                    gradient.data()[gradient.offset(step, k % symbols) + lane],
                    1e-7,
                    "step %d, lane %d, symbol %d".formatted(step, lane, k % symbols));
        }
    }

    @Test
    void countsUtterancesWithoutAnAlignment() {
        SequenceBlock logits = logits(SYMBOLS, new SplittableRandom(1), 4, 2, 2);
        int[][] labels = {{1, 2}, {1, 1}, {1, 2, 1}};
        CtcLoss.Result result = loss.compute(logits, labels, gradient, workers);
        assertEquals(1, result.utterances());
        assertEquals(2, result.infeasible());
        SequenceBlock alone = logits(SYMBOLS, new SplittableRandom(1), 4, 2, 2);
        assertEquals(
                loss.compute(alone, new int[][] {{1, 2}}, null, workers).mean(), result.mean());
        for (int step = 0; step < 4; step++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                int at = gradient.offset(step, symbol);
                assertArrayEquals(
                        new float[2], Arrays.copyOfRange(gradient.data(), at + 1, at + 3));
            }
        }
    }

    @Test
    void nothingFeasibleIsNoNumberProblem() {
        SequenceBlock logits = logits(SYMBOLS, new SplittableRandom(1), 1);
        CtcLoss.Result result = loss.compute(logits, new int[][] {{1, 2}}, gradient, workers);
        assertEquals(new CtcLoss.Result(0, 0, 1), result);
    }

    @Test
    void sureNetworksDoNotUnderflow() {
        int steps = 2000;
        SequenceBlock logits = logits(SYMBOLS, new SplittableRandom(1), steps);
        for (int step = 0; step < steps; step++) {
            logits.data()[logits.offset(step, BLANK)] = 200;
        }
        int[] labels = new int[500];
        Arrays.setAll(labels, k -> 1 + k % 2);
        CtcLoss.Result result = loss.compute(logits, new int[][] {labels}, gradient, workers);
        assertFalse(Double.isNaN(result.mean()) || Double.isInfinite(result.mean()));
        for (int step = 0; step < steps; step++) {
            float sum = 0;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                sum += gradient.data()[gradient.offset(step, symbol)];
            }
            assertEquals(0, sum, 1e-6, "the gradient of a softmax sums to 0");
        }
    }

    @Test
    void keepsTheSameBitsOnAnyNumberOfThreads() {
        SequenceBlock logits = logits(SYMBOLS, new SplittableRandom(1), 30, 20, 25, 7, 30);
        int[][] labels = {{1, 2, 1}, {2, 2}, {1}, {}, {2, 1, 1, 2}};
        CtcLoss.Result result = loss.compute(logits, labels, gradient, workers);
        float[] bits = Arrays.copyOf(gradient.data(), gradient.size());
        try (ThreadWorkers one = new ThreadWorkers(1)) {
            assertEquals(result, new CtcLoss(BLANK).compute(logits, labels, gradient, one));
        }
        assertArrayEquals(bits, Arrays.copyOf(gradient.data(), gradient.size()));
    }

    @Test
    void refusesLabelsThatAreNoSymbols() {
        SequenceBlock logits = logits(SYMBOLS, new SplittableRandom(1), 4);
        for (int label : new int[] {-1, BLANK, SYMBOLS}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> loss.compute(logits, new int[][] {{label}}, gradient, workers));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> loss.compute(logits, new int[][] {{1}, {1}}, gradient, workers));
    }
}
