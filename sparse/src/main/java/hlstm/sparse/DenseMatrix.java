package hlstm.sparse;

/**
 * A dense matrix. Shares its array with whoever made it.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values {@code rows * columns} weights, row after row
 */
public record DenseMatrix(int rows, int columns, float[] values) implements Matrix {
    /** Checks the length of the array. */
    public DenseMatrix {
        if (rows < 0 || columns < 0 || values.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    "a %d x %d matrix needs %d values, found %d"
                            .formatted(rows, columns, (long) rows * columns, values.length));
        }
    }

    @Override
    public int weights() {
        return values.length;
    }

    @Override
    public float get(int row, int column) {
        return values[row * columns + column];
    }
}
