package hlstm.sparse;

import java.util.Arrays;

/**
 * A sparse matrix of a {@code ROWS_n} geometry: a column index stands for n rows whose values lie
 * side by side.
 */
final class PackedRowBlocks extends PackedMatrix {
    /** Rows of a block: 4, 8, 16 or 32. */
    final int height;

    /** Where the columns of each block begin in {@link #columnIndices}, and the end. */
    final int[] blockOffsets;

    /** The columns of each block, ascending. */
    final int[] columnIndices;

    /**
     * {@code values[valuesOffset + k * height + row in block]} belongs to {@code columnIndices[k]}.
     */
    final float[] values;

    /** Where the first weight lies in {@link #values}. */
    final int valuesOffset;

    private final SparsityPattern pattern;
    private final int firstRow;

    private PackedRowBlocks(
            SparsityPattern pattern,
            int firstRow,
            int toRow,
            int[] blockOffsets,
            int[] columnIndices,
            float[] values,
            int valuesOffset) {
        super(toRow - firstRow, pattern.columns());
        this.firstRow = firstRow;
        this.height = pattern.geometry().tileRows();
        this.pattern = pattern;
        this.blockOffsets = blockOffsets;
        this.columnIndices = columnIndices;
        this.values = values;
        this.valuesOffset = valuesOffset;
    }

    static PackedRowBlocks of(SparseMatrix matrix, WeightPool pool) {
        SparsityPattern pattern = matrix.pattern();
        int height = pattern.geometry().tileRows();
        int[] blockOffsets = TileOffsets.of(pattern, height);
        int blocks = blockOffsets.length - 1;
        int[] columnIndices = new int[blockOffsets[blocks]];
        WeightPool.Room room = pool.room((long) columnIndices.length * height);
        float[] values = room.array();
        for (int row = 0; row < pattern.rows(); row++) {
            int first = pattern.rowOffset(row);
            int start = blockOffsets[row / height];
            for (int k = 0; k < pattern.rowOffset(row + 1) - first; k++) {
                columnIndices[start + k] = pattern.column(first + k);
                values[room.offset() + (start + k) * height + row % height] =
                        matrix.values()[first + k];
            }
        }
        return new PackedRowBlocks(
                pattern, 0, pattern.rows(), blockOffsets, columnIndices, values, room.offset());
    }

    @Override
    public int rowGroup() {
        return height;
    }

    @Override
    PackedRowBlocks checkedSlice(int fromRow, int toRow) {
        int[] offsets =
                Arrays.copyOfRange(blockOffsets, fromRow / height, blocks(toRow, height) + 1);
        return new PackedRowBlocks(
                pattern,
                firstRow + fromRow,
                firstRow + toRow,
                offsets,
                columnIndices,
                values,
                valuesOffset);
    }

    @Override
    public SparseMatrix unpack() {
        SparsityPattern own = pattern.slice(firstRow, firstRow + rows());
        float[] unpacked = new float[own.nonzeros()];
        for (int row = 0; row < rows(); row++) {
            int first = own.rowOffset(row);
            int start = blockOffsets[row / height];
            for (int k = 0; k < own.rowOffset(row + 1) - first; k++) {
                unpacked[first + k] = values[valuesOffset + (start + k) * height + row % height];
            }
        }
        return new SparseMatrix(own, unpacked);
    }

    @Override
    public int weights() {
        return pattern.rowOffset(firstRow + rows()) - pattern.rowOffset(firstRow);
    }

    @Override
    public int storedValues() {
        return (blockOffsets[blockOffsets.length - 1] - blockOffsets[0]) * height;
    }
}
