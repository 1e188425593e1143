package hlstm.trainer.layers;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A trainable piece of a network over batches of sequences. Keeps its activations from one forward
 * pass to the next, so it belongs to one training loop at a time; both passes spread their work
 * over the workers of the {@link Pass} and give the same bits whatever their number.
 */
public interface Layer {
    /** Features of an input step. */
    int inputWidth();

    /** Features of an output step. */
    int outputWidth();

    /** The trainable parameters, in a fixed order. */
    List<Parameter> parameters();

    /** What a checkpoint must hold besides the parameters, in a fixed order. */
    default List<LayerState> state() {
        return List.of();
    }

    /**
     * Draws initial values for the connections that exist: set the patterns first. The optimiser's
     * state is left alone.
     */
    default void initialise(RandomGenerator random) {}

    /** The layer's output, owned by the layer and valid until its next forward pass. */
    SequenceBlock forward(SequenceBlock input, Pass pass);

    /**
     * Adds the gradients of the parameters, and returns the gradient of the input of the last
     * forward pass: owned by the layer, valid until its next backward pass.
     *
     * @param inputGradientWanted false where nothing trainable lies before; then null is returned
     */
    SequenceBlock backward(SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass);
}
