package hlstm.trainer.layers;

import hlstm.sparse.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An affine map of each step: {@code y = W x + b}, with parameters {@code <name>.weight}, unless
 * the matrix is another layer's, and {@code <name>.bias}. The matrix may be {@linkplain
 * Parameter#restructure given a pattern} between batches.
 */
public final class LinearLayer implements Layer {
    /** Rows of a task of the weight gradient. */
    private static final int TASK_ROWS = 256;

    /** Steps of a task of the products, which share the weights in cache. */
    private static final int TASK_STEPS = 4;

    private final String name;
    private final boolean tied;
    private final Parameter weight;
    private final Parameter bias;
    private final WeightMatrix weights;
    private final WeightMatrix biases;
    private SequenceBlock input;
    private float[] ones = new float[0];
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer of zeros; see {@link #initialise}.
     *
     * @param name the layer's name within the network, such as {@code layers.3}
     */
    public LinearLayer(String name, int inputWidth, int outputWidth) {
        this(name, Parameter.Kind.OTHER, inputWidth, outputWidth);
    }

    /**
     * A layer of zeros; see {@link #initialise}.
     *
     * @param name the layer's name within the network, such as {@code layers.3}
     * @param kind what its matrix is to the network
     */
    public LinearLayer(String name, Parameter.Kind kind, int inputWidth, int outputWidth) {
        this(name, new Parameter(name + ".weight", kind, outputWidth, inputWidth), false);
    }

    private LinearLayer(String name, Parameter weight, boolean tied) {
        this.name = name;
        this.tied = tied;
        this.weight = weight;
        bias = new Parameter(name + ".bias", Parameter.Kind.VECTOR, weight.rows(), 1);
        weights = new WeightMatrix(weight);
        biases = new WeightMatrix(bias);
    }

    /**
     * A layer whose matrix is that of an embedding: an output for each symbol, as wide as its
     * vectors. The matrix remains a parameter of the embedding alone, which initialises it; both
     * add to its gradient.
     */
    public static LinearLayer tied(String name, Embedding embedding) {
        return new LinearLayer(name, embedding.weight(), true);
    }

    @Override
    public int inputWidth() {
        return weight.columns();
    }

    @Override
    public int outputWidth() {
        return weight.rows();
    }

    /** The matrix, {@code outputWidth x inputWidth}. */
    public Parameter weight() {
        return weight;
    }

    /** The bias, one for each output. */
    public Parameter bias() {
        return bias;
    }

    @Override
    public List<Parameter> parameters() {
        return tied ? List.of(bias) : List.of(weight, bias);
    }

    /** Weights from a uniform distribution of variance 1 / connections of the row; no bias. */
    @Override
    public void initialise(RandomGenerator random) {
        Arrays.fill(bias.values(), 0);
        if (!tied) {
            weight.initialise(random);
        }
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, inputWidth(), input);
        this.input = input;
        output.reshape(input.steps(), outputWidth(), input.lanes(), input.lengths());
        weights.refresh();
        overSteps(pass, (from, to) -> forward(from, to, pass.kernels()));
        return output;
    }

    /** Work on the steps of a range, which tasks share. */
    @FunctionalInterface
    private interface StepsWork {
        void run(int fromStep, int toStep);
    }

    private void overSteps(Pass pass, StepsWork work) {
        int steps = output.steps();
        int tasks = (steps + TASK_STEPS - 1) / TASK_STEPS;
        pass.workers()
                .run(
                        tasks,
                        task -> {
                            int from = task * TASK_STEPS;
                            work.run(from, Math.min(steps, from + TASK_STEPS));
                        });
    }

    private void forward(int fromStep, int toStep, Kernels kernels) {
        int lanes = output.lanes();
        float[] y = output.data();
        for (int step = fromStep; step < toStep; step++) {
            for (int row = 0; row < outputWidth(); row++) {
                int from = output.offset(step, row);
                Arrays.fill(y, from, from + lanes, bias.values()[row]);
            }
        }
        weights.multiplyAdd(
                kernels,
                toStep - fromStep,
                input.data(),
                input.stepOffset(fromStep),
                lanes,
                input.stepOffset(1),
                y,
                output.stepOffset(fromStep),
                lanes,
                output.stepOffset(1),
                lanes);
        for (int step = fromStep; step < toStep; step++) {
            output.zeroEnded(step);
        }
    }

    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        ShapeChecks.checkBackward(name, input, output, outputGradient);
        int steps = input.steps();
        int lanes = input.lanes();
        if (ones.length < lanes) {
            ones = new float[lanes];
            Arrays.fill(ones, 1);
        }
        StepView dy = new StepView(outputGradient.data(), 0, lanes, outputGradient.stepOffset(1));
        StepView x = new StepView(input.data(), 0, lanes, input.stepOffset(1));
        StepView one = new StepView(ones, 0, 0, 0);
        int tasks = (outputWidth() + TASK_ROWS - 1) / TASK_ROWS;
        pass.workers()
                .run(
                        tasks,
                        task -> {
                            int from = task * TASK_ROWS;
                            int to = Math.min(outputWidth(), from + TASK_ROWS);
                            weights.addGradient(pass.kernels(), from, to, dy, x, steps, lanes);
                            biases.addGradient(pass.kernels(), from, to, dy, one, steps, lanes);
                        });
        if (!inputGradientWanted) {
            return null;
        }
        weights.refreshTranspose();
        inputGradient.reshape(steps, inputWidth(), lanes, input.lengths());
        overSteps(
                pass,
                (from, to) ->
                        weights.transposedMultiplyAdd(
                                pass.kernels(),
                                to - from,
                                outputGradient.data(),
                                outputGradient.stepOffset(from),
                                lanes,
                                outputGradient.stepOffset(1),
                                inputGradient.data(),
                                inputGradient.stepOffset(from),
                                lanes,
                                inputGradient.stepOffset(1),
                                lanes));
        return inputGradient;
    }
}
