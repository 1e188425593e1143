package hlstm.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The architecture of a model: everything but its weights. Immutable.
 *
 * @param task what the model is for
 * @param layers the layers, each taking the output of the one before it; for those of translation
 *     see {@link TranslationTask}
 */
public record ModelSpec(TaskSpec task, List<LayerSpec> layers) {
    /** Most layers of a model. */
    public static final int MAX_LAYERS = 256;

    /** Most input steps from one output step to the next. */
    public static final int MAX_TIME_STRIDE = 1024;

    /** Checks that the layers fit each other and the task. */
    public ModelSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "a model needs 1 to %d layers, found %d".formatted(MAX_LAYERS, layers.size()));
        }
        if (task instanceof TranslationTask translation) {
            translation.check(layers);
        } else {
            checkChain(layers);
        }
        long stride = 1;
        for (LayerSpec layer : layers) {
            stride *= layer.timeStride();
            if (stride > MAX_TIME_STRIDE) {
                throw new IllegalArgumentException(
                        "a model must have an output every %d input steps or more often, found one every %d"
                                .formatted(MAX_TIME_STRIDE, stride));
            }
        }
        if (task instanceof SpeechTask speech) {
            checkWidth(
                    "the input of layer 0, as the features give",
                    speech.features().width(),
                    layers.getFirst().inputWidth());
            checkWidth(
                    "the output of the last layer, as the alphabet has",
                    speech.alphabet().size(),
                    layers.getLast().outputWidth());
        }
        if (task instanceof CaptioningTask captioning) {
            checkCaptioning(captioning, layers);
        }
    }

    /** A linear layer takes features and words, recurrent layers in one direction go on. */
    private static void checkCaptioning(CaptioningTask task, List<LayerSpec> layers) {
        checkWidth(
                "the input of layer 0, as the features and the vocabulary have",
                task.inputWidth(),
                layers.getFirst().inputWidth());
        checkWidth(
                "the output of the last layer, as the vocabulary has",
                task.vocabulary().size(),
                layers.getLast().outputWidth());
        for (int n = 0; n < layers.size(); n++) {
            boolean end = n == 0 || n == layers.size() - 1;
            boolean fits =
                    end
                            ? layers.get(n) instanceof LinearSpec
                            : layers.get(n) instanceof RecurrentSpec spec && !spec.bidirectional();
            if (!fits || layers.size() < 3) {
                throw new IllegalArgumentException(
                        "a captioning model has a linear layer at its beginning and at its end and"
                                + " recurrent ones in one direction between, found %s as layer %d of %d"
                                        .formatted(layers.get(n), n, layers.size()));
            }
        }
    }

    private static void checkChain(List<LayerSpec> layers) {
        for (int n = 1; n < layers.size(); n++) {
            checkWidth(
                    "the input of layer %d, as layer %d gives".formatted(n, n - 1),
                    layers.get(n - 1).outputWidth(),
                    layers.get(n).inputWidth());
        }
    }

    static void checkWidth(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    "%s: expected a width of %d, found %d".formatted(what, expected, found));
        }
    }

    /**
     * Features of an input step. Of translation those of a source and of a target token, which the
     * self-check gives side by side.
     */
    public int inputWidth() {
        if (task instanceof TranslationTask translation) {
            return Math.multiplyExact(2, translation.embeddingWidth());
        }
        return layers.getFirst().inputWidth();
    }

    /** Features of an output step. */
    public int outputWidth() {
        return layers.getLast().outputWidth();
    }

    /** Output steps that a sequence of so many input steps gives; as many, without convolutions. */
    public int outputSteps(int steps) {
        int count = steps;
        for (LayerSpec layer : layers) {
            count = layer.outputSteps(count);
        }
        return count;
    }

    /** The fewest input steps, at least 1, that give so many output steps. */
    public int inputSteps(int outputSteps) {
        int count = outputSteps;
        for (LayerSpec layer : layers.reversed()) {
            count = layer.inputSteps(count);
        }
        return count;
    }

    /** Input steps from one output step to the next; 1 without convolutions. */
    public int timeStride() {
        return timeStrideFrom(0);
    }

    private int timeStrideFrom(int layer) {
        int stride = 1;
        for (LayerSpec behind : layers.subList(layer, layers.size())) {
            stride *= behind.timeStride();
        }
        return stride;
    }

    /**
     * How many times the matrices of a layer are multiplied, on average, for an output step of the
     * model.
     */
    long products(int layer) {
        return (long) layers.get(layer).products() * timeStrideFrom(layer + 1);
    }

    /**
     * Whether outputs come later than their inputs, because a layer looks at steps behind its own:
     * {@link Session#step} then gives no output at first, and {@link Session#flush} gives the rest.
     */
    public boolean looksAhead() {
        return layers.stream().anyMatch(LayerSpec::looksAhead);
    }

    /**
     * Whether the model needs a whole sequence before it gives its first output, because one of its
     * layers also runs from the end.
     */
    public boolean bidirectional() {
        return layers.stream()
                .anyMatch(layer -> layer instanceof RecurrentSpec spec && spec.bidirectional());
    }

    /**
     * The weight matrices, {@code layers.<n>.<name within the layer>} and then those of the task,
     * in stored order.
     */
    public List<TensorSpec> matrices() {
        List<TensorSpec> matrices = new ArrayList<>();
        for (int n = 0; n < layers.size(); n++) {
            String prefix = layerName(n);
            layers.get(n).matrices().forEach(matrix -> matrices.add(matrix.within(prefix)));
        }
        matrices.addAll(task.matrices());
        return matrices;
    }

    /** Weights of all matrices if every one were dense, without biases. */
    public long denseWeights() {
        long weights = 0;
        for (TensorSpec matrix : matrices()) {
            weights += (long) matrix.rows() * matrix.columns();
        }
        return weights;
    }

    /** The biases, {@code layers.<n>.<name within the layer>}, in stored order. */
    public List<TensorSpec> biases() {
        List<TensorSpec> biases = new ArrayList<>();
        for (int n = 0; n < layers.size(); n++) {
            String prefix = layerName(n);
            layers.get(n).biases().forEach(bias -> biases.add(bias.within(prefix)));
        }
        return biases;
    }

    /** What the names of the tensors of a layer begin with. */
    static String layerName(int n) {
        return "layers." + n;
    }
}
