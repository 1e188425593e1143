package hlstm.runtime;

/** A layer at work on one sequence: its state and scratch. Belongs to one session. */
sealed interface LayerSession
        permits RecurrentLayerSession, BidirectionalLayerSession, LinearLayerSession {
    /** Takes one step; the layer must not be bidirectional. */
    void step(float[] in, int inOffset, float[] out, int outOffset);

    /** Takes {@code steps} steps of a sequence; {@code in} and {@code out} must not overlap. */
    void run(float[] in, int inOffset, int steps, float[] out, int outOffset);

    /** Back to the beginning of a sequence. */
    void reset();

    /** Floats of a saved state. */
    int stateLength();

    /** Writes the state. */
    void save(float[] to, int offset);

    /** Reads what {@link #save} has written. */
    void restore(float[] from, int offset);
}
