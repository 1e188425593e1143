package hlstm.runtime;

/** A layer at work on one sequence: its state and scratch. Belongs to one session. */
sealed interface LayerSession
        permits RecurrentLayerSession,
                BidirectionalLayerSession,
                LinearLayerSession,
                ConvolutionLayerSession,
                RowConvolutionLayerSession,
                LookupLayerSession {
    /**
     * Takes one step; the layer must not be bidirectional.
     *
     * @return whether a step of output was written
     */
    boolean step(float[] in, int inOffset, float[] out, int outOffset);

    /**
     * After the last step: writes the next step of output that waited for more input, as far as
     * there is one.
     *
     * @return whether there was one
     */
    default boolean flush(float[] out, int outOffset) {
        return false;
    }

    /**
     * Takes {@code steps} steps of a sequence; {@code in} and {@code out} must not overlap. A layer
     * that looks ahead takes them as the whole of a sequence.
     */
    void run(float[] in, int inOffset, int steps, float[] out, int outOffset);

    /** Stored weights on hidden units of gates that were zero in the last {@link #step}. */
    default long idleWeights() {
        return 0;
    }

    /** Back to the beginning of a sequence. */
    void reset();

    /** Floats of a saved state. */
    int stateLength();

    /** Writes the state. */
    void save(float[] to, int offset);

    /** Reads what {@link #save} has written. */
    void restore(float[] from, int offset);
}
