package hlstm.sparse;

import java.util.Arrays;

/**
 * A dense matrix in blocks of {@link #HEIGHT} rows, column after column within a block: row blocks
 * that hold all columns. The column indices, one for 32 weights, cost little and save kernels of
 * their own.
 */
final class PackedDense extends PackedMatrix {
    /** Rows of a block. */
    static final int HEIGHT = 32;

    /** Where the columns of each block begin in {@link #columnIndices}, and the end. */
    final int[] blockOffsets;

    /** All columns, once for each block. */
    final int[] columnIndices;

    /** {@code values[valuesOffset + (block * columns + column) * HEIGHT + row in block]}. */
    final float[] values;

    /** Where the first weight lies in {@link #values}. */
    final int valuesOffset;

    private PackedDense(
            int rows,
            int columns,
            int[] blockOffsets,
            int[] columnIndices,
            float[] values,
            int valuesOffset) {
        super(rows, columns);
        this.blockOffsets = blockOffsets;
        this.columnIndices = columnIndices;
        this.values = values;
        this.valuesOffset = valuesOffset;
    }

    static PackedDense of(DenseMatrix matrix, WeightPool pool) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        int blocks = blocks(rows, HEIGHT);
        WeightPool.Room room = pool.room((long) blocks * columns * HEIGHT);
        float[] values = room.array();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[room.offset() + place(row, column, columns)] =
                        matrix.values()[row * columns + column];
            }
        }
        int[] blockOffsets = new int[blocks + 1];
        int[] columnIndices = new int[blocks * columns];
        for (int block = 0; block < blocks; block++) {
            blockOffsets[block + 1] = (block + 1) * columns;
            for (int column = 0; column < columns; column++) {
                columnIndices[block * columns + column] = column;
            }
        }
        return new PackedDense(rows, columns, blockOffsets, columnIndices, values, room.offset());
    }

    private static int place(int row, int column, int columns) {
        return (row / HEIGHT * columns + column) * HEIGHT + row % HEIGHT;
    }

    @Override
    public int rowGroup() {
        return HEIGHT;
    }

    @Override
    PackedDense checkedSlice(int fromRow, int toRow) {
        int[] offsets =
                Arrays.copyOfRange(blockOffsets, fromRow / HEIGHT, blocks(toRow, HEIGHT) + 1);
        return new PackedDense(
                toRow - fromRow, columns(), offsets, columnIndices, values, valuesOffset);
    }

    @Override
    public DenseMatrix unpack() {
        int columns = columns();
        float[] unpacked = new float[rows() * columns];
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns; column++) {
                unpacked[row * columns + column] =
                        values[
                                valuesOffset
                                        + blockOffsets[0] * HEIGHT
                                        + place(row, column, columns)];
            }
        }
        return new DenseMatrix(rows(), columns, unpacked);
    }

    @Override
    public int weights() {
        return rows() * columns();
    }

    @Override
    public int storedValues() {
        return (blockOffsets[blockOffsets.length - 1] - blockOffsets[0]) * HEIGHT;
    }
}
