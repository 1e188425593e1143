package hlstm.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The architecture of a model: everything but its weights. Immutable.
 *
 * @param task what the model is for
 * @param layers the layers, each taking the output of the one before it
 */
public record ModelSpec(TaskSpec task, List<LayerSpec> layers) {
    /** Most layers of a model. */
    public static final int MAX_LAYERS = 256;

    /** Checks that the layers fit each other and the task. */
    public ModelSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "a model needs 1 to %d layers, found %d".formatted(MAX_LAYERS, layers.size()));
        }
        for (int n = 1; n < layers.size(); n++) {
            checkWidth(
                    "the input of layer %d, as layer %d gives".formatted(n, n - 1),
                    layers.get(n - 1).outputWidth(),
                    layers.get(n).inputWidth());
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
    }

    private static void checkWidth(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    "%s: expected a width of %d, found %d".formatted(what, expected, found));
        }
    }

    /** Features of an input step. */
    public int inputWidth() {
        return layers.getFirst().inputWidth();
    }

    /** Features of an output step. */
    public int outputWidth() {
        return layers.getLast().outputWidth();
    }

    /**
     * Whether the model needs a whole sequence before it gives its first output, because one of its
     * layers also runs from the end.
     */
    public boolean bidirectional() {
        return layers.stream()
                .anyMatch(layer -> layer instanceof RecurrentSpec spec && spec.bidirectional());
    }

    /** The weight matrices, {@code layers.<n>.<name within the layer>}, in stored order. */
    public List<TensorSpec> matrices() {
        List<TensorSpec> matrices = new ArrayList<>();
        for (int n = 0; n < layers.size(); n++) {
            String prefix = layerName(n);
            layers.get(n).matrices().forEach(matrix -> matrices.add(matrix.within(prefix)));
        }
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
