package hlstm.trainer.layers;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Layers one behind the other. Belongs to one training loop at a time, like its layers; two
 * networks share nothing.
 */
public final class Network implements Trainable {
    private final List<Layer> layers;
    private final List<Parameter> parameters;
    private final List<LayerState> state;

    /**
     * Checks that the layers fit together.
     *
     * @throws IllegalArgumentException if there is none, if neighbouring widths differ, or if two
     *     tensors have the same name
     */
    public Network(List<? extends Layer> layers) {
        this.layers = List.copyOf(layers);
        if (this.layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        for (int k = 1; k < this.layers.size(); k++) {
            int given = this.layers.get(k - 1).outputWidth();
            int taken = this.layers.get(k).inputWidth();
            if (given != taken) {
                throw new IllegalArgumentException(
                        "layer %d gives %d features, layer %d takes %d"
                                .formatted(k - 1, given, k, taken));
            }
        }
        parameters = this.layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        state = this.layers.stream().flatMap(layer -> layer.state().stream()).toList();
        Set<String> names = new HashSet<>();
        parameters.forEach(parameter -> checkNew(parameter.name(), names));
        state.forEach(tensor -> checkNew(tensor.name(), names));
    }

    private static void checkNew(String name, Set<String> names) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "two tensors are named %s: give every layer a name of its own".formatted(name));
        }
    }

    /** The layers from input to output. */
    public List<Layer> layers() {
        return layers;
    }

    /** Features of an input step. */
    public int inputWidth() {
        return layers.getFirst().inputWidth();
    }

    /** Features of an output step. */
    public int outputWidth() {
        return layers.getLast().outputWidth();
    }

    /** The trainable parameters of all layers in a fixed order; their names are unique. */
    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<LayerState> state() {
        return state;
    }

    @Override
    public void initialise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Layer layer : layers) {
            layer.initialise(random.split());
        }
    }

    @Override
    public void setRectifierSlope(float slope) {
        for (Layer layer : layers) {
            if (layer instanceof RecurrentLayer recurrent) {
                recurrent.setRectifierSlope(slope);
            }
        }
    }

    /** The output of the last layer, valid until the next forward pass. */
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        SequenceBlock block = input;
        for (Layer layer : layers) {
            block = layer.forward(block, pass);
        }
        return block;
    }

    /** Adds the gradients of all parameters, after a forward pass with an equal {@link Pass}. */
    public void backward(SequenceBlock outputGradient, Pass pass) {
        int first = 0;
        while (first < layers.size() && layers.get(first).parameters().isEmpty()) {
            first++;
        }
        SequenceBlock gradient = outputGradient;
        for (int k = layers.size() - 1; k >= first; k--) {
            gradient = layers.get(k).backward(gradient, k > first, pass);
        }
    }
}
