package hlstm.sparse;

/**
 * A sparse matrix: a pattern and one value for each of its connections. Shares its array with
 * whoever made it.
 *
 * @param pattern the connections
 * @param values their weights in CSR order
 */
public record SparseMatrix(SparsityPattern pattern, float[] values) implements Matrix {
    /** Checks the number of values. */
    public SparseMatrix {
        if (values.length != pattern.nonzeros()) {
            throw new IllegalArgumentException(
                    "a pattern of %d connections needs as many values, found %d"
                            .formatted(pattern.nonzeros(), values.length));
        }
    }

    @Override
    public int rows() {
        return pattern.rows();
    }

    @Override
    public int columns() {
        return pattern.columns();
    }

    @Override
    public int weights() {
        return values.length;
    }

    @Override
    public float get(int row, int column) {
        int position = pattern.position(row, column);
        return position < 0 ? 0 : values[position];
    }
}
