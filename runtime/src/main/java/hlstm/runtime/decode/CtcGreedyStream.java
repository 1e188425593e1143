package hlstm.runtime.decode;

import java.util.Objects;

/**
 * {@link CtcGreedyDecoder} for outputs that come step by step. The text only ever grows. Allocates
 * nothing but what the text needs to grow.
 *
 * <p>Belongs to one thread at a time.
 */
public final class CtcGreedyStream {
    private final CtcGreedyDecoder decoder;
    private final StringBuilder text = new StringBuilder();
    private int previous;

    /** At the beginning of a text. */
    public CtcGreedyStream(Alphabet alphabet) {
        decoder = new CtcGreedyDecoder(Objects.requireNonNull(alphabet));
        reset();
    }

    /** Begins a new text. */
    public void reset() {
        text.setLength(0);
        previous = decoder.alphabet().blank();
    }

    /**
     * Reads a step.
     *
     * @param logits a value for each symbol from {@code offset} on
     * @return whether the text has grown
     * @throws IllegalArgumentException if the array is too short, or a value is NaN
     */
    public boolean accept(float[] logits, int offset) {
        int length = text.length();
        previous = decoder.step(logits, offset, 1, previous, text);
        return text.length() > length;
    }

    /** The text so far; it changes with the next step. */
    public CharSequence text() {
        return text;
    }
}
