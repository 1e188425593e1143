package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slices of rows against the whole matrix. */
class PackedSliceTest {
    private static final int MARGIN = 9;

    @ParameterizedTest
    @MethodSource("hlstm.sparse.KernelSamples#matrices")
    void productsHaveTheBitsOfTheWhole(Matrix matrix) {
        PackedMatrix whole = PackedMatrix.pack(matrix);
        int rows = matrix.rows();
        float[] x = KernelSamples.framed(KernelSamples.numbers(matrix.columns(), 5), MARGIN);
        float[] y = KernelSamples.framed(KernelSamples.numbers(rows, 6), MARGIN);
        for (Kernels kernels : KernelSamples.kernels()) {
            float[] expected = y.clone();
            kernels.multiplyAdd(whole, x, MARGIN, expected, MARGIN);
            for (int cut = 0; cut <= rows; cut += whole.rowGroup()) {
                // The second half first, so that a row too many would be seen.
                float[] found = y.clone();
                kernels.multiplyAdd(whole.slice(cut, rows), x, MARGIN, found, MARGIN + cut);
                kernels.multiplyAdd(whole.slice(0, cut), x, MARGIN, found, MARGIN);
                assertArrayEquals(bits(expected), bits(found), "cut at " + cut);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.KernelSamples#matrices")
    void holdTheirRowsOnly(Matrix matrix) {
        PackedMatrix whole = PackedMatrix.pack(matrix);
        int rows = matrix.rows();
        int group = whole.rowGroup();
        for (int cut = 0; cut <= rows; cut += group) {
            PackedMatrix upper = whole.slice(0, cut);
            PackedMatrix lower = whole.slice(cut, rows);
            assertEquals(whole.weights(), upper.weights() + lower.weights());
            assertEquals(whole.storedValues(), upper.storedValues() + lower.storedValues());
            assertRows(matrix, 0, upper);
            assertRows(matrix, cut, lower);
            if (cut + group <= rows) {
                assertRows(matrix, cut, lower.slice(0, group));
                assertRows(matrix, cut + group, lower.slice(group, rows - cut));
            }
        }
    }

    private static void assertRows(Matrix matrix, int first, PackedMatrix slice) {
        Matrix rows = slice.unpack();
        assertEquals(slice.rows(), rows.rows());
        assertEquals(matrix.columns(), rows.columns());
        for (int row = 0; row < rows.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                assertEquals(matrix.get(first + row, column), rows.get(row, column));
            }
        }
    }

    @Test
    void bordersWithinGroupsAndBeyondTheEndAreRefused() {
        PackedMatrix blocks = PackedMatrix.pack(KernelSamples.sparse(40, 9, Geometry.ROWS_16, 1));
        int[][] refused = {{8, 40}, {0, 8}, {-16, 16}, {32, 16}, {0, 48}};
        for (int[] range : refused) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> blocks.slice(range[0], range[1]),
                            Arrays.toString(range));
            assertTrue(e.getMessage().contains("at multiples of 16 rows"), e.getMessage());
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, k -> Float.floatToRawIntBits(values[k]));
        return bits;
    }
}
