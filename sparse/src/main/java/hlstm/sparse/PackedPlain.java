package hlstm.sparse;

/** A sparse matrix of any pattern in CSR form. */
final class PackedPlain extends PackedMatrix {
    /** Where each row begins in {@link #columnIndices} and {@link #values}, and the end. */
    final int[] rowOffsets;

    /** The column of each value. */
    final int[] columnIndices;

    /** The weights, row after row. */
    final float[] values;

    private final SparsityPattern pattern;

    private PackedPlain(SparsityPattern pattern, float[] values) {
        super(pattern.rows(), pattern.columns());
        this.pattern = pattern;
        this.rowOffsets = pattern.rowOffsetsShared();
        this.columnIndices = pattern.columnIndicesShared();
        this.values = values;
    }

    static PackedPlain of(SparseMatrix matrix) {
        return new PackedPlain(matrix.pattern(), matrix.values().clone());
    }

    @Override
    public SparseMatrix unpack() {
        return new SparseMatrix(pattern, values.clone());
    }

    @Override
    public int weights() {
        return values.length;
    }

    @Override
    public int storedValues() {
        return values.length;
    }
}
