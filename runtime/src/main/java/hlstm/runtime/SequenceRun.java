package hlstm.runtime;

/** A network at the beginning of a sequence, as the self-check runs it. */
@FunctionalInterface
interface SequenceRun {
    /**
     * Runs a whole sequence.
     *
     * @param in {@code steps} inputs of {@link ModelSpec#inputWidth()}
     * @param out takes as many outputs of {@link ModelSpec#outputWidth()}
     */
    void run(float[] in, int steps, float[] out);
}
