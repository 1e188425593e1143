package hlstm.trainer.layers;

import hlstm.sparse.Kernels;

/**
 * What a forward and backward pass of a network needs besides its data.
 *
 * @param kernels products and activations
 * @param workers threads to share the work
 * @param training whether dropout drops and batch norm uses the batch's own statistics
 * @param seed decides what dropout drops; a different one for each batch
 */
public record Pass(Kernels kernels, Workers workers, boolean training, long seed) {}
