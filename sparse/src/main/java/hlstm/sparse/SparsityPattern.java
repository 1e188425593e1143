package hlstm.sparse;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The structure of a sparse matrix in compressed sparse row (CSR) form: which connections exist,
 * not what they weigh. Immutable and safe to share among threads. Rows hold their columns in
 * ascending order; {@link #geometry()} says which sets of connections the pattern may hold, and
 * every constructor checks that it does.
 */
public final class SparsityPattern {
    private final int rows;
    private final int columns;
    private final Geometry geometry;
    private final int[] rowOffsets;
    private final int[] columnIndices;

    /**
     * A pattern from CSR arrays, which are copied.
     *
     * @param rowOffsets {@code rows + 1} ascending offsets into {@code columnIndices}, from 0
     * @param columnIndices the columns of each row in ascending order, each in [0, columns)
     * @throws IllegalArgumentException if the arrays are no such CSR structure or break the
     *     geometry
     */
    public SparsityPattern(
            int rows, int columns, Geometry geometry, int[] rowOffsets, int[] columnIndices) {
        this(rows, columns, geometry, rowOffsets.clone(), columnIndices.clone(), true);
    }

    private SparsityPattern(
            int rows,
            int columns,
            Geometry geometry,
            int[] rowOffsets,
            int[] columnIndices,
            boolean check) {
        this.rows = rows;
        this.columns = columns;
        this.geometry = geometry;
        this.rowOffsets = rowOffsets;
        this.columnIndices = columnIndices;
        if (check) {
            PatternChecks.checkStructure(rows, columns, rowOffsets, columnIndices);
            PatternChecks.checkGeometry(this);
        }
    }

    /** Takes the arrays without copying them; for code of this package that has just made them. */
    static SparsityPattern wrap(
            int rows, int columns, Geometry geometry, int[] rowOffsets, int[] columnIndices) {
        return new SparsityPattern(rows, columns, geometry, rowOffsets, columnIndices, true);
    }

    /** All connections of a rows x columns matrix. */
    public static SparsityPattern full(int rows, int columns, Geometry geometry) {
        PatternChecks.checkShape(rows, columns);
        int[] offsets = new int[rows + 1];
        int[] indices = new int[rows * columns];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = (row + 1) * columns;
            for (int column = 0; column < columns; column++) {
                indices[row * columns + column] = column;
            }
        }
        return wrap(rows, columns, geometry, offsets, indices);
    }

    /** No connection at all. */
    public static SparsityPattern empty(int rows, int columns, Geometry geometry) {
        PatternChecks.checkShape(rows, columns);
        return wrap(rows, columns, geometry, new int[rows + 1], new int[0]);
    }

    /**
     * A random seed pattern with about {@code density} of all connections, each row or tile getting
     * nearly the same share so that no unit starts unconnected.
     *
     * @param density in [0, 1]
     */
    public static SparsityPattern random(
            int rows, int columns, Geometry geometry, double density, RandomGenerator random) {
        return RandomPatterns.random(rows, columns, geometry, density, random);
    }

    /** Number of rows (outputs). */
    public int rows() {
        return rows;
    }

    /** Number of columns (inputs). */
    public int columns() {
        return columns;
    }

    /** The sets of connections this pattern may hold. */
    public Geometry geometry() {
        return geometry;
    }

    /** Number of connections. */
    public int nonzeros() {
        return columnIndices.length;
    }

    /** Connections over all possible ones; 0 for a matrix without elements. */
    public double density() {
        return rows == 0 || columns == 0 ? 0 : (double) nonzeros() / ((double) rows * columns);
    }

    /** Where the connections of a row begin; {@code rowOffset(rows())} is {@link #nonzeros()}. */
    public int rowOffset(int row) {
        return rowOffsets[row];
    }

    /** The column of a connection, by its position in CSR order. */
    public int column(int position) {
        return columnIndices[position];
    }

    /** A copy of the {@code rows + 1} row offsets. */
    public int[] rowOffsets() {
        return rowOffsets.clone();
    }

    /** A copy of the column of each connection in CSR order. */
    public int[] columnIndices() {
        return columnIndices.clone();
    }

    /** The row offsets themselves, for kernels: never written. */
    int[] rowOffsetsShared() {
        return rowOffsets;
    }

    /** The column indices themselves, for kernels: never written. */
    int[] columnIndicesShared() {
        return columnIndices;
    }

    /** The CSR position of a connection, or -1 if it does not exist. */
    public int position(int row, int column) {
        int found =
                Arrays.binarySearch(columnIndices, rowOffsets[row], rowOffsets[row + 1], column);
        return found < 0 ? -1 : found;
    }

    /**
     * The rows [fromRow, toRow) as a pattern of their own.
     *
     * @param fromRow a multiple of the geometry's {@link Geometry#tileRows}
     * @param toRow as well, or the number of rows
     */
    SparsityPattern slice(int fromRow, int toRow) {
        if (fromRow == 0 && toRow == rows) {
            return this;
        }
        int first = rowOffsets[fromRow];
        int[] offsets = Arrays.copyOfRange(rowOffsets, fromRow, toRow + 1);
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] -= first;
        }
        int[] indices = Arrays.copyOfRange(columnIndices, first, rowOffsets[toRow]);
        return wrap(toRow - fromRow, columns, geometry, offsets, indices);
    }

    /** The same connections seen as any set; what the transposed pattern of a geometry is too. */
    public SparsityPattern asPlain() {
        return geometry == Geometry.PLAIN
                ? this
                : new SparsityPattern(
                        rows, columns, Geometry.PLAIN, rowOffsets, columnIndices, false);
    }

    /**
     * Carries packed values to another pattern of the same shape: connections of both keep their
     * value, those only in {@code next} get 0.
     *
     * @param values one for each connection of this pattern, in CSR order
     * @return one for each connection of {@code next}
     */
    public float[] transfer(float[] values, SparsityPattern next) {
        if (values.length != nonzeros() || rows != next.rows || columns != next.columns) {
            throw new IllegalArgumentException(
                    "cannot carry %d values of %s to %s".formatted(values.length, this, next));
        }
        float[] carried = new float[next.nonzeros()];
        for (int row = 0; row < rows; row++) {
            int k = rowOffsets[row];
            for (int n = next.rowOffsets[row]; n < next.rowOffsets[row + 1]; n++) {
                while (k < rowOffsets[row + 1] && columnIndices[k] < next.columnIndices[n]) {
                    k++;
                }
                if (k < rowOffsets[row + 1] && columnIndices[k] == next.columnIndices[n]) {
                    carried[n] = values[k];
                }
            }
        }
        return carried;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparsityPattern that
                && rows == that.rows
                && columns == that.columns
                && geometry == that.geometry
                && Arrays.equals(rowOffsets, that.rowOffsets)
                && Arrays.equals(columnIndices, that.columnIndices);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rowOffsets) + Arrays.hashCode(columnIndices);
    }

    @Override
    public String toString() {
        return "%d x %d %s, %d connections (%.2f %%)"
                .formatted(rows, columns, geometry, nonzeros(), 100 * density());
    }
}
