package hlstm.sparse;

/**
 * A matrix laid out for batch-1 products. Immutable and safe to share among threads.
 *
 * <p>Rows are stored in blocks whose values lie side by side, so that one SIMD register holds the
 * weights of several rows. The last block is filled up with zeros; kernels never write the outputs
 * of rows that do not exist. Zeros that fill up a row that does exist are never multiplied, so an
 * infinite or NaN input spoils only the rows that are connected to it.
 */
public abstract sealed class PackedMatrix
        permits PackedDense, PackedPlain, PackedRowBlocks, PackedBanks {
    private final int rows;
    private final int columns;

    PackedMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Copies a matrix into the layout of its geometry, in memory of its own. */
    public static PackedMatrix pack(Matrix matrix) {
        return pack(matrix, WeightPool.exact());
    }

    /** Copies a matrix into the layout of its geometry, with its weights in the pool of a model. */
    public static PackedMatrix pack(Matrix matrix, WeightPool pool) {
        if (matrix instanceof SparseMatrix sparse) {
            return switch (sparse.pattern().geometry()) {
                case PLAIN -> PackedPlain.of(sparse, pool);
                case ROWS_4, ROWS_8, ROWS_16, ROWS_32 -> PackedRowBlocks.of(sparse, pool);
                case BANKED_8 -> PackedBanks.of(sparse, pool);
            };
        }
        return PackedDense.of((DenseMatrix) matrix, pool);
    }

    /** A copy of the matrix that was packed, with the same pattern and geometry. */
    public abstract Matrix unpack();

    /** Rows that the layout keeps together: slices begin at multiples of this number. */
    public abstract int rowGroup();

    /**
     * The rows [fromRow, toRow) as a matrix of their own, so that threads may share a product: each
     * row of the slice is summed as in the whole, and gives the same bits. The weights are shared,
     * not copied.
     *
     * @throws IllegalArgumentException if the rows do not exist, or if a border between rows is no
     *     multiple of {@link #rowGroup}
     */
    public final PackedMatrix slice(int fromRow, int toRow) {
        int group = rowGroup();
        if (fromRow < 0
                || toRow < fromRow
                || toRow > rows
                || fromRow % group != 0
                || toRow % group != 0 && toRow != rows) {
            throw new IllegalArgumentException(
                    "a slice of %s must begin and end at multiples of %d rows, found [%d, %d)"
                            .formatted(this, group, fromRow, toRow));
        }
        return checkedSlice(fromRow, toRow);
    }

    abstract PackedMatrix checkedSlice(int fromRow, int toRow);

    /** Number of rows (outputs). */
    public final int rows() {
        return rows;
    }

    /** Number of columns (inputs). */
    public final int columns() {
        return columns;
    }

    /** Number of connections. */
    public abstract int weights();

    /** Number of stored values: the connections and the zeros that fill up blocks. */
    public abstract int storedValues();

    @Override
    public final String toString() {
        return "%s, %d x %d, %d weights"
                .formatted(getClass().getSimpleName(), rows, columns, weights());
    }

    static int blocks(int rows, int height) {
        return rows / height + (rows % height == 0 ? 0 : 1);
    }
}
