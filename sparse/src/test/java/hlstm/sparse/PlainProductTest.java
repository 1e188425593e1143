package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of single connections is one chain from the first to the last, fused with vector
 * kernels, whatever their width, their form and the place of the row in its tile: the bits of a
 * simple loop.
 */
class PlainProductTest {
    private static final float[] SPECIAL_INPUTS = {
        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };

    private final List<Kernels> all = KernelSamples.kernels();

    static Stream<SparseMatrix> matrices() {
        return Stream.concat(
                KernelSamples.matrices()
                        .filter(SparseMatrix.class::isInstance)
                        .map(SparseMatrix.class::cast)
                        .filter(matrix -> matrix.pattern().geometry() == Geometry.PLAIN),
                Stream.of(KernelSamples.sparse(160, 200, Geometry.PLAIN, 0.3)));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void bitsAreThoseOfALoopOverTheRow(SparseMatrix matrix) {
        check(matrix, KernelSamples.numbers(matrix.columns(), 5));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void specialInputsReachTheConnectedRowsOnly(SparseMatrix matrix) {
        PackedMatrix packed = PackedMatrix.pack(matrix);
        for (int column = 0; column < matrix.columns(); column++) {
            for (float special : SPECIAL_INPUTS) {
                float[] x = KernelSamples.numbers(matrix.columns(), 5);
                x[column] = special;
                check(matrix, packed, x);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void storedZerosAreMultiplied(SparseMatrix matrix) {
        float[] values = matrix.values().clone();
        for (int k = 0; k < values.length; k += 3) {
            values[k] = k % 2 == 0 ? 0f : -0f;
        }
        float[] x = KernelSamples.numbers(matrix.columns(), 5);
        for (int column = 0; column < x.length; column += 5) {
            x[column] = Float.POSITIVE_INFINITY;
        }
        check(new SparseMatrix(matrix.pattern(), values), x);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void sumsBelowTheSmallestNumberKeepTheirSign(SparseMatrix matrix) {
        float[] values = KernelSamples.numbers(matrix.weights(), 7);
        float[] x = KernelSamples.numbers(matrix.columns(), 5);
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1e-30f;
        }
        for (int column = 0; column < x.length; column++) {
            x[column] *= 1e-30f;
        }
        check(new SparseMatrix(matrix.pattern(), values), x);
    }

    private void check(SparseMatrix matrix, float[] x) {
        check(matrix, PackedMatrix.pack(matrix), x);
    }

    private void check(SparseMatrix matrix, PackedMatrix packed, float[] x) {
        for (Kernels kernels : all) {
            ProviderReport report = kernels.report();
            float[] y = new float[matrix.rows()];
            for (int row = 0; row < y.length; row++) {
                y[row] = row % 2 == 0 ? -0f : row;
            }
            float[] expected = y.clone();
            SparsityPattern pattern = matrix.pattern();
            for (int row = 0; row < y.length; row++) {
                float sum = 0;
                for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                    float weight = matrix.values()[k];
                    float input = x[pattern.column(k)];
                    sum = report.fma() ? Math.fma(weight, input, sum) : sum + weight * input;
                }
                expected[row] += sum;
            }
            kernels.multiplyAdd(packed, x, 0, y, 0);
            for (int row = 0; row < y.length; row++) {
                // NaNs are all the same here: which one it is, is left to the processor.
                assertEquals(
                        Float.floatToIntBits(expected[row]),
                        Float.floatToIntBits(y[row]),
                        report + ", row " + row);
            }
        }
    }
}
