package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedMatrixTest {
    @ParameterizedTest
    @MethodSource("hlstm.sparse.KernelSamples#matrices")
    void unpacksToWhatWasPacked(Matrix matrix) {
        PackedMatrix packed = PackedMatrix.pack(matrix);
        assertEquals(matrix.rows(), packed.rows());
        assertEquals(matrix.columns(), packed.columns());
        assertEquals(matrix.weights(), packed.weights());
        assertTrue(packed.storedValues() >= packed.weights());
        Matrix unpacked = packed.unpack();
        if (matrix instanceof SparseMatrix sparse) {
            SparseMatrix back = (SparseMatrix) unpacked;
            assertEquals(sparse.pattern(), back.pattern());
            assertArrayEquals(sparse.values(), back.values());
        } else {
            assertArrayEquals(((DenseMatrix) matrix).values(), ((DenseMatrix) unpacked).values());
        }
    }

    @Test
    void keepsItsOwnCopyOfTheWeights() {
        for (Geometry geometry : Geometry.values()) {
            SparseMatrix matrix = KernelSamples.sparse(33, 33, geometry, 0.5);
            PackedMatrix packed = PackedMatrix.pack(matrix);
            float before = matrix.values()[0];
            matrix.values()[0] = before + 1;
            assertEquals(before, ((SparseMatrix) packed.unpack()).values()[0], geometry.label());
        }
    }

    @Test
    void equalRowsPadOnlyTheLastBlock() {
        assertEquals(64 * 10, PackedMatrix.pack(KernelSamples.dense(33, 10)).storedValues());
        assertEquals(
                48 * 10,
                PackedMatrix.pack(KernelSamples.sparse(33, 10, Geometry.ROWS_16, 1))
                        .storedValues());
        assertEquals(
                40 * 10,
                PackedMatrix.pack(KernelSamples.sparse(33, 10, Geometry.BANKED_8, 1))
                        .storedValues());
        assertEquals(
                48 * 10,
                PackedMatrix.pack(KernelSamples.sparse(33, 10, Geometry.PLAIN, 1)).storedValues());
    }

    @Test
    void plainTilesAreAsLongAsTheLongestOfTheirRows() {
        int rows = 256;
        int[] offsets = new int[rows + 1];
        // 1 to 128 connections in the first window, 2 in all rows of the second.
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = offsets[row] + (row < 128 ? (row * 37) % 128 + 1 : 2);
        }
        int[] columns = new int[offsets[rows]];
        for (int row = 0; row < rows; row++) {
            for (int k = offsets[row]; k < offsets[row + 1]; k++) {
                columns[k] = k - offsets[row];
            }
        }
        SparsityPattern pattern = new SparsityPattern(rows, 128, Geometry.PLAIN, offsets, columns);
        PackedMatrix packed =
                PackedMatrix.pack(new SparseMatrix(pattern, new float[pattern.nonzeros()]));
        assertEquals(128 * 129 / 2 + 256, packed.weights());
        // Tiles of 16 rows of up to 16, 32, ... 128 connections.
        assertEquals(16 * (16 * 8 * 9 / 2) + 256, packed.storedValues());
    }

    @Test
    void keepsTheBitsOfPlainWeights() {
        SparseMatrix matrix = KernelSamples.irregular(150, 30);
        float[] special = {-0f, 0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
        for (int k = 0; k < matrix.values().length; k += 3) {
            matrix.values()[k] = special[k / 3 % special.length];
        }
        SparseMatrix back = (SparseMatrix) PackedMatrix.pack(matrix).unpack();
        assertEquals(matrix.pattern(), back.pattern());
        for (int k = 0; k < matrix.values().length; k++) {
            assertEquals(
                    Float.floatToRawIntBits(matrix.values()[k]),
                    Float.floatToRawIntBits(back.values()[k]));
        }
    }
}
