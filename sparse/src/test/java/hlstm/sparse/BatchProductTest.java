package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chosen kernels and the scalar ones against sums in double precision. */
class BatchProductTest {
    private final Kernels scalar = KernelProviders.of("scalar");
    private final Kernels chosen = KernelProviders.get();

    @ParameterizedTest
    @MethodSource("hlstm.sparse.BatchBlocks#all")
    void addsTheProduct(BatchBlocks blocks) {
        Matrix matrix = blocks.matrix();
        float[] x = blocks.block(matrix.columns(), 1);
        float[] before = blocks.block(matrix.rows(), 2);
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            String name = kernels.report().provider();
            float[] y = before.clone();
            blocks.multiplyAdd(kernels, 0, matrix.rows(), x, y);
            for (int row = 0; row < matrix.rows(); row++) {
                for (int lane = 0; lane < blocks.lanes(); lane++) {
                    int place = blocks.place(matrix.rows(), 0, row, lane);
                    double sum = before[place];
                    double magnitude = Math.abs(sum);
                    for (int column = 0; column < matrix.columns(); column++) {
                        double product =
                                (double) matrix.get(row, column)
                                        * x[blocks.place(matrix.columns(), 0, column, lane)];
                        sum += product;
                        magnitude += Math.abs(product);
                    }
                    double tolerance = KernelSamples.tolerance(matrix.columns(), magnitude);
                    assertEquals(sum, y[place], tolerance, name + ", row " + row);
                    y[place] = before[place];
                }
            }
            assertArrayEquals(before, y, name + " wrote outside the rows and lanes");
        }
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.BatchBlocks#all")
    void addsTheGradient(BatchBlocks blocks) {
        Matrix matrix = blocks.matrix();
        float[] dy = blocks.block(matrix.rows(), 1);
        float[] x = blocks.block(matrix.columns(), 2);
        float[] before = KernelSamples.numbers(matrix.weights(), 3);
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            float[] gradient = before.clone();
            blocks.addGradient(kernels, 0, matrix.rows(), dy, x, gradient);
            int k = 0;
            for (int row = 0; row < matrix.rows(); row++) {
                for (int column = 0; column < matrix.columns(); column++) {
                    if (!exists(matrix, row, column)) {
                        continue;
                    }
                    double sum = before[k];
                    double magnitude = Math.abs(sum);
                    for (int step = 0; step < blocks.steps(); step++) {
                        for (int lane = 0; lane < blocks.lanes(); lane++) {
                            int p = blocks.place(matrix.rows(), step, row, lane);
                            int last = blocks.steps() - 1;
                            int q = blocks.place(matrix.columns(), last - step, column, lane);
                            sum += (double) dy[p] * x[q];
                            magnitude += Math.abs((double) dy[p] * x[q]);
                        }
                    }
                    double tolerance =
                            KernelSamples.tolerance(blocks.steps() * blocks.lanes(), magnitude);
                    assertEquals(sum, gradient[k], tolerance, kernels.report().provider());
                    k++;
                }
            }
            assertEquals(matrix.weights(), k);
        }
    }

    private static boolean exists(Matrix matrix, int row, int column) {
        return !(matrix instanceof SparseMatrix sparse)
                || sparse.pattern().position(row, column) >= 0;
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.BatchBlocks#all")
    void rowsHaveTheSameBitsHoweverTheyAreShared(BatchBlocks blocks) {
        Matrix matrix = blocks.matrix();
        float[] x = blocks.block(matrix.columns(), 1);
        float[] dy = blocks.block(matrix.rows(), 2);
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            float[] whole = dy.clone();
            float[] shared = dy.clone();
            float[] wholeGradient = new float[matrix.weights()];
            float[] sharedGradient = new float[matrix.weights()];
            blocks.multiplyAdd(kernels, 0, matrix.rows(), x, whole);
            blocks.addGradient(kernels, 0, matrix.rows(), dy, x, wholeGradient);
            int row = 0;
            for (int share = 1; row < matrix.rows(); share += 2) {
                int end = Math.min(matrix.rows(), row + share);
                blocks.multiplyAdd(kernels, row, end, x, shared);
                blocks.addGradient(kernels, row, end, dy, x, sharedGradient);
                row = end;
            }
            assertArrayEquals(whole, shared, kernels.report().provider());
            assertArrayEquals(wholeGradient, sharedGradient, kernels.report().provider());
        }
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.BatchBlocks#all")
    void stepsHaveTheSameBitsHoweverManyAreDoneAtOnce(BatchBlocks blocks) {
        if (!(blocks.matrix() instanceof DenseMatrix matrix)) {
            return;
        }
        int rows = matrix.rows();
        int columns = matrix.columns();
        float[] x = blocks.block(columns, 1);
        float[] before = blocks.block(rows, 2);
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            for (int steps = 0; steps <= blocks.steps(); steps++) {
                float[] each = before.clone();
                for (int step = 0; step < steps; step++) {
                    kernels.multiplyAdd(
                            matrix.values(),
                            columns,
                            0,
                            rows,
                            x,
                            blocks.place(columns, step, 0, 0),
                            blocks.stride(),
                            each,
                            blocks.place(rows, step, 0, 0),
                            blocks.stride(),
                            blocks.lanes());
                }
                float[] together = before.clone();
                kernels.multiplyAdd(
                        matrix.values(),
                        columns,
                        0,
                        rows,
                        steps,
                        x,
                        blocks.place(columns, 0, 0, 0),
                        blocks.stride(),
                        blocks.stepStride(columns),
                        together,
                        blocks.place(rows, 0, 0, 0),
                        blocks.stride(),
                        blocks.stepStride(rows),
                        blocks.lanes());
                assertArrayEquals(each, together, kernels.report().provider());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.BatchBlocks#all")
    void panelsGiveTheBitsOfTheMatrixTheyHold(BatchBlocks blocks) {
        if (!(blocks.matrix() instanceof DenseMatrix matrix)) {
            return;
        }
        int rows = matrix.rows();
        int columns = matrix.columns();
        float[] x = blocks.block(columns, 1);
        float[] before = blocks.block(rows, 2);
        RowPanels packed = new RowPanels();
        packed.reshape(rows, columns);
        packed.pack(matrix.values(), 0, columns, 0, columns / 2);
        packed.pack(matrix.values(), columns / 2, columns, columns / 2, columns - columns / 2);
        RowPanels transposed = new RowPanels();
        transposed.reshape(rows, columns);
        transposed.packTransposed(transpose(matrix));
        for (Kernels kernels : new Kernels[] {scalar, chosen}) {
            float[] expected = before.clone();
            blocks.multiplyAdd(kernels, 0, rows, x, expected);
            for (RowPanels panels : new RowPanels[] {packed, transposed}) {
                float[] found = before.clone();
                for (int row = 0; row < rows; row += 2 * RowPanels.ROWS) {
                    kernels.multiplyAdd(
                            panels,
                            row,
                            Math.min(rows, row + 2 * RowPanels.ROWS),
                            x,
                            blocks.place(columns, 0, 0, 0),
                            blocks.stride(),
                            found,
                            blocks.place(rows, 0, 0, 0),
                            blocks.stride(),
                            blocks.lanes());
                }
                assertArrayEquals(expected, found, kernels.report().provider());
            }
        }
    }

    private static float[] transpose(DenseMatrix matrix) {
        float[] transposed = new float[matrix.weights()];
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                transposed[column * matrix.rows() + row] = matrix.get(row, column);
            }
        }
        return transposed;
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.BatchBlocks#all")
    void specialInputsSpoilTheirLaneOnly(BatchBlocks blocks) {
        Matrix matrix = blocks.matrix();
        if (matrix.columns() == 0) {
            return;
        }
        float[] x = blocks.block(matrix.columns(), 1);
        int column = matrix.columns() / 2;
        int lane = blocks.lanes() / 2;
        x[blocks.place(matrix.columns(), 0, column, lane)] = Float.NEGATIVE_INFINITY;
        float[] y = blocks.block(matrix.rows(), 2);
        blocks.multiplyAdd(chosen, 0, matrix.rows(), x, y);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int other = 0; other < blocks.lanes(); other++) {
                float found = y[blocks.place(matrix.rows(), 0, row, other)];
                if (other == lane && matrix.get(row, column) != 0) {
                    assertEquals(matrix.get(row, column) * Float.NEGATIVE_INFINITY, found);
                } else {
                    assertTrue(Float.isFinite(found), "row " + row + ", lane " + other);
                }
            }
        }
    }
}
