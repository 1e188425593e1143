package hlstm.sparse;

/** A weight matrix as it is trained and exchanged: dense, or sparse with a pattern. */
public sealed interface Matrix permits DenseMatrix, SparseMatrix {
    /** Number of rows (outputs). */
    int rows();

    /** Number of columns (inputs). */
    int columns();

    /** Number of stored weights. */
    int weights();

    /** The weight at a place; 0 where there is no connection. */
    float get(int row, int column);
}
