package hlstm.sparse;

/**
 * The transpose of a pattern, for products with the transposed matrix: the input gradient of a
 * layer is the ordinary forward product with it. Made once for each change of structure; the values
 * are carried over once for each batch. Immutable and safe to share among threads.
 */
public final class TransposedPattern {
    private final SparsityPattern pattern;
    private final int[] sources;

    /** Transposes a pattern of any geometry. */
    public TransposedPattern(SparsityPattern original) {
        int[] offsets = new int[original.columns() + 1];
        int[] columns = original.columnIndicesShared();
        for (int column : columns) {
            offsets[column + 1]++;
        }
        for (int column = 0; column < original.columns(); column++) {
            offsets[column + 1] += offsets[column];
        }
        int[] next = offsets.clone();
        int[] rows = new int[columns.length];
        sources = new int[columns.length];
        for (int row = 0; row < original.rows(); row++) {
            for (int k = original.rowOffset(row); k < original.rowOffset(row + 1); k++) {
                int place = next[columns[k]]++;
                rows[place] = row;
                sources[place] = k;
            }
        }
        pattern =
                SparsityPattern.wrap(
                        original.columns(), original.rows(), Geometry.PLAIN, offsets, rows);
    }

    /**
     * The transposed connections: {@code columns x rows} of the original, of geometry {@link
     * Geometry#PLAIN}, since the transpose of a row block is none.
     */
    public SparsityPattern pattern() {
        return pattern;
    }

    /**
     * Brings packed values into the order of {@link #pattern()}.
     *
     * @param values one for each connection, in CSR order of the original
     * @param into receives as many, in CSR order of the transpose; another array than {@code
     *     values}
     */
    public void transpose(float[] values, float[] into) {
        if (values.length != sources.length || into.length != sources.length || values == into) {
            throw new IllegalArgumentException(
                    "%d connections need two arrays of as many values, found %d and %d%s"
                            .formatted(
                                    sources.length,
                                    values.length,
                                    into.length,
                                    values == into ? " (the same array)" : ""));
        }
        for (int k = 0; k < sources.length; k++) {
            into[k] = values[sources[k]];
        }
    }
}
