package hlstm.runtime;

import java.util.List;

/**
 * A convolution over time and frequency, clipped to [0, {@code clip}] (hard tanh): the front end of
 * DeepSpeech2 (Amodei et al., "Deep Speech 2", ICML 2016, section 3.5). Batch norm behind it is
 * folded into its weights.
 *
 * <p>A step of {@code bins x channels} features holds channel c of frequency bin k at {@code k *
 * channels + c}, so that what an output is computed from lies side by side. The matrix has a row
 * for each output channel; its column for bin i and step j of the kernel and input channel c is
 * {@code (i * time.kernel() + j) * inputChannels + c}.
 *
 * @param inputBins frequency bins of the input
 * @param inputChannels channels of the input; 1 for a spectrogram
 * @param outputChannels channels of the output
 * @param time how it moves along time
 * @param frequency how it moves along the bins
 * @param clip the largest output
 */
public record ConvolutionSpec(
        int inputBins,
        int inputChannels,
        int outputChannels,
        ConvolutionAxis time,
        ConvolutionAxis frequency,
        float clip)
        implements LayerSpec {
    /** Most floats of the stretch of input that a step of output is computed from. */
    static final int MAX_WINDOW = 1 << 24;

    /** The name of the matrix within the layer. */
    static final String WEIGHT = "weight";

    /** The name of the bias within the layer, one for each output channel. */
    static final String BIAS = "bias";

    /** Checks the sizes. */
    public ConvolutionSpec {
        checkWidth("the input", inputBins, inputChannels);
        int outputBins = frequency.outputs(inputBins);
        if (outputBins < 1) {
            throw new IllegalArgumentException(
                    "a convolution over %d bins needs as many, padding included, found %d and padding %d"
                            .formatted(frequency.kernel(), inputBins, frequency.padding()));
        }
        checkWidth("the output", outputBins, outputChannels);
        long window = (inputBins + 2L * frequency.padding()) * time.kernel() * (long) inputChannels;
        if (window > MAX_WINDOW) {
            throw new IllegalArgumentException(
                    "a convolution may look at %d inputs at once, found %d"
                            .formatted(MAX_WINDOW, window));
        }
        if ((long) outputChannels * frequency.kernel() * time.kernel() * inputChannels
                > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a convolution may have %d weights at most, found %d channels of %d x %d x %d"
                            .formatted(
                                    Integer.MAX_VALUE,
                                    outputChannels,
                                    frequency.kernel(),
                                    time.kernel(),
                                    inputChannels));
        }
        if (!(clip > 0 && clip < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a convolution must be clipped to a positive value, found " + clip);
        }
    }

    private static void checkWidth(String what, int bins, int channels) {
        if (bins < 1 || channels < 1 || (long) bins * channels > MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "%s of a convolution must be 1 to %d wide, found %d bins of %d channels"
                            .formatted(what, MAX_WIDTH, bins, channels));
        }
    }

    /** Frequency bins of the output. */
    public int outputBins() {
        return frequency.outputs(inputBins);
    }

    /** Inputs of an output: columns of the matrix. */
    public int columns() {
        return frequency.kernel() * time.kernel() * inputChannels;
    }

    @Override
    public int inputWidth() {
        return inputBins * inputChannels;
    }

    @Override
    public int outputWidth() {
        return outputBins() * outputChannels;
    }

    @Override
    public int outputSteps(int steps) {
        return time.outputs(steps);
    }

    @Override
    public int inputSteps(int outputSteps) {
        return time.inputs(outputSteps);
    }

    @Override
    public int timeStride() {
        return time.stride();
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    @Override
    public int products() {
        return outputBins();
    }

    @Override
    public List<TensorSpec> matrices() {
        return List.of(new TensorSpec(WEIGHT, outputChannels, columns()));
    }

    @Override
    public List<TensorSpec> biases() {
        return List.of(new TensorSpec(BIAS, outputChannels, 1));
    }
}
