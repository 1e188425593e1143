package hlstm.trainer.layers;

import hlstm.runtime.ConvolutionSpec;
import hlstm.sparse.Kernels;
import java.util.Arrays;

/**
 * The gradient of the weights of a convolution. Products over a batch have the lanes side by side,
 * but here lanes are summed over; so input and output gradient are transposed once a batch, and the
 * weights of a step of the kernel lie side by side in the registers instead: for each lane and
 * step, {@code channels x bins} of the output's gradient times {@code bins x stretches} of the
 * input, whose stretches overlap. Sums stay in a cache from step to step.
 */
final class ConvolutionGradient {
    /** Weights of a row come in multiples of this, so that registers are full. */
    private static final int COLUMN_MULTIPLE = 16;

    private final ConvolutionSpec spec;

    /** Features of a step of the input, frequency padding included. */
    private final int inputWidth;

    private final int columns;

    /** Columns of {@link #sums}: some more than there are weights. */
    private final int sumColumns;

    /** Steps x lanes x features, and room for what full registers read beyond the end. */
    private float[] inputs = new float[0];

    /** Steps x lanes x channels x bins. */
    private float[] outputGradients = new float[0];

    /** Kernel steps x channels x {@link #sumColumns}. */
    private final float[] sums;

    ConvolutionGradient(ConvolutionSpec spec) {
        this.spec = spec;
        inputWidth = (spec.inputBins() + 2 * spec.frequency().padding()) * spec.inputChannels();
        columns = spec.frequency().kernel() * spec.inputChannels();
        sumColumns = Math.ceilDiv(columns, COLUMN_MULTIPLE) * COLUMN_MULTIPLE;
        sums =
                new float
                        [Math.multiplyExact(
                                spec.time().kernel() * spec.outputChannels(), sumColumns)];
    }

    /** Takes what is multiplied, and begins at zero. */
    void begin(SequenceBlock input, SequenceBlock outputGradient, Workers workers) {
        int lanes = input.lanes();
        inputs = CellShard.atLeast(inputs, input.size() + COLUMN_MULTIPLE);
        outputGradients = CellShard.atLeast(outputGradients, outputGradient.size());
        Arrays.fill(sums, 0);
        workers.run(
                input.steps(),
                step -> transpose(input.data(), input.stepOffset(step), inputWidth, lanes, inputs));
        workers.run(outputGradient.steps(), step -> transpose(outputGradient, step));
    }

    /** From features x lanes to lanes x features, at the same place. */
    private static void transpose(float[] from, int offset, int features, int lanes, float[] to) {
        for (int feature = 0; feature < features; feature++) {
            for (int lane = 0; lane < lanes; lane++) {
                to[offset + lane * features + feature] = from[offset + feature * lanes + lane];
            }
        }
    }

    private void transpose(SequenceBlock outputGradient, int step) {
        int lanes = outputGradient.lanes();
        int channels = spec.outputChannels();
        int bins = spec.outputBins();
        float[] from = outputGradient.data();
        int offset = outputGradient.stepOffset(step);
        for (int bin = 0; bin < bins; bin++) {
            for (int channel = 0; channel < channels; channel++) {
                int at = offset + (bin * channels + channel) * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    outputGradients[offset + (lane * channels + channel) * bins + bin] =
                            from[at + lane];
                }
            }
        }
    }

    /**
     * Sums over a step of the output, which a step of the kernel computes from one of the input.
     */
    void add(
            SequenceBlock output,
            int step,
            int inputStep,
            int tap,
            int fromChannel,
            int toChannel,
            Kernels kernels) {
        int lanes = output.lanes();
        int channels = spec.outputChannels();
        for (int lane = 0; lane < lanes; lane++) {
            if (step >= output.length(lane)) {
                continue;
            }
            int firstRow = (step * lanes + lane) * channels;
            kernels.multiplyAdd(
                    outputGradients,
                    spec.outputBins(),
                    firstRow + fromChannel,
                    firstRow + toChannel,
                    inputs,
                    (inputStep * lanes + lane) * inputWidth,
                    spec.frequency().stride() * spec.inputChannels(),
                    sums,
                    (tap * channels - firstRow) * sumColumns,
                    sumColumns,
                    sumColumns);
        }
    }

    /** The gradient of a weight in a step of the kernel. */
    float sum(int tap, int channel, int column) {
        return sums[(tap * spec.outputChannels() + channel) * sumColumns + column];
    }
}
