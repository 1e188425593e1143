package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with the steps of a sequence give the bits of as many products with one vector. */
class BatchOneSequenceTest {
    private static final int MARGIN = 9;

    /** More than twice the most steps that any kernel does at once, and some over. */
    private static final int MOST_STEPS = 21;

    static Stream<Matrix> matrices() {
        // More columns than one, two or four sums of a row need to differ from another order.
        Stream<Matrix> larger =
                Arrays.stream(Geometry.values())
                        .map(geometry -> KernelSamples.sparse(150, 67, geometry, 0.6));
        return Stream.of(
                        KernelSamples.matrices(),
                        larger,
                        Stream.of(KernelSamples.dense(150, 67), KernelSamples.dense(64, 130)))
                .flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void bitsAreThoseOfSingleSteps(Matrix matrix) {
        for (Kernels kernels : KernelSamples.kernels()) {
            for (int steps = 0; steps <= MOST_STEPS; steps++) {
                check(kernels, matrix, steps, 0, 0);
            }
            check(kernels, matrix, MOST_STEPS, 3, 5);
        }
    }

    /** With so many floats between the steps of x and of y. */
    private static void check(Kernels kernels, Matrix matrix, int steps, int xGap, int yGap) {
        PackedMatrix packed = PackedMatrix.pack(matrix);
        int xStride = matrix.columns() + xGap;
        int yStride = matrix.rows() + yGap;
        float[] x = KernelSamples.framed(KernelSamples.numbers(steps * xStride, 5), MARGIN);
        float[] bias = KernelSamples.framed(KernelSamples.numbers(matrix.rows(), 6), MARGIN + 2);
        // What is not to be written keeps its NaN.
        float[] expected = new float[steps * yStride + 2 * MARGIN];
        Arrays.fill(expected, Float.NaN);
        float[] found = expected.clone();
        for (int t = 0; t < steps; t++) {
            kernels.multiply(
                    packed,
                    x,
                    MARGIN + t * xStride,
                    bias,
                    MARGIN + 2,
                    expected,
                    MARGIN + t * yStride);
        }
        kernels.multiply(
                packed, steps, x, MARGIN, xStride, bias, MARGIN + 2, found, MARGIN, yStride);
        assertArrayEquals(bits(expected), bits(found), kernels.report() + ", steps: " + steps);
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, k -> Float.floatToRawIntBits(values[k]));
        return bits;
    }
}
