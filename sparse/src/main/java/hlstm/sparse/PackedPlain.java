package hlstm.sparse;

import java.util.Arrays;

/**
 * A sparse matrix of any pattern, in tiles of 16 rows: value k of each of them lies side by side,
 * so that one register holds a weight for each of many rows and none waits for the sum of another.
 *
 * <p>Rows of a tile should have as many connections. So windows of rows are sorted by their number
 * of connections, the longest first, and cut into tiles; {@link #order} says which rows they are. A
 * tile is as long as its longest row. Shorter rows are filled up with weight 0 on column 0, which
 * no kernel may multiply: an infinite input there would spoil a row that is not connected to it.
 */
final class PackedPlain extends PackedMatrix {
    /** Rows of a tile: those of the widest register. */
    static final int HEIGHT = 16;

    /** Rows that are sorted together. More make tiles even fuller, fewer let more threads share. */
    static final int WINDOW = 128;

    /**
     * The tile of rows [HEIGHT * t, HEIGHT * (t + 1)) in sorted order begins at {@code
     * tileOffsets[t]} of {@link #columnIndices}; and the end.
     */
    final int[] tileOffsets;

    /** The rows in sorted order; those of a slice are numbered as in the whole. */
    final int[] order;

    /** The number of connections of each row, in sorted order. */
    final int[] lengths;

    /**
     * Connection k of row {@code order[p]} has its column at {@code tileOffsets[p / HEIGHT] + k *
     * HEIGHT + p % HEIGHT}.
     */
    final int[] columnIndices;

    /** The weights, placed as the columns from {@link #valuesOffset} on. */
    final float[] values;

    /** Where the first weight lies in {@link #values}. */
    final int valuesOffset;

    /** The first row, a multiple of {@link #WINDOW}; other than 0 in slices. */
    final int firstRow;

    private final int weights;

    private PackedPlain(
            int rows,
            int columns,
            int[] tileOffsets,
            int[] order,
            int[] lengths,
            int[] columnIndices,
            float[] values,
            int valuesOffset,
            int firstRow) {
        super(rows, columns);
        this.tileOffsets = tileOffsets;
        this.order = order;
        this.lengths = lengths;
        this.columnIndices = columnIndices;
        this.values = values;
        this.valuesOffset = valuesOffset;
        this.firstRow = firstRow;
        weights = Arrays.stream(lengths, firstRow, firstRow + rows).sum();
    }

    static PackedPlain of(SparseMatrix matrix, WeightPool pool) {
        SparsityPattern pattern = matrix.pattern();
        int rows = pattern.rows();
        int[] order = longestFirst(pattern);
        int[] lengths = new int[rows];
        for (int p = 0; p < rows; p++) {
            lengths[p] = length(pattern, order[p]);
        }
        int tiles = blocks(rows, HEIGHT);
        long stored = 0;
        for (int tile = 0; tile < tiles; tile++) {
            stored += (long) HEIGHT * lengths[tile * HEIGHT];
        }
        WeightPool.Room room = pool.room(stored);
        int[] tileOffsets = new int[tiles + 1];
        for (int tile = 0; tile < tiles; tile++) {
            tileOffsets[tile + 1] = tileOffsets[tile] + HEIGHT * lengths[tile * HEIGHT];
        }
        int[] columnIndices = new int[(int) stored];
        for (int p = 0; p < rows; p++) {
            int from = pattern.rowOffset(order[p]);
            int to = tileOffsets[p / HEIGHT] + p % HEIGHT;
            for (int k = 0; k < lengths[p]; k++) {
                columnIndices[to + k * HEIGHT] = pattern.column(from + k);
                room.array()[room.offset() + to + k * HEIGHT] = matrix.values()[from + k];
            }
        }
        return new PackedPlain(
                rows,
                pattern.columns(),
                tileOffsets,
                order,
                lengths,
                columnIndices,
                room.array(),
                room.offset(),
                0);
    }

    /** The rows, in each window the longest first, and of equal ones the first. */
    private static int[] longestFirst(SparsityPattern pattern) {
        long[] keys = new long[pattern.rows()];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = (long) -length(pattern, row) << Integer.SIZE | row;
        }
        for (int from = 0; from < keys.length; from += WINDOW) {
            Arrays.sort(keys, from, Math.min(from + WINDOW, keys.length));
        }
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private static int length(SparsityPattern pattern, int row) {
        return pattern.rowOffset(row + 1) - pattern.rowOffset(row);
    }

    @Override
    public int rowGroup() {
        return WINDOW;
    }

    @Override
    PackedPlain checkedSlice(int fromRow, int toRow) {
        return new PackedPlain(
                toRow - fromRow,
                columns(),
                tileOffsets,
                order,
                lengths,
                columnIndices,
                values,
                valuesOffset,
                firstRow + fromRow);
    }

    @Override
    public SparseMatrix unpack() {
        int[] rowOffsets = new int[rows() + 1];
        for (int p = firstRow; p < firstRow + rows(); p++) {
            rowOffsets[order[p] - firstRow + 1] = lengths[p];
        }
        Arrays.parallelPrefix(rowOffsets, Integer::sum);
        int[] columns = new int[weights];
        float[] unpacked = new float[weights];
        for (int p = firstRow; p < firstRow + rows(); p++) {
            int to = rowOffsets[order[p] - firstRow];
            int from = tileOffsets[p / HEIGHT] + p % HEIGHT;
            for (int k = 0; k < lengths[p]; k++) {
                columns[to + k] = columnIndices[from + k * HEIGHT];
                unpacked[to + k] = values[valuesOffset + from + k * HEIGHT];
            }
        }
        return new SparseMatrix(
                SparsityPattern.wrap(rows(), columns(), Geometry.PLAIN, rowOffsets, columns),
                unpacked);
    }

    @Override
    public int weights() {
        return weights;
    }

    @Override
    public int storedValues() {
        return tileOffsets[blocks(firstRow + rows(), HEIGHT)] - tileOffsets[firstRow / HEIGHT];
    }
}
