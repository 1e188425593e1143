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
    void padsOnlyTheLastBlock() {
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
                33 * 10,
                PackedMatrix.pack(KernelSamples.sparse(33, 10, Geometry.PLAIN, 1)).storedValues());
    }
}
