package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The elementwise parts of training: against their formulas, and all providers to the bit. */
class TrainingStepsTest {
    private static final int MARGIN = 3;

    private final Kernels scalar = KernelProviders.of("scalar");
    private final Kernels chosen = KernelProviders.get();

    /** What lies around the elements must stay as it is. */
    private static float[] framed(int length, long seed) {
        return KernelSamples.framed(KernelSamples.numbers(length, seed), MARGIN);
    }

    private static List<float[]> activate(Kernels kernels, int width) {
        List<float[]> arrays = new ArrayList<>();
        arrays.add(framed(4 * width, 1));
        for (int k = 0; k < 4; k++) {
            arrays.add(framed(width, 2 + k));
        }
        kernels.activateState(
                arrays.get(0),
                MARGIN,
                width,
                arrays.get(1),
                MARGIN,
                arrays.get(2),
                MARGIN,
                arrays.get(3),
                MARGIN,
                arrays.get(4),
                MARGIN);
        return arrays;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 16, 50})
    void activatesTheState(int width) {
        List<float[]> actual = activate(chosen, width);
        float[] before = framed(4 * width, 1);
        float[] gates = actual.get(0);
        for (int k = MARGIN; k < MARGIN + width; k++) {
            double i = ExactActivations.sigmoid(before[k]);
            double f = ExactActivations.sigmoid(before[width + k]);
            double g = ExactActivations.tanh(before[2 * width + k]);
            double o = ExactActivations.sigmoid(before[3 * width + k]);
            double c = f * actual.get(1)[k] + i * g;
            assertEquals(i, gates[k], 1e-6);
            assertEquals(f, gates[width + k], 1e-6);
            assertEquals(g, gates[2 * width + k], 1e-6);
            assertEquals(o, gates[3 * width + k], 1e-6);
            assertEquals(c, actual.get(2)[k], 1e-6);
            assertEquals(Math.tanh(c), actual.get(3)[k], 1e-6);
            assertEquals(o * Math.tanh(c), actual.get(4)[k], 1e-6);
        }
        assertSame(activate(scalar, width), actual);
    }

    private static List<float[]> stateGradient(Kernels kernels, int width) {
        List<float[]> arrays = activate(kernels, width);
        arrays.add(framed(width, 8));
        arrays.add(framed(width, 9));
        kernels.stateGradient(
                arrays.get(0),
                MARGIN,
                width,
                arrays.get(1),
                MARGIN,
                arrays.get(3),
                MARGIN,
                arrays.get(5),
                MARGIN,
                arrays.get(6),
                MARGIN);
        return arrays;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 16, 50})
    void findsItsWayBack(int width) {
        List<float[]> actual = stateGradient(chosen, width);
        float[] before = framed(4 * width, 1);
        float[] former = actual.get(1);
        float[] dh = framed(width, 8);
        float[] dc = framed(width, 9);
        double step = 1e-5;
        for (int unit = MARGIN; unit < MARGIN + width; unit++) {
            for (int gate = 0; gate < 4; gate++) {
                double[] x = new double[5];
                for (int k = 0; k < 4; k++) {
                    x[k] = before[k * width + unit];
                }
                x[4] = former[unit];
                x[gate] += step;
                double above = loss(x, dh[unit], dc[unit]);
                x[gate] -= 2 * step;
                double below = loss(x, dh[unit], dc[unit]);
                assertEquals(
                        (above - below) / (2 * step), actual.get(0)[gate * width + unit], 1e-6);
            }
            double f = ExactActivations.sigmoid(before[width + unit]);
            double o = ExactActivations.sigmoid(before[3 * width + unit]);
            double squashed = actual.get(3)[unit];
            double dCell = dc[unit] + dh[unit] * o * (1 - squashed * squashed);
            assertEquals(f * dCell, actual.get(6)[unit], 1e-6);
        }
        assertSame(stateGradient(scalar, width), actual);
    }

    /** A loss with slopes dh and dc, of the gates i, f, g, o before activation and the former c. */
    private static double loss(double[] x, double dh, double dc) {
        double c =
                ExactActivations.sigmoid(x[1]) * x[4]
                        + ExactActivations.sigmoid(x[0]) * ExactActivations.tanh(x[2]);
        return dc * c + dh * ExactActivations.sigmoid(x[3]) * ExactActivations.tanh(c);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.01f})
    void rectifiesAndFindsItsWayBack(float slope) {
        int length = 37;
        float[] x = framed(length, 1);
        x[MARGIN] = 0;
        x[MARGIN + 1] = -0f;
        x[MARGIN + 2] = Float.POSITIVE_INFINITY;
        for (Kernels kernels : List.of(scalar, chosen)) {
            float[] y = x.clone();
            float[] dy = framed(length, 2);
            kernels.rectify(slope, y, MARGIN, length);
            kernels.rectifierGradient(slope, y, MARGIN, dy, MARGIN, length);
            float[] expected = framed(length, 2);
            for (int k = MARGIN; k < MARGIN + length; k++) {
                // Adding 0 makes zeros of either sign equal.
                assertEquals((x[k] > 0 ? x[k] : x[k] * slope) + 0f, y[k] + 0f);
                expected[k] = x[k] > 0 ? expected[k] : expected[k] * slope;
            }
            assertArrayEquals(expected, dy);
        }
    }

    private static void assertSame(List<float[]> expected, List<float[]> actual) {
        for (int k = 0; k < expected.size(); k++) {
            assertEquals(
                    Arrays.hashCode(expected.get(k)),
                    Arrays.hashCode(actual.get(k)),
                    "bits of array " + k);
        }
    }
}
