package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All kernels against sums in double precision. */
class BatchOneProductTest {
    private static final int MARGIN = 9;

    private final Kernels scalar = KernelProviders.of("scalar");
    private final List<Kernels> all = KernelSamples.kernels();

    @ParameterizedTest
    @MethodSource("hlstm.sparse.KernelSamples#matrices")
    void addsTheProduct(Matrix matrix) {
        float[] x = KernelSamples.numbers(matrix.columns(), 5);
        float[] y = KernelSamples.numbers(matrix.rows(), 6);
        check(matrix, x, y);
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.KernelSamples#matrices")
    void keepsWhatIsBelowTheNormalRange(Matrix matrix) {
        float[] x = KernelSamples.numbers(matrix.columns(), 5);
        float[] y = KernelSamples.numbers(matrix.rows(), 6);
        for (int k = 0; k < x.length; k++) {
            x[k] *= 1e-39f;
        }
        for (int k = 0; k < y.length; k++) {
            y[k] *= 1e-39f;
        }
        check(matrix, x, y);
    }

    private void check(Matrix matrix, float[] x, float[] y) {
        PackedMatrix packed = PackedMatrix.pack(matrix);
        double[] exact = new double[matrix.rows()];
        double[] tolerance = new double[matrix.rows()];
        for (int row = 0; row < matrix.rows(); row++) {
            double sum = y[row];
            double magnitude = Math.abs(sum);
            for (int column = 0; column < matrix.columns(); column++) {
                double product = (double) matrix.get(row, column) * x[column];
                sum += product;
                magnitude += Math.abs(product);
            }
            exact[row] = sum;
            tolerance[row] = KernelSamples.tolerance(matrix.columns(), magnitude);
        }
        for (Kernels kernels : all) {
            String name = kernels.report().toString();
            float[] framedX = KernelSamples.framed(x, MARGIN);
            float[] added = KernelSamples.framed(y, MARGIN);
            kernels.multiplyAdd(packed, framedX, MARGIN, added, MARGIN);
            assertClose(exact, tolerance, added, name);

            float[] bias = KernelSamples.framed(y, MARGIN + 2);
            float[] set = KernelSamples.framed(new float[y.length], MARGIN);
            kernels.multiply(packed, framedX, MARGIN, bias, MARGIN + 2, set, MARGIN);
            assertClose(exact, tolerance, set, name);
        }
    }

    private static void assertClose(
            double[] exact, double[] tolerance, float[] framed, String name) {
        for (int k = 0; k < MARGIN; k++) {
            assertTrue(Float.isNaN(framed[k]), "written before the first row by " + name);
            assertTrue(
                    Float.isNaN(framed[framed.length - 1 - k]),
                    "written behind the last row by " + name);
        }
        for (int row = 0; row < exact.length; row++) {
            assertEquals(exact[row], framed[MARGIN + row], tolerance[row], name + ", row " + row);
        }
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.KernelSamples#matrices")
    void specialInputsSpoilTheConnectedRowsOnly(Matrix matrix) {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int k = 0; k < special.length && matrix.columns() > 0; k++) {
            float[] x = KernelSamples.numbers(matrix.columns(), 5);
            int column = (matrix.columns() - 1) * k / (special.length - 1);
            x[column] = special[k];
            assertSame(matrix, x);
            for (Kernels kernels : all) {
                float[] y = new float[matrix.rows()];
                kernels.multiplyAdd(PackedMatrix.pack(matrix), x, 0, y, 0);
                for (int row = 0; row < matrix.rows(); row++) {
                    if (matrix.get(row, column) == 0) {
                        assertTrue(Float.isFinite(y[row]), "row " + row);
                    } else {
                        assertEquals(matrix.get(row, column) * special[k], y[row], "row " + row);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sparseMatrices")
    void specialWeightsSpoilTheirRowsOnly(SparseMatrix matrix) {
        float[] values = matrix.values().clone();
        for (int k = 0; k < values.length; k += 7) {
            values[k] = k % 2 == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        assertSame(
                new SparseMatrix(matrix.pattern(), values),
                KernelSamples.numbers(matrix.columns(), 5));
    }

    static Stream<Matrix> sparseMatrices() {
        return KernelSamples.matrices().filter(SparseMatrix.class::isInstance);
    }

    private void assertSame(Matrix matrix, float[] x) {
        PackedMatrix packed = PackedMatrix.pack(matrix);
        float[] expected = new float[matrix.rows()];
        scalar.multiplyAdd(packed, x, 0, expected, 0);
        for (Kernels kernels : all) {
            float[] found = new float[matrix.rows()];
            kernels.multiplyAdd(packed, x, 0, found, 0);
            for (int row = 0; row < expected.length; row++) {
                if (Float.isFinite(expected[row])) {
                    assertEquals(
                            expected[row],
                            found[row],
                            2 * KernelSamples.tolerance(x.length, x.length),
                            "row " + row);
                } else {
                    assertEquals(expected[row], found[row], "row " + row);
                }
            }
        }
    }
}
