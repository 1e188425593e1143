package hlstm.runtime;

import java.util.List;

/** The shape of a layer: everything but its weights. Immutable. */
public sealed interface LayerSpec
        permits RecurrentSpec, LinearSpec, ConvolutionSpec, RowConvolutionSpec {
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

    /** Output steps that a sequence of so many input steps gives. */
    default int outputSteps(int steps) {
        return steps;
    }

    /** The fewest input steps, at least 1, that give so many output steps. */
    default int inputSteps(int outputSteps) {
        return outputSteps;
    }

    /** Input steps from one output step to the next. */
    default int timeStride() {
        return 1;
    }

    /** Whether an output step may wait for input steps behind it. */
    default boolean looksAhead() {
        return false;
    }

    /** How many times each matrix is multiplied for a step of output. */
    default int products() {
        return 1;
    }
}
