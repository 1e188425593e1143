package hlstm.trainer.layers;

import hlstm.runtime.ConvolutionSpec;

/**
 * The weights of a convolution: the parameter in the order of the model, and, for the products of a
 * batch, a matrix for each step of the kernel, {@code outputChannels x stackedColumns}, the columns
 * bin after bin and channel after channel; these are stacked one below the other.
 */
final class ConvolutionWeights {
    private final ConvolutionSpec spec;
    private final Parameter parameter;
    private final float[] stacked;
    private final float[] stackedTransposed;

    ConvolutionWeights(String name, ConvolutionSpec spec) {
        this.spec = spec;
        parameter =
                new Parameter(name, Parameter.Kind.OTHER, spec.outputChannels(), spec.columns());
        stacked = new float[parameter.values().length];
        stackedTransposed = new float[stacked.length];
    }

    Parameter parameter() {
        return parameter;
    }

    /** Inputs of an output in one step of the kernel. */
    int stackedColumns() {
        return spec.frequency().kernel() * spec.inputChannels();
    }

    /** The matrices as they were at the last {@link #stack}. */
    float[] stacked() {
        return stacked;
    }

    /** The transposed matrices, as they were at the last {@link #stackTransposed}. */
    float[] stackedTransposed() {
        return stackedTransposed;
    }

    private interface Place {
        void accept(int position, int tap, int channel, int column);
    }

    /** Visits every weight: its position in the parameter, and its place in the stack. */
    private void forEach(Place place) {
        int inputChannels = spec.inputChannels();
        int position = 0;
        for (int channel = 0; channel < spec.outputChannels(); channel++) {
            for (int bin = 0; bin < spec.frequency().kernel(); bin++) {
                for (int tap = 0; tap < spec.time().kernel(); tap++) {
                    for (int c = 0; c < inputChannels; c++) {
                        place.accept(position++, tap, channel, bin * inputChannels + c);
                    }
                }
            }
        }
    }

    /** Takes over the current values. */
    void stack() {
        float[] values = parameter.values();
        forEach(
                (position, tap, channel, column) ->
                        stacked[
                                        (tap * spec.outputChannels() + channel) * stackedColumns()
                                                + column] =
                                values[position]);
    }

    /** Takes over the current values, transposed. */
    void stackTransposed() {
        float[] values = parameter.values();
        int channels = spec.outputChannels();
        forEach(
                (position, tap, channel, column) ->
                        stackedTransposed[(tap * stackedColumns() + column) * channels + channel] =
                                values[position]);
    }

    /** Adds to the gradient of the parameter. */
    void addGradient(ConvolutionGradient sums) {
        float[] gradient = parameter.gradient();
        forEach(
                (position, tap, channel, column) ->
                        gradient[position] += sums.sum(tap, channel, column));
    }
}
