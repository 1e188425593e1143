package hlstm.sparse;

import java.util.Arrays;

/**
 * A dense matrix laid out for products with batches: {@value #ROWS} rows at a time, column after
 * column, so that the weights that meet a register of lanes are neighbours in memory. A matrix that
 * meets several batches, or several steps of one, is packed once for all of them. Rows beyond the
 * matrix that fill its last panel are zero.
 *
 * <p>Reused from batch to batch; threads may read it at once while none packs.
 */
public final class RowPanels {
    /** Rows of a panel: as many sums as keep a core busy in sixteen registers. */
    public static final int ROWS = 5;

    private float[] values = new float[0];
    private int rows;
    private int columns;

    /** A matrix without rows. */
    public RowPanels() {}

    /** Takes a shape, keeping the array where it is large enough; what is in it is undefined. */
    public void reshape(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "a matrix cannot have %d rows and %d columns".formatted(rows, columns));
        }
        int size = Math.multiplyExact(Math.ceilDiv(rows, ROWS) * ROWS, columns);
        if (values.length < size) {
            values = new float[size];
        }
        this.rows = rows;
        this.columns = columns;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Where column 0 of a panel's first row lies; the row is a multiple of {@link #ROWS}. */
    int offset(int row) {
        return row * columns;
    }

    float[] valuesShared() {
        return values;
    }

    /**
     * Fills columns [firstColumn, firstColumn + count) of all rows.
     *
     * @param offset where row 0 of the first of these columns lies in {@code from}
     * @param stride from a row to the next; columns are neighbours
     */
    public void pack(float[] from, int offset, int stride, int firstColumn, int count) {
        int row = 0;
        for (; row + ROWS <= rows; row += ROWS) {
            int source = offset + row * stride;
            int into = offset(row) + firstColumn * ROWS;
            for (int column = 0; column < count; column++) {
                values[into] = from[source];
                values[into + 1] = from[source + stride];
                values[into + 2] = from[source + 2 * stride];
                values[into + 3] = from[source + 3 * stride];
                values[into + 4] = from[source + 4 * stride];
                source++;
                into += ROWS;
            }
        }
        if (row < rows) {
            int first = offset(row) + firstColumn * ROWS;
            Arrays.fill(values, first, first + count * ROWS, 0);
            for (int k = 0; row + k < rows; k++) {
                for (int column = 0; column < count; column++) {
                    values[first + column * ROWS + k] = from[offset + (row + k) * stride + column];
                }
            }
        }
    }

    /** Fills the whole matrix with the transpose of a row-major one, {@code columns x rows}. */
    public void packTransposed(float[] from) {
        int whole = rows - rows % ROWS;
        for (int column = 0; column < columns; column++) {
            int source = column * rows;
            int into = column * ROWS;
            for (int row = 0; row < whole; row += ROWS) {
                values[into] = from[source];
                values[into + 1] = from[source + 1];
                values[into + 2] = from[source + 2];
                values[into + 3] = from[source + 3];
                values[into + 4] = from[source + 4];
                source += ROWS;
                into += ROWS * columns;
            }
            if (whole < rows) {
                Arrays.fill(values, into, into + ROWS, 0);
                System.arraycopy(from, source, values, into, rows - whole);
            }
        }
    }
}
