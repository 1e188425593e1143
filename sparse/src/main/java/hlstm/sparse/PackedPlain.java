package hlstm.sparse;

import java.util.Arrays;

/** A sparse matrix of any pattern in CSR form. */
final class PackedPlain extends PackedMatrix {
    /** Where each row begins in {@link #columnIndices} and {@link #values}, and the end. */
    final int[] rowOffsets;

    /** The column of each value. */
    final int[] columnIndices;

    /** The weights, row after row. */
    final float[] values;

    private final SparsityPattern pattern;
    private final int firstRow;

    private PackedPlain(
            SparsityPattern pattern, int firstRow, int toRow, int[] rowOffsets, float[] values) {
        super(toRow - firstRow, pattern.columns());
        this.pattern = pattern;
        this.firstRow = firstRow;
        this.rowOffsets = rowOffsets;
        this.columnIndices = pattern.columnIndicesShared();
        this.values = values;
    }

    static PackedPlain of(SparseMatrix matrix) {
        SparsityPattern pattern = matrix.pattern();
        return new PackedPlain(
                pattern, 0, pattern.rows(), pattern.rowOffsetsShared(), matrix.values().clone());
    }

    @Override
    public int rowGroup() {
        return 1;
    }

    @Override
    PackedPlain checkedSlice(int fromRow, int toRow) {
        int[] offsets = Arrays.copyOfRange(rowOffsets, fromRow, toRow + 1);
        return new PackedPlain(pattern, firstRow + fromRow, firstRow + toRow, offsets, values);
    }

    @Override
    public SparseMatrix unpack() {
        return new SparseMatrix(
                pattern.slice(firstRow, firstRow + rows()),
                Arrays.copyOfRange(values, rowOffsets[0], rowOffsets[rows()]));
    }

    @Override
    public int weights() {
        return rowOffsets[rows()] - rowOffsets[0];
    }

    @Override
    public int storedValues() {
        return weights();
    }
}
