package hlstm.trainer.layers;

import hlstm.runtime.ConvolutionSpec;
import hlstm.sparse.Kernels;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A convolution over time and frequency, without bias, for the batch norm behind it has one, and
 * without the clipping, which is a {@link HardTanhLayer} behind that. Shapes and layouts are those
 * of {@link ConvolutionSpec}; the parameter is {@code <name>.weight}. Each sequence is convolved as
 * if it were alone: its padding is zero, and its output has {@link ConvolutionSpec#outputSteps}
 * steps.
 *
 * <p>Nothing is unfolded. A step of the kernel and a bin of the output meet a stretch of
 * neighbouring features of one input step, so each is a dense product over the lanes of the batch,
 * and the weights of a step of the kernel make a matrix of their own: they are stacked one below
 * the other once a batch.
 */
public final class ConvolutionLayer implements Layer {
    /** Output channels of a task of the weight gradient: their sums stay in the first cache. */
    private static final int TASK_CHANNELS = 8;

    private final String name;
    private final ConvolutionSpec spec;
    private final ConvolutionWeights weights;
    private final ConvolutionGradient gradient;

    /** The input of the last forward pass, with zeros beside its bins where there is padding. */
    private SequenceBlock input;

    private SequenceBlock padded;
    private final FrequencyPadding padding;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer of zeros; see {@link #initialise}.
     *
     * @param name the layer's name within the network, such as {@code layers.0}
     */
    public ConvolutionLayer(String name, ConvolutionSpec spec) {
        this.name = name;
        this.spec = spec;
        weights = new ConvolutionWeights(name + ".weight", spec);
        gradient = new ConvolutionGradient(spec);
        padding =
                new FrequencyPadding(
                        spec.inputWidth(), spec.frequency().padding() * spec.inputChannels());
    }

    /** The shape. */
    public ConvolutionSpec spec() {
        return spec;
    }

    /** The matrix, in the order of {@link ConvolutionSpec}. */
    public Parameter weight() {
        return weights.parameter();
    }

    @Override
    public int inputWidth() {
        return spec.inputWidth();
    }

    @Override
    public int outputWidth() {
        return spec.outputWidth();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weights.parameter());
    }

    /** Weights from a uniform distribution of variance 2 / inputs of an output (He et al. 2015). */
    @Override
    public void initialise(RandomGenerator random) {
        float bound = (float) Math.sqrt(6.0 / spec.columns());
        float[] values = weights.parameter().values();
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat(-bound, bound);
        }
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, inputWidth(), input);
        this.input = input;
        padded = padding.add(input, pass.workers());
        int[] lengths = input.lengths();
        int steps = 0;
        for (int lane = 0; lane < lengths.length; lane++) {
            lengths[lane] = spec.outputSteps(lengths[lane]);
            steps = Math.max(steps, lengths[lane]);
        }
        output.reshape(steps, outputWidth(), input.lanes(), lengths);
        weights.stack();
        pass.workers().run(steps, step -> forward(step, pass.kernels()));
        return output;
    }

    private void forward(int step, Kernels kernels) {
        int lanes = output.lanes();
        int channels = spec.outputChannels();
        for (int tap = 0; tap < spec.time().kernel(); tap++) {
            int from = inputStep(step, tap);
            if (from < 0 || from >= padded.steps()) {
                continue;
            }
            // The bins of the output take the place of steps.
            kernels.multiplyAdd(
                    weights.stacked(),
                    weights.stackedColumns(),
                    tap * channels,
                    (tap + 1) * channels,
                    spec.outputBins(),
                    padded.data(),
                    padded.stepOffset(from),
                    lanes,
                    featuresPerBin() * lanes,
                    output.data(),
                    output.offset(step, -tap * channels),
                    lanes,
                    channels * lanes,
                    lanes);
        }
        output.zeroEnded(step);
    }

    /** The input step that a step of the kernel meets; it may lie outside of the sequence. */
    private int inputStep(int step, int tap) {
        return step * spec.time().stride() - spec.time().padding() + tap;
    }

    /** Features of the input from what a bin of the output is computed from to that of the next. */
    private int featuresPerBin() {
        return spec.frequency().stride() * spec.inputChannels();
    }

    /**
     * {@inheritDoc} May overwrite the padded input, so each forward pass has one backward pass.
     *
     * @throws IllegalArgumentException if the gradient is not of the output's shape
     * @throws IllegalStateException without a forward pass before
     */
    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        ShapeChecks.checkBackward(name, input, output, outputGradient);
        input = null;
        addGradient(outputGradient, pass);
        if (!inputGradientWanted) {
            return null;
        }
        weights.stackTransposed();
        SequenceBlock into = padding.isNone() ? inputGradient : padding.block();
        into.reshape(padded.steps(), padded.features(), padded.lanes(), padded.lengths());
        pass.workers()
                .run(
                        padded.steps(),
                        step -> inputGradient(outputGradient, into, step, pass.kernels()));
        return padding.isNone() ? inputGradient : padding.remove(inputGradient, pass.workers());
    }

    private void addGradient(SequenceBlock outputGradient, Pass pass) {
        gradient.begin(padded, outputGradient, pass.workers());
        int channels = spec.outputChannels();
        int groups = Math.ceilDiv(channels, TASK_CHANNELS);
        pass.workers()
                .run(
                        spec.time().kernel() * groups,
                        task -> {
                            int from = task % groups * TASK_CHANNELS;
                            int to = Math.min(channels, from + TASK_CHANNELS);
                            addGradient(task / groups, from, to, pass.kernels());
                        });
        weights.addGradient(gradient);
    }

    /** Of the weights of some output channels in a step of the kernel. */
    private void addGradient(int tap, int fromChannel, int toChannel, Kernels kernels) {
        for (int step = 0; step < output.steps(); step++) {
            int from = inputStep(step, tap);
            if (from >= 0 && from < padded.steps()) {
                gradient.add(output, step, from, tap, fromChannel, toChannel, kernels);
            }
        }
    }

    /** Of one step of the input. */
    private void inputGradient(
            SequenceBlock outputGradient, SequenceBlock into, int to, Kernels kernels) {
        int lanes = padded.lanes();
        int channels = spec.outputChannels();
        int columns = weights.stackedColumns();
        for (int tap = 0; tap < spec.time().kernel(); tap++) {
            int distance = to + spec.time().padding() - tap;
            int step = Math.floorDiv(distance, spec.time().stride());
            if (step * spec.time().stride() != distance || step < 0 || step >= output.steps()) {
                continue;
            }
            kernels.multiplyAdd(
                    weights.stackedTransposed(),
                    channels,
                    tap * columns,
                    (tap + 1) * columns,
                    spec.outputBins(),
                    outputGradient.data(),
                    outputGradient.stepOffset(step),
                    lanes,
                    channels * lanes,
                    into.data(),
                    into.offset(to, -tap * columns),
                    lanes,
                    featuresPerBin() * lanes,
                    lanes);
        }
        into.zeroEnded(to);
    }
}
