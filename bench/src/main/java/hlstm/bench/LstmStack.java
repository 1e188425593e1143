package hlstm.bench;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.SequenceTask;
import hlstm.sparse.DenseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stack of dense LSTM layers with its weights, to be given to each runtime alike. Arrays are
 * shared, not copied.
 *
 * @param inputWidth width of an input step
 * @param width width of every cell
 * @param directions of every layer
 * @param layers from the input on: one or two directions each, forward first
 */
public record LstmStack(
        int inputWidth, int width, Directions directions, List<List<Direction>> layers) {
    /**
     * The weights of one direction of a layer; gates are stacked in the order i, f, g, o.
     *
     * @param inputWidth width of the layer's input
     * @param input {@code 4 width x inputWidth}, row after row
     * @param recurrent {@code 4 width x width}, row after row
     * @param bias {@code 4 width}
     */
    public record Direction(int inputWidth, float[] input, float[] recurrent, float[] bias) {}

    /**
     * A stack of random weights in one direction or in both, whose outputs are added; otherwise as
     * {@link #random(int, int, int, Directions, long)}.
     */
    public static LstmStack random(
            int inputWidth, int width, int layerCount, boolean bidirectional, long seed) {
        Directions directions = bidirectional ? Directions.SUMMED : Directions.FORWARD;
        return random(inputWidth, width, layerCount, directions, seed);
    }

    /** A stack of random weights, scaled so that every layer keeps the size of its input. */
    public static LstmStack random(
            int inputWidth, int width, int layerCount, Directions both, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<Direction>> layers = new ArrayList<>();
        for (int n = 0; n < layerCount; n++) {
            int from = n == 0 ? inputWidth : both.outputWidth(width);
            List<Direction> layer = new ArrayList<>();
            for (int d = 0; d < both.names().size(); d++) {
                double scale = 1 / Math.sqrt(from + width);
                int rows = CellSpec.GATES * width;
                layer.add(
                        new Direction(
                                from,
                                RandomArrays.gaussian(rows * from, scale, random),
                                RandomArrays.gaussian(rows * width, scale, random),
                                RandomArrays.gaussian(rows, scale, random)));
            }
            layers.add(layer);
        }
        return new LstmStack(inputWidth, width, both, layers);
    }

    /** Whether layers have two directions. */
    public boolean bidirectional() {
        return directions.both();
    }

    /** Width of the output. */
    public int outputWidth() {
        return directions.outputWidth(width);
    }

    /** Weights of the gate matrices, without biases. */
    public long weights() {
        return layers.stream()
                .flatMap(List::stream)
                .mapToLong(direction -> direction.input.length + (long) direction.recurrent.length)
                .sum();
    }

    /** The same network as a model of this project. */
    public ModelBuilder model() {
        List<LayerSpec> specs = new ArrayList<>();
        for (List<Direction> layer : layers) {
            CellSpec cell = new CellSpec(layer.getFirst().inputWidth, width, List.of(), false, 0);
            specs.add(new RecurrentSpec(cell, directions));
        }
        ModelBuilder builder = new ModelBuilder(new ModelSpec(new SequenceTask(), specs));
        addTo(builder, 0);
        return builder;
    }

    /**
     * Gives the weights to a model with these layers.
     *
     * @param first the number of the first of them among the model's layers
     */
    void addTo(ModelBuilder builder, int first) {
        int rows = CellSpec.GATES * width;
        for (int n = 0; n < layers.size(); n++) {
            for (int d = 0; d < layers.get(n).size(); d++) {
                Direction direction = layers.get(n).get(d);
                String prefix =
                        "layers.%d.%s.gates.0"
                                .formatted(first + n, d == 0 ? "forward" : "backward");
                builder.matrix(
                                prefix + ".input",
                                new DenseMatrix(rows, direction.inputWidth, direction.input))
                        .matrix(
                                prefix + ".recurrent",
                                new DenseMatrix(rows, width, direction.recurrent))
                        .bias(prefix + ".bias", direction.bias);
            }
        }
    }
}
