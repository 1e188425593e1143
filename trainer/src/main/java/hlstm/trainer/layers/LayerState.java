package hlstm.trainer.layers;

/**
 * Numbers that a layer learns by other means than gradients and that belong in a checkpoint, such
 * as running statistics.
 *
 * @param name the name of the tensor within the network
 * @param values the layer's own array: read to save it, written to restore it
 */
public record LayerState(String name, float[] values) {}
