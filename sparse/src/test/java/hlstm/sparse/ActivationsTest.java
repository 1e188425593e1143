package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ActivationsTest {
    /** The bounds that {@link Kernels} states. */
    private static final double TANH_ERROR = 4e-7;

    private static final double SIGMOID_ERROR = 2.5e-7;

    private final Kernels scalar = KernelProviders.of("scalar");
    private final Kernels chosen = KernelProviders.get();

    /** Every 4,001st float of either sign, infinities and NaNs included. */
    private static float[] allOverTheRange() {
        float[] numbers = new float[(int) ((1L << 32) / 4001)];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = Float.intBitsToFloat(Integer.MIN_VALUE + 4001 * k);
        }
        return numbers;
    }

    @Test
    void errorsStayWithinTheStatedBounds() {
        float[] x = allOverTheRange();
        float[] y = new float[x.length];
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            kernels.tanh(x, 0, y, 0, x.length);
            for (int k = 0; k < x.length; k++) {
                double exact = ExactActivations.tanh(x[k]);
                if (!(Math.abs(y[k] - exact) <= TANH_ERROR * Math.abs(exact) + Float.MIN_VALUE)) {
                    assertEquals(exact, y[k], "tanh of " + x[k]);
                }
            }
            kernels.sigmoid(x, 0, y, 0, x.length);
            for (int k = 0; k < x.length; k++) {
                double exact = ExactActivations.sigmoid(x[k]);
                if (!(Math.abs(y[k] - exact) <= SIGMOID_ERROR)) {
                    assertEquals(exact, y[k], "sigmoid of " + x[k]);
                }
            }
        }
    }

    @Test
    void limitsAreExactAndNaNStays() {
        float[] x = new float[64];
        for (int k = 0; k < x.length; k += 4) {
            x[k] = Float.POSITIVE_INFINITY;
            x[k + 1] = Float.NEGATIVE_INFINITY;
            x[k + 2] = Float.NaN;
            x[k + 3] = 0;
        }
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            float[] tanh = new float[x.length];
            float[] sigmoid = new float[x.length];
            float[] relu = x.clone();
            kernels.tanh(x, 0, tanh, 0, x.length);
            kernels.sigmoid(x, 0, sigmoid, 0, x.length);
            kernels.rectify(0, relu, 0, x.length);
            for (int k = 0; k < x.length; k += 4) {
                assertArrayEquals(
                        new float[] {1, -1, Float.NaN, 0},
                        new float[] {tanh[k], tanh[k + 1], tanh[k + 2], tanh[k + 3]});
                assertArrayEquals(
                        new float[] {1, 0, Float.NaN, 0.5f},
                        new float[] {sigmoid[k], sigmoid[k + 1], sigmoid[k + 2], sigmoid[k + 3]});
                assertArrayEquals(
                        new float[] {Float.POSITIVE_INFINITY, 0, Float.NaN, 0},
                        new float[] {relu[k], relu[k + 1], relu[k + 2], relu[k + 3]});
            }
        }
    }

    @Test
    void tanhIsOddAndNeverBeyondOne() {
        float[] x = KernelSamples.numbers(10_000, 1);
        float[] minus = new float[x.length];
        for (int k = 0; k < x.length; k++) {
            x[k] *= 10;
            minus[k] = -x[k];
        }
        chosen.tanh(x, 0, x, 0, x.length);
        chosen.tanh(minus, 0, minus, 0, minus.length);
        for (int k = 0; k < x.length; k++) {
            assertEquals(-x[k], minus[k]);
            assertTrue(Math.abs(x[k]) <= 1);
        }
    }

    @Test
    void rectifies() {
        float[] y = {-2, -0.5f, 0, 0.5f, 2, Float.NaN, Float.NEGATIVE_INFINITY};
        chosen.rectify(0.25f, y, 1, 5);
        float[] expected = {-2, -0.125f, 0, 0.5f, 2, Float.NaN, Float.NEGATIVE_INFINITY};
        assertArrayEquals(expected, y);
    }

    @Test
    void bothProvidersGiveTheSameBitsAtAnyLengthAndOffset() {
        for (int length = 0; length < 70; length++) {
            float[] x = KernelSamples.numbers(length + 9, length);
            for (int k = 0; k < x.length; k++) {
                x[k] *= 12;
            }
            float[] expected = new float[length + 9];
            float[] found = new float[length + 9];
            scalar.tanh(x, 3, expected, 5, length);
            chosen.tanh(x, 3, found, 5, length);
            assertArrayEquals(expected, found);
            scalar.sigmoid(x, 3, expected, 4, length);
            chosen.sigmoid(x, 3, found, 4, length);
            assertArrayEquals(expected, found);
        }
    }

    @Test
    void updatesTheState() {
        for (int width = 0; width < 70; width++) {
            float[] gates = KernelSamples.numbers(4 * width + 3, width);
            for (int k = 0; k < gates.length; k++) {
                gates[k] *= 5;
            }
            float[] gatesBefore = gates.clone();
            float[] before = KernelSamples.framed(KernelSamples.numbers(width, 1), 4);
            float[] c = before.clone();
            float[] h = KernelSamples.framed(new float[width], 2);
            chosen.updateState(gates, 3, width, c, 4, h, 2);
            for (int k = 0; k < width; k++) {
                double i = ExactActivations.sigmoid(gates[3 + k]);
                double f = ExactActivations.sigmoid(gates[3 + width + k]);
                double g = ExactActivations.tanh(gates[3 + 2 * width + k]);
                double o = ExactActivations.sigmoid(gates[3 + 3 * width + k]);
                double next = f * before[4 + k] + i * g;
                // Each factor is at most 1 and off by no more than its bound; the rest is rounding.
                double tolerance = 2 * SIGMOID_ERROR + TANH_ERROR + 4 * Math.ulp(1f);
                assertEquals(next, c[4 + k], tolerance);
                assertEquals(
                        o * ExactActivations.tanh(next),
                        h[2 + k],
                        tolerance + SIGMOID_ERROR + TANH_ERROR);
            }
            assertArrayEquals(gatesBefore, gates);
            float[] scalarC = before.clone();
            float[] scalarH = KernelSamples.framed(new float[width], 2);
            scalar.updateState(gates, 3, width, scalarC, 4, scalarH, 2);
            assertArrayEquals(scalarC, c);
            assertArrayEquals(scalarH, h);
        }
    }
}
