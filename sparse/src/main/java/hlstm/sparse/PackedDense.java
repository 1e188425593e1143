package hlstm.sparse;

/** A dense matrix in blocks of {@link #HEIGHT} rows, column after column within a block. */
final class PackedDense extends PackedMatrix {
    /** Rows of a block. */
    static final int HEIGHT = 32;

    /** {@code values[(block * columns + column) * HEIGHT + row in block]}. */
    final float[] values;

    private PackedDense(int rows, int columns, float[] values) {
        super(rows, columns);
        this.values = values;
    }

    static PackedDense of(DenseMatrix matrix) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        float[] values = room((long) blocks(rows, HEIGHT) * columns * HEIGHT);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[place(row, column, columns)] = matrix.values()[row * columns + column];
            }
        }
        return new PackedDense(rows, columns, values);
    }

    private static int place(int row, int column, int columns) {
        return (row / HEIGHT * columns + column) * HEIGHT + row % HEIGHT;
    }

    @Override
    public DenseMatrix unpack() {
        int columns = columns();
        float[] unpacked = new float[rows() * columns];
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns; column++) {
                unpacked[row * columns + column] = values[place(row, column, columns)];
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
        return values.length;
    }
}
