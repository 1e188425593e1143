package hlstm.bench.mkl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.bench.RandomArrays;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.sparse.Geometry;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** MKL, where it is built in, computes the product that its time is taken of. */
class MklCsrTest {
    private static final int ROWS = 37;
    private static final int COLUMNS = 53;

    private static SparseMatrix matrix() {
        SparsityPattern pattern =
                SparsityPattern.random(ROWS, COLUMNS, Geometry.PLAIN, 0.2, new SplittableRandom(1));
        return new SparseMatrix(pattern, RandomArrays.gaussian(pattern.nonzeros(), 2));
    }

    @Test
    void multiplies() throws Exception {
        Assumptions.assumeTrue(MklCsr.isBuiltIn(), "MKL is not built in");
        SparseMatrix matrix = matrix();
        float[] x = RandomArrays.gaussian(COLUMNS, 3);
        float[] expected = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int column = 0; column < COLUMNS; column++) {
                sum += (double) matrix.get(row, column) * x[column];
            }
            expected[row] = (float) sum;
        }
        try (MklCsr mkl = new MklCsr(matrix)) {
            mkl.setInput(x);
            mkl.multiply();
            assertArrayEquals(expected, mkl.output(), 1e-4f);
        }
    }

    @Test
    void saysHowToBuildItIn() {
        Assumptions.assumeFalse(MklCsr.isBuiltIn(), "MKL is built in");
        var e = assertThrows(PeerUnavailableException.class, () -> new MklCsr(matrix()));
        assertTrue(e.getMessage().contains("-Ppeers,mkl"), e.getMessage());
    }
}
