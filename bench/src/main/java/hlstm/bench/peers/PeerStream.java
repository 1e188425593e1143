package hlstm.bench.peers;

/** A network at work on one stream. */
public interface PeerStream extends AutoCloseable {
    /**
     * Takes one step from the present state on, or a whole sequence from a state of zeros on,
     * depending on what its peer was made for.
     *
     * @param x the input steps, one after the other
     * @return the output steps, in an array that the next call overwrites
     */
    float[] run(float[] x);

    /** Frees what the stream holds outside the heap. */
    @Override
    default void close() {}
}
