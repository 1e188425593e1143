package hlstm.runtime;

import java.util.List;

/**
 * A row convolution (Amodei et al., "Deep Speech 2", ICML 2016, section 3.7): each feature of a
 * step becomes a weighted sum of itself and of the same feature of the next steps, which gives
 * layers of one direction a look ahead: {@code y[t][k] = sum over j of W[j][k] * x[t + j][k]}.
 * Behind the end of a sequence there is zero.
 *
 * @param width features of a step
 * @param lookahead steps that a step looks ahead
 */
public record RowConvolutionSpec(int width, int lookahead) implements LayerSpec {
    /** The longest look ahead. */
    public static final int MAX_LOOKAHEAD = 255;

    /** The name of the matrix within the layer: a row for each step, beginning with its own. */
    static final String WEIGHT = "weight";

    /** Checks the sizes. */
    public RowConvolutionSpec {
        if (width < 1 || width > MAX_WIDTH || lookahead < 1 || lookahead > MAX_LOOKAHEAD) {
            throw new IllegalArgumentException(
                    "a row convolution needs a width in [1, %d] and a lookahead in [1, %d], found %d and %d"
                            .formatted(MAX_WIDTH, MAX_LOOKAHEAD, width, lookahead));
        }
    }

    @Override
    public int inputWidth() {
        return width;
    }

    @Override
    public int outputWidth() {
        return width;
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public List<TensorSpec> matrices() {
        return List.of(new TensorSpec(WEIGHT, lookahead + 1, width));
    }

    @Override
    public List<TensorSpec> biases() {
        return List.of();
    }
}
