package hlstm.runtime;

import java.util.List;

/**
 * A linear layer: {@code y = W x + b} at every step.
 *
 * @param inputWidth width of x
 * @param outputWidth width of y
 */
public record LinearSpec(int inputWidth, int outputWidth) implements LayerSpec {
    /** The name of the matrix within the layer. */
    static final String WEIGHT = "weight";

    /** The name of the bias within the layer. */
    static final String BIAS = "bias";

    /** Checks the widths. */
    public LinearSpec {
        if (inputWidth < 1
                || outputWidth < 1
                || inputWidth > MAX_WIDTH
                || outputWidth > MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "the widths of a linear layer must lie in [1, %d]: input %d, output %d"
                            .formatted(MAX_WIDTH, inputWidth, outputWidth));
        }
    }

    @Override
    public List<TensorSpec> matrices() {
        return List.of(new TensorSpec(WEIGHT, outputWidth, inputWidth));
    }

    @Override
    public List<TensorSpec> biases() {
        return List.of(new TensorSpec(BIAS, outputWidth, 1));
    }
}
