package hlstm.runtime.decode;

import java.util.Objects;

/**
 * Best-path decoding of connectionist temporal classification (Graves et al., ICML 2006): the most
 * likely symbol of each step, repeats merged, blanks left out. Works on logits, log-probabilities
 * and probabilities alike; of equal symbols the first wins.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class CtcGreedyDecoder implements CtcDecoder {
    private final Alphabet alphabet;

    /** A decoder to the given symbols. */
    public CtcGreedyDecoder(Alphabet alphabet) {
        this.alphabet = Objects.requireNonNull(alphabet);
    }

    @Override
    public Alphabet alphabet() {
        return alphabet;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the array is shorter, or a value is NaN
     */
    @Override
    public String decode(float[] logits, int steps) {
        StringBuilder text = new StringBuilder();
        decode(logits, 0, steps, alphabet.size(), 1, text);
        return text.toString();
    }

    /**
     * Appends the text of an output of any layout: symbol s of step t lies at {@code offset + t *
     * stepStride + s * symbolStride}. Allocates nothing but what the text needs to grow.
     *
     * @throws IllegalArgumentException if the array is too short, or a value is NaN; the text is
     *     then incomplete
     */
    public void decode(
            float[] logits,
            int offset,
            int steps,
            int stepStride,
            int symbolStride,
            StringBuilder text) {
        checkShape(logits, offset, steps, stepStride, symbolStride);
        int previous = alphabet.blank();
        for (int step = 0; step < steps; step++) {
            int best = best(logits, offset + step * stepStride, symbolStride);
            if (best < 0) {
                throw new IllegalArgumentException(
                        "cannot decode: expected numbers, found NaN in step " + step);
            }
            append(best, previous, text);
            previous = best;
        }
    }

    /**
     * Appends what a step adds to the text.
     *
     * @param previous the symbol of the step before, the blank at first
     * @return the symbol of this step
     * @throws IllegalArgumentException if the array is too short, or a value is NaN
     */
    int step(float[] logits, int offset, int symbolStride, int previous, StringBuilder text) {
        checkShape(logits, offset, 1, 1, symbolStride);
        int best = best(logits, offset, symbolStride);
        if (best < 0) {
            throw new IllegalArgumentException("cannot decode: expected numbers, found NaN");
        }
        append(best, previous, text);
        return best;
    }

    private void append(int symbol, int previous, StringBuilder text) {
        if (symbol != previous && symbol != alphabet.blank()) {
            text.append(alphabet.symbols().get(symbol));
        }
    }

    /** The symbol of the highest value, or -1 if one is NaN. */
    private int best(float[] logits, int base, int symbolStride) {
        int symbols = alphabet.size();
        int best = 0;
        float highest = logits[base];
        boolean valid = highest == highest;
        for (int symbol = 1; symbol < symbols; symbol++) {
            float value = logits[base + symbol * symbolStride];
            valid &= value == value;
            if (value > highest) {
                highest = value;
                best = symbol;
            }
        }
        return valid ? best : -1;
    }

    private void checkShape(
            float[] logits, int offset, int steps, int stepStride, int symbolStride) {
        if (offset < 0 || steps < 0 || stepStride < 1 || symbolStride < 1) {
            throw new IllegalArgumentException(
                    "offset and steps must not be negative and strides be positive, found %d, %d, %d, %d"
                            .formatted(offset, steps, stepStride, symbolStride));
        }
        long needed =
                steps == 0
                        ? offset
                        : offset
                                + (long) (steps - 1) * stepStride
                                + (long) (alphabet.size() - 1) * symbolStride
                                + 1;
        if (logits.length < needed) {
            throw new IllegalArgumentException(
                    "%d steps of %d symbols need an array of %d elements, found %d"
                            .formatted(steps, alphabet.size(), needed, logits.length));
        }
    }
}
