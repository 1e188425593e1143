package hlstm.runtime.decode;

/** Reads the text off the outputs of a network that was trained with CTC. */
public sealed interface CtcDecoder permits CtcGreedyDecoder, CtcBeamDecoder {
    /** The symbols of the outputs. */
    Alphabet alphabet();

    /**
     * The text of an output of {@code steps x symbols} logits or log-probabilities, step after
     * step.
     *
     * @throws IllegalArgumentException if the array is shorter, or holds values that are no logits
     */
    String decode(float[] logits, int steps);
}
