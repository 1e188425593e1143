package hlstm.runtime;

/**
 * The name and shape of a matrix or bias of a network.
 *
 * @param name its name in model files and checkpoints
 * @param rows number of outputs
 * @param columns number of inputs; 1 for a bias
 */
public record TensorSpec(String name, int rows, int columns) {
    /** The same tensor as part of something larger. */
    TensorSpec within(String prefix) {
        return new TensorSpec(prefix + "." + name, rows, columns);
    }
}
