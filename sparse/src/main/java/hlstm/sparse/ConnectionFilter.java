package hlstm.sparse;

/** Picks connections by their place. */
@FunctionalInterface
public interface ConnectionFilter {
    /** No connection. */
    ConnectionFilter NONE = (row, column) -> false;

    /** Whether the connection of this row and column is picked. */
    boolean holds(int row, int column);

    /**
     * The diagonal of each of the square blocks that are stacked in a matrix: unit to itself, in
     * recurrent weights of all gates.
     *
     * @param columns columns of the matrix, that is rows of a block
     */
    static ConnectionFilter stackedDiagonals(int columns) {
        return (row, column) -> row % columns == column;
    }
}
