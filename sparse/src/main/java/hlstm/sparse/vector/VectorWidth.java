package hlstm.sparse.vector;

/** The width of the registers that the vector kernels use. */
public final class VectorWidth {
    private VectorWidth() {}

    /**
     * The machine's own width, at most 512 bits; less than 128 where there are no such registers.
     */
    public static int bits() {
        return LaneSpecies.WIDE.vectorBitSize();
    }
}
