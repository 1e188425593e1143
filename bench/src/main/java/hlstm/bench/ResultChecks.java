package hlstm.bench;

import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;

/** Compares kernels with sums in double precision before they are timed. */
final class ResultChecks {
    private ResultChecks() {}

    /** {@code y = W x + bias} of every row, at batch 1. */
    static void product(Kernels kernels, Matrix matrix, PackedMatrix packed, float[] x) {
        float[] y = new float[matrix.rows()];
        kernels.multiply(packed, x, 0, new float[matrix.rows()], 0, y, 0);
        for (int row = 0; row < matrix.rows(); row++) {
            double exact = 0;
            double magnitude = 0;
            for (int column = 0; column < matrix.columns(); column++) {
                double term = (double) matrix.get(row, column) * x[column];
                exact += term;
                magnitude += Math.abs(term);
            }
            close("row " + row, exact, magnitude, matrix.columns(), y[row]);
        }
    }

    /** {@code Y += W X} of every row in one lane, from Y = 0. */
    static void batchProduct(Matrix matrix, float[] x, float[] y, int lanes) {
        for (int row = 0; row < matrix.rows(); row++) {
            int lane = row % lanes;
            double exact = 0;
            double magnitude = 0;
            for (int column = 0; column < matrix.columns(); column++) {
                double term = (double) matrix.get(row, column) * x[column * lanes + lane];
                exact += term;
                magnitude += Math.abs(term);
            }
            close("row " + row, exact, magnitude, matrix.columns(), y[row * lanes + lane]);
        }
    }

    /** {@code dW = dY X'} of one connection. */
    static void gradient(
            int rows,
            int columns,
            int row,
            int column,
            float[] dy,
            float[] x,
            int steps,
            int lanes,
            float found) {
        double exact = 0;
        double magnitude = 0;
        for (int step = 0; step < steps; step++) {
            for (int lane = 0; lane < lanes; lane++) {
                double term =
                        (double) dy[(step * rows + row) * lanes + lane]
                                * x[(step * columns + column) * lanes + lane];
                exact += term;
                magnitude += Math.abs(term);
            }
        }
        close("row " + row + ", column " + column, exact, magnitude, steps * lanes, found);
    }

    /** Rounding errors grow with the logarithm of the number of terms of a balanced sum. */
    private static void close(
            String where, double exact, double magnitude, int terms, float found) {
        double roundings = 4 * Math.ceil(Math.log(terms + 2) / Math.log(2));
        if (!(Math.abs(found - exact) <= roundings * Math.ulp(1f) * magnitude)) {
            throw new IllegalStateException(
                    "%s: expected %s, found %s; the kernel is wrong, its time says nothing"
                            .formatted(where, exact, found));
        }
    }
}
