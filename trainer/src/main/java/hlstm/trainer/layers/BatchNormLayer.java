package hlstm.trainer.layers;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sequence-wise batch norm (Laurent et al. 2016): each channel is normalised over all valid steps
 * of all sequences of the batch, then scaled and shifted: {@code y = scale * (x - mean) /
 * sqrt(variance + epsilon) + shift}. Padding does not count and stays zero. A channel is a feature
 * or, behind a convolution, the features of all its frequency bins: channel c of bin k is feature
 * {@code k * channels + c}.
 *
 * <p>In training, mean and variance are the batch's own, and running statistics follow them: {@code
 * running += momentum * (batch - running)}, with the unbiased variance. Inference uses the running
 * statistics. Parameters {@code <name>.scale} and {@code <name>.shift}; state {@code <name>.mean}
 * and {@code <name>.variance}.
 */
public final class BatchNormLayer implements Layer {
    /** Added to variances. */
    public static final float EPSILON = 1e-5f;

    /** Weight of a batch in the running statistics. */
    public static final float MOMENTUM = 0.1f;

    /** Channels of a task. */
    private static final int TASK_CHANNELS = 16;

    private final String name;
    private final int channels;
    private final int bins;
    private final Parameter scale;
    private final Parameter shift;
    private final LayerState mean;
    private final LayerState variance;

    /** The statistics that the last forward pass used: mean and 1 / deviation of each channel. */
    private final double[] center;

    private final double[] inverseDeviation;
    private boolean ofBatch;
    private SequenceBlock input;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer of scale 1 and shift 0, with running mean 0 and variance 1, that normalises each
     * feature.
     *
     * @param name the layer's name within the network, such as {@code layers.1}
     */
    public BatchNormLayer(String name, int width) {
        this(name, width, 1);
    }

    /**
     * A layer of scale 1 and shift 0, with running mean 0 and variance 1.
     *
     * @param name the layer's name within the network, such as {@code layers.1}
     * @param bins features of each channel
     */
    public BatchNormLayer(String name, int channels, int bins) {
        this.name = name;
        this.channels = channels;
        this.bins = bins;
        scale = new Parameter(name + ".scale", Parameter.Kind.VECTOR, channels, 1);
        shift = new Parameter(name + ".shift", Parameter.Kind.VECTOR, channels, 1);
        mean = new LayerState(name + ".mean", new float[channels]);
        variance = new LayerState(name + ".variance", new float[channels]);
        center = new double[channels];
        inverseDeviation = new double[channels];
        reset();
    }

    private void reset() {
        Arrays.fill(scale.values(), 1);
        Arrays.fill(shift.values(), 0);
        Arrays.fill(mean.values(), 0);
        Arrays.fill(variance.values(), 1);
    }

    @Override
    public int inputWidth() {
        return channels * bins;
    }

    @Override
    public int outputWidth() {
        return channels * bins;
    }

    /** Channels that are normalised each by itself. */
    public int channels() {
        return channels;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(scale, shift);
    }

    @Override
    public List<LayerState> state() {
        return List.of(mean, variance);
    }

    /** Scale 1, shift 0, running mean 0 and variance 1: nothing here is random. */
    @Override
    public void initialise(RandomGenerator random) {
        reset();
    }

    /** What inference multiplies a channel by: {@code scale / sqrt(variance + epsilon)}. */
    public double inferenceScale(int channel) {
        return scale.values()[channel] / Math.sqrt(variance.values()[channel] + EPSILON);
    }

    /** What inference then adds: {@code shift - mean * inferenceScale}. */
    public double inferenceShift(int channel) {
        return shift.values()[channel] - mean.values()[channel] * inferenceScale(channel);
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, inputWidth(), input);
        this.input = input;
        ofBatch = pass.training();
        int count = input.validSteps() * bins;
        output.reshape(input.steps(), inputWidth(), input.lanes(), input.lengths());
        overChannels(
                pass,
                (from, to) -> {
                    if (ofBatch) {
                        batchStatistics(from, to, count);
                    } else {
                        runningStatistics(from, to);
                    }
                    normalise(from, to);
                });
        return output;
    }

    private interface ChannelWork {
        void accept(int from, int to);
    }

    private void overChannels(Pass pass, ChannelWork work) {
        int tasks = (channels + TASK_CHANNELS - 1) / TASK_CHANNELS;
        pass.workers()
                .run(
                        tasks,
                        task -> {
                            int from = task * TASK_CHANNELS;
                            work.accept(from, Math.min(channels, from + TASK_CHANNELS));
                        });
    }

    /** Where the lanes of a channel lie, by the number of the step and bin. */
    private int offset(int stepAndBin, int channel) {
        return (stepAndBin * channels + channel) * input.lanes();
    }

    private void batchStatistics(int from, int to, int count) {
        if (count == 0) {
            runningStatistics(from, to);
            return;
        }
        int lanes = input.lanes();
        float[] x = input.data();
        double[] sums = new double[to - from];
        for (int n = 0; n < input.steps() * bins; n++) {
            for (int channel = from; channel < to; channel++) {
                int at = offset(n, channel);
                double sum = 0;
                for (int lane = 0; lane < lanes; lane++) {
                    sum += x[at + lane];
                }
                sums[channel - from] += sum;
            }
        }
        double[] squares = new double[to - from];
        for (int channel = from; channel < to; channel++) {
            center[channel] = sums[channel - from] / count;
        }
        for (int n = 0; n < input.steps() * bins; n++) {
            int step = n / bins;
            for (int channel = from; channel < to; channel++) {
                int at = offset(n, channel);
                double sum = 0;
                for (int lane = 0; lane < lanes; lane++) {
                    double distance =
                            step < input.length(lane) ? x[at + lane] - center[channel] : 0;
                    sum += distance * distance;
                }
                squares[channel - from] += sum;
            }
        }
        for (int channel = from; channel < to; channel++) {
            double square = squares[channel - from];
            inverseDeviation[channel] = 1 / Math.sqrt(square / count + EPSILON);
            follow(mean.values(), channel, center[channel]);
            follow(variance.values(), channel, square / Math.max(1, count - 1));
        }
    }

    private static void follow(float[] running, int channel, double batch) {
        running[channel] += (float) (MOMENTUM * (batch - running[channel]));
    }

    private void runningStatistics(int from, int to) {
        for (int channel = from; channel < to; channel++) {
            center[channel] = mean.values()[channel];
            inverseDeviation[channel] = 1 / Math.sqrt(variance.values()[channel] + EPSILON);
        }
    }

    private void normalise(int from, int to) {
        int lanes = input.lanes();
        float[] x = input.data();
        float[] y = output.data();
        for (int n = 0; n < input.steps() * bins; n++) {
            int step = n / bins;
            for (int channel = from; channel < to; channel++) {
                int at = offset(n, channel);
                double factor = scale.values()[channel] * inverseDeviation[channel];
                double shifted = shift.values()[channel] - center[channel] * factor;
                for (int lane = 0; lane < lanes; lane++) {
                    if (step < input.length(lane)) {
                        y[at + lane] = (float) (x[at + lane] * factor + shifted);
                    }
                }
            }
        }
    }

    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        ShapeChecks.checkBackward(name, input, output, outputGradient);
        int count = input.validSteps() * bins;
        if (inputGradientWanted) {
            inputGradient.reshape(input.steps(), inputWidth(), input.lanes(), input.lengths());
        }
        overChannels(
                pass, (from, to) -> backward(outputGradient, from, to, count, inputGradientWanted));
        return inputGradientWanted ? inputGradient : null;
    }

    private void backward(
            SequenceBlock outputGradient, int from, int to, int count, boolean inputWanted) {
        int lanes = input.lanes();
        float[] x = input.data();
        float[] dy = outputGradient.data();
        double[] shiftGradient = new double[to - from];
        double[] scaleGradient = new double[to - from];
        for (int n = 0; n < input.steps() * bins; n++) {
            for (int channel = from; channel < to; channel++) {
                int at = offset(n, channel);
                double sum = 0;
                double product = 0;
                // The gradient of padding is zero, so it adds nothing here.
                for (int lane = 0; lane < lanes; lane++) {
                    sum += dy[at + lane];
                    product += dy[at + lane] * (x[at + lane] - center[channel]);
                }
                shiftGradient[channel - from] += sum;
                scaleGradient[channel - from] += product * inverseDeviation[channel];
            }
        }
        for (int channel = from; channel < to; channel++) {
            shift.gradient()[channel] += (float) shiftGradient[channel - from];
            scale.gradient()[channel] += (float) scaleGradient[channel - from];
        }
        if (!inputWanted) {
            return;
        }
        float[] dx = inputGradient.data();
        // Statistics of the batch depend on every input; running ones are constants.
        double share = ofBatch && count > 0 ? 1.0 / count : 0;
        for (int n = 0; n < input.steps() * bins; n++) {
            int step = n / bins;
            for (int channel = from; channel < to; channel++) {
                int at = offset(n, channel);
                double inverse = inverseDeviation[channel];
                double factor = scale.values()[channel] * inverse;
                double meanGradient = shiftGradient[channel - from] * share;
                double slope = scaleGradient[channel - from] * inverse * share;
                for (int lane = 0; lane < lanes; lane++) {
                    if (step < input.length(lane)) {
                        double distance = x[at + lane] - center[channel];
                        dx[at + lane] =
                                (float)
                                        (factor
                                                * (dy[at + lane]
                                                        - meanGradient
                                                        - distance * slope));
                    }
                }
            }
        }
    }
}
