package hlstm.sparse;

/** A matrix laid out for batch-1 products. Immutable and safe to share among threads. */
public abstract class PackedMatrix {
    /** Made by this package alone. */
    PackedMatrix() {}

    /** Number of rows (outputs). */
    public abstract int rows();

    /** Number of columns (inputs). */
    public abstract int columns();
}
