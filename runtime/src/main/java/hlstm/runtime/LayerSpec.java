package hlstm.runtime;

import java.util.List;

/** The shape of a layer: everything but its weights. Immutable. */
public sealed interface LayerSpec permits RecurrentSpec, LinearSpec {
    /** Largest width of anything in a network. */
    int MAX_WIDTH = 1 << 20;

    /** Features of an input step. */
    int inputWidth();

    /** Features of an output step. */
    int outputWidth();

    /** The weight matrices, named within the layer, in the order in which they are stored. */
    List<TensorSpec> matrices();

    /** The biases, named within the layer. */
    List<TensorSpec> biases();
}
