package hlstm.trainer.layers;

import hlstm.runtime.RowConvolutionSpec;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A {@linkplain RowConvolutionSpec row convolution}: each feature of a step becomes a weighted sum
 * of itself and of the same feature of the next steps. The parameter is {@code <name>.weight}, a
 * row for each step.
 */
public final class RowConvolutionLayer implements Layer {
    /** Features of a task of the weight gradient. */
    private static final int TASK_FEATURES = 16;

    private final String name;
    private final RowConvolutionSpec spec;
    private final Parameter weight;
    private SequenceBlock input;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer of zeros; see {@link #initialise}.
     *
     * @param name the layer's name within the network, such as {@code layers.3}
     */
    public RowConvolutionLayer(String name, RowConvolutionSpec spec) {
        this.name = name;
        this.spec = spec;
        weight =
                new Parameter(
                        name + ".weight", Parameter.Kind.OTHER, spec.lookahead() + 1, spec.width());
    }

    /** The shape. */
    public RowConvolutionSpec spec() {
        return spec;
    }

    /** The weights, {@code (lookahead + 1) x width}. */
    public Parameter weight() {
        return weight;
    }

    @Override
    public int inputWidth() {
        return spec.width();
    }

    @Override
    public int outputWidth() {
        return spec.width();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    /** Passes its input through: 1 for a step itself, 0 for those behind it. Nothing is random. */
    @Override
    public void initialise(RandomGenerator random) {
        Arrays.fill(weight.values(), 0);
        Arrays.fill(weight.values(), 0, spec.width(), 1);
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, spec.width(), input);
        this.input = input;
        output.reshape(input.steps(), spec.width(), input.lanes(), input.lengths());
        pass.workers().run(input.steps(), this::forward);
        return output;
    }

    private void forward(int step) {
        int reach = Math.min(spec.lookahead(), input.steps() - 1 - step);
        for (int ahead = 0; ahead <= reach; ahead++) {
            addScaled(input, step + ahead, ahead, output, step);
        }
        output.zeroEnded(step);
    }

    /** Adds a step of one block, times the weights of a distance, to a step of another. */
    private void addScaled(
            SequenceBlock from, int fromStep, int ahead, SequenceBlock to, int toStep) {
        int lanes = from.lanes();
        float[] x = from.data();
        float[] y = to.data();
        float[] w = weight.values();
        for (int feature = 0; feature < spec.width(); feature++) {
            float factor = w[ahead * spec.width() + feature];
            int k = from.offset(fromStep, feature);
            int m = to.offset(toStep, feature);
            for (int lane = 0; lane < lanes; lane++) {
                y[m + lane] += factor * x[k + lane];
            }
        }
    }

    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        ShapeChecks.checkBackward(name, input, output, outputGradient);
        pass.workers()
                .run(
                        Math.ceilDiv(spec.width(), TASK_FEATURES),
                        task -> {
                            int from = task * TASK_FEATURES;
                            int to = Math.min(spec.width(), from + TASK_FEATURES);
                            addGradient(outputGradient, from, to);
                        });
        if (!inputGradientWanted) {
            return null;
        }
        inputGradient.reshape(input.steps(), spec.width(), input.lanes(), input.lengths());
        pass.workers().run(input.steps(), step -> inputGradient(outputGradient, step));
        return inputGradient;
    }

    private void addGradient(SequenceBlock outputGradient, int fromFeature, int toFeature) {
        float[] dy = outputGradient.data();
        float[] x = input.data();
        int lanes = input.lanes();
        for (int ahead = 0; ahead <= spec.lookahead(); ahead++) {
            for (int feature = fromFeature; feature < toFeature; feature++) {
                double sum = 0;
                for (int step = 0; step + ahead < input.steps(); step++) {
                    int k = outputGradient.offset(step, feature);
                    int m = input.offset(step + ahead, feature);
                    for (int lane = 0; lane < lanes; lane++) {
                        sum += (double) dy[k + lane] * x[m + lane];
                    }
                }
                weight.gradient()[ahead * spec.width() + feature] += (float) sum;
            }
        }
    }

    private void inputGradient(SequenceBlock outputGradient, int step) {
        for (int ahead = 0; ahead <= Math.min(spec.lookahead(), step); ahead++) {
            addScaled(outputGradient, step - ahead, ahead, inputGradient, step);
        }
        inputGradient.zeroEnded(step);
    }
}
