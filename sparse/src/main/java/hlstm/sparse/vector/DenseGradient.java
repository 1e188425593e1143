package hlstm.sparse.vector;

import hlstm.sparse.Kernels;
import hlstm.sparse.RowPanels;
import java.util.Arrays;

/**
 * The gradient of every element of a dense matrix: sums over steps and lanes of products of dy and
 * x. It is the product of dy, rows by steps and lanes, with the transpose of x, so both are packed
 * for {@link RowPanelProduct}: some rows of dy into panels that stay in the L2 cache, and a few
 * columns of x, transposed, into one that stays in the L1 cache while all of these rows pass over
 * it. No sum runs across the lanes of a register.
 *
 * <p>Every element is one chain over the steps and lanes of a panel, whichever elements are
 * computed beside it.
 */
public final class DenseGradient {
    /** Steps times lanes of a panel. */
    private static final int TERMS = 256;

    /** Columns of x in a panel, a multiple of any register's lanes. */
    private static final int COLUMNS = 32;

    /** Columns that the product takes at least. */
    private static final int LEAST_COLUMNS = 4;

    /** Rows of dy in panels; those of the last few columns have a place of their own. */
    private static final int TILE_ROWS =
            (Kernels.GRADIENT_WORK - COLUMNS * TERMS)
                    / (TERMS + LEAST_COLUMNS)
                    / RowPanels.ROWS
                    * RowPanels.ROWS;

    /** Where the columns begin in the work space. */
    private static final int COLUMN_PANEL = TILE_ROWS * TERMS;

    /** Where the results of the last few columns lie in the work space. */
    private static final int LAST_COLUMNS = COLUMN_PANEL + COLUMNS * TERMS;

    private DenseGradient() {}

    /**
     * {@code gradient[row * columns + column] +=} for rows [fromRow, toRow).
     *
     * @param work space, {@link Kernels#GRADIENT_WORK} floats
     */
    public static void add(
            int columns,
            int fromRow,
            int toRow,
            float[] dy,
            int dyOffset,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient,
            float[] work) {
        for (int lane = 0; lane < lanes; lane += TERMS) {
            int width = Math.min(TERMS, lanes - lane);
            int most = TERMS / width;
            for (int step = 0; step < steps; step += most) {
                int count = Math.min(most, steps - step);
                for (int row = fromRow; row < toRow; row += TILE_ROWS) {
                    int rows = Math.min(TILE_ROWS, toRow - row);
                    int from = dyOffset + row * dyStride + lane + step * dyStepStride;
                    packRows(rows, dy, from, dyStride, dyStepStride, count, width, work);
                    tile(
                            columns,
                            rows,
                            x,
                            xOffset + lane + step * xStepStride,
                            xStride,
                            xStepStride,
                            count,
                            width,
                            gradient,
                            row * columns,
                            work);
                }
            }
        }
    }

    /** All columns of some rows, which have been packed. */
    private static void tile(
            int columns,
            int rows,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient,
            int gradientOffset,
            float[] work) {
        int terms = steps * lanes;
        for (int column = 0; column < columns; column += COLUMNS) {
            int count = Math.min(COLUMNS, columns - column);
            int from = xOffset + column * xStride;
            packColumns(count, x, from, xStride, xStepStride, steps, lanes, work);
            int done =
                    RowPanelProduct.multiplyAdd(
                            work,
                            terms,
                            0,
                            rows,
                            work,
                            COLUMN_PANEL,
                            COLUMNS,
                            gradient,
                            gradientOffset + column,
                            columns,
                            count);
            if (done < count) {
                lastColumns(
                        terms,
                        rows,
                        done,
                        count - done,
                        gradient,
                        gradientOffset + column + done,
                        columns,
                        work);
            }
        }
    }

    /** Fewer columns than the product takes: it gets some more, whose results nobody reads. */
    private static void lastColumns(
            int terms,
            int rows,
            int first,
            int count,
            float[] gradient,
            int offset,
            int stride,
            float[] work) {
        Arrays.fill(work, LAST_COLUMNS, LAST_COLUMNS + rows * LEAST_COLUMNS, 0);
        RowPanelProduct.multiplyAdd(
                work,
                terms,
                0,
                rows,
                work,
                COLUMN_PANEL + first,
                COLUMNS,
                work,
                LAST_COLUMNS,
                LEAST_COLUMNS,
                LEAST_COLUMNS);
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < count; c++) {
                gradient[offset + row * stride + c] += work[LAST_COLUMNS + row * LEAST_COLUMNS + c];
            }
        }
    }

    /** Rows of dy as panels; what fills the last one is not read. */
    private static void packRows(
            int rows,
            float[] dy,
            int offset,
            int stride,
            int stepStride,
            int steps,
            int lanes,
            float[] work) {
        int terms = steps * lanes;
        for (int row = 0; row < rows; row++) {
            int to = row / RowPanels.ROWS * RowPanels.ROWS * terms + row % RowPanels.ROWS;
            for (int step = 0; step < steps; step++) {
                int from = offset + row * stride + step * stepStride;
                for (int lane = 0; lane < lanes; lane++) {
                    work[to] = dy[from + lane];
                    to += RowPanels.ROWS;
                }
            }
        }
    }

    /** Columns of x, transposed: those of a step and lane are neighbours. */
    private static void packColumns(
            int columns,
            float[] x,
            int offset,
            int stride,
            int stepStride,
            int steps,
            int lanes,
            float[] work) {
        for (int column = 0; column < columns; column++) {
            int to = COLUMN_PANEL + column;
            for (int step = 0; step < steps; step++) {
                int from = offset + column * stride + step * stepStride;
                for (int lane = 0; lane < lanes; lane++) {
                    work[to] = x[from + lane];
                    to += COLUMNS;
                }
            }
        }
    }
}
