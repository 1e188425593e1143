package hlstm.trainer.layers;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sequence-wise batch norm (Laurent et al. 2016): each feature is normalised over all valid steps
 * of all sequences of the batch, then scaled and shifted: {@code y = scale * (x - mean) /
 * sqrt(variance + epsilon) + shift}. Padding does not count and stays zero.
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

    /** Features of a task. */
    private static final int TASK_FEATURES = 16;

    private final String name;
    private final int width;
    private final Parameter scale;
    private final Parameter shift;
    private final LayerState mean;
    private final LayerState variance;

    /** The statistics that the last forward pass used: mean and 1 / deviation of each feature. */
    private final double[] center;

    private final double[] inverseDeviation;
    private boolean ofBatch;
    private SequenceBlock input;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer of scale 1 and shift 0, with running mean 0 and variance 1.
     *
     * @param name the layer's name within the network, such as {@code layers.1}
     */
    public BatchNormLayer(String name, int width) {
        this.name = name;
        this.width = width;
        scale = new Parameter(name + ".scale", Parameter.Kind.VECTOR, width, 1);
        shift = new Parameter(name + ".shift", Parameter.Kind.VECTOR, width, 1);
        mean = new LayerState(name + ".mean", new float[width]);
        variance = new LayerState(name + ".variance", new float[width]);
        center = new double[width];
        inverseDeviation = new double[width];
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
        return width;
    }

    @Override
    public int outputWidth() {
        return width;
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

    /** What inference multiplies a feature by: {@code scale / sqrt(variance + epsilon)}. */
    public double inferenceScale(int feature) {
        return scale.values()[feature] / Math.sqrt(variance.values()[feature] + EPSILON);
    }

    /** What inference then adds: {@code shift - mean * inferenceScale}. */
    public double inferenceShift(int feature) {
        return shift.values()[feature] - mean.values()[feature] * inferenceScale(feature);
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, width, input);
        this.input = input;
        ofBatch = pass.training();
        int count = input.validSteps();
        output.reshape(input.steps(), width, input.lanes(), input.lengths());
        overFeatures(
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

    private interface FeatureWork {
        void accept(int from, int to);
    }

    private void overFeatures(Pass pass, FeatureWork work) {
        int tasks = (width + TASK_FEATURES - 1) / TASK_FEATURES;
        pass.workers()
                .run(
                        tasks,
                        task -> {
                            int from = task * TASK_FEATURES;
                            work.accept(from, Math.min(width, from + TASK_FEATURES));
                        });
    }

    private void batchStatistics(int from, int to, int count) {
        if (count == 0) {
            runningStatistics(from, to);
            return;
        }
        int lanes = input.lanes();
        float[] x = input.data();
        double[] sums = new double[to - from];
        for (int step = 0; step < input.steps(); step++) {
            for (int feature = from; feature < to; feature++) {
                int at = input.offset(step, feature);
                double sum = 0;
                for (int lane = 0; lane < lanes; lane++) {
                    sum += x[at + lane];
                }
                sums[feature - from] += sum;
            }
        }
        double[] squares = new double[to - from];
        for (int feature = from; feature < to; feature++) {
            center[feature] = sums[feature - from] / count;
        }
        for (int step = 0; step < input.steps(); step++) {
            for (int feature = from; feature < to; feature++) {
                int at = input.offset(step, feature);
                double sum = 0;
                for (int lane = 0; lane < lanes; lane++) {
                    double distance =
                            step < input.length(lane) ? x[at + lane] - center[feature] : 0;
                    sum += distance * distance;
                }
                squares[feature - from] += sum;
            }
        }
        for (int feature = from; feature < to; feature++) {
            double square = squares[feature - from];
            inverseDeviation[feature] = 1 / Math.sqrt(square / count + EPSILON);
            follow(mean.values(), feature, center[feature]);
            follow(variance.values(), feature, square / Math.max(1, count - 1));
        }
    }

    private static void follow(float[] running, int feature, double batch) {
        running[feature] += (float) (MOMENTUM * (batch - running[feature]));
    }

    private void runningStatistics(int from, int to) {
        for (int feature = from; feature < to; feature++) {
            center[feature] = mean.values()[feature];
            inverseDeviation[feature] = 1 / Math.sqrt(variance.values()[feature] + EPSILON);
        }
    }

    private void normalise(int from, int to) {
        int lanes = input.lanes();
        float[] x = input.data();
        float[] y = output.data();
        for (int step = 0; step < input.steps(); step++) {
            for (int feature = from; feature < to; feature++) {
                int at = input.offset(step, feature);
                double factor = scale.values()[feature] * inverseDeviation[feature];
                double shifted = shift.values()[feature] - center[feature] * factor;
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
        int count = input.validSteps();
        if (inputGradientWanted) {
            inputGradient.reshape(input.steps(), width, input.lanes(), input.lengths());
        }
        overFeatures(
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
        for (int step = 0; step < input.steps(); step++) {
            for (int feature = from; feature < to; feature++) {
                int at = input.offset(step, feature);
                double sum = 0;
                double product = 0;
                // The gradient of padding is zero, so it adds nothing here.
                for (int lane = 0; lane < lanes; lane++) {
                    sum += dy[at + lane];
                    product += dy[at + lane] * (x[at + lane] - center[feature]);
                }
                shiftGradient[feature - from] += sum;
                scaleGradient[feature - from] += product * inverseDeviation[feature];
            }
        }
        for (int feature = from; feature < to; feature++) {
            shift.gradient()[feature] += (float) shiftGradient[feature - from];
            scale.gradient()[feature] += (float) scaleGradient[feature - from];
        }
        if (!inputWanted) {
            return;
        }
        float[] dx = inputGradient.data();
        // Statistics of the batch depend on every input; running ones are constants.
        double share = ofBatch && count > 0 ? 1.0 / count : 0;
        for (int step = 0; step < input.steps(); step++) {
            for (int feature = from; feature < to; feature++) {
                int at = input.offset(step, feature);
                double inverse = inverseDeviation[feature];
                double factor = scale.values()[feature] * inverse;
                double meanGradient = shiftGradient[feature - from] * share;
                double slope = scaleGradient[feature - from] * inverse * share;
                for (int lane = 0; lane < lanes; lane++) {
                    if (step < input.length(lane)) {
                        double distance = x[at + lane] - center[feature];
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
