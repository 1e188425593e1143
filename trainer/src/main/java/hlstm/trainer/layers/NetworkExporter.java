package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.GateMatrix;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.TaskSpec;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a trained network into a model for inference. Dropout disappears; batch norm, which is
 * affine once its statistics are fixed, goes into the input weights and biases of the layer behind
 * it. All values are copied, so training may go on.
 */
public final class NetworkExporter {
    /** A layer of the model, and what batch norm does to its input; null for nothing. */
    private record Exported(Layer layer, Affine before) {}

    /** {@code y = scale * x + shift} for each feature. */
    private record Affine(double[] scale, double[] shift) {
        static Affine of(BatchNormLayer norm, Affine before) {
            double[] scale = new double[norm.inputWidth()];
            double[] shift = new double[scale.length];
            for (int k = 0; k < scale.length; k++) {
                scale[k] = norm.inferenceScale(k);
                shift[k] = norm.inferenceShift(k);
                if (before != null) {
                    shift[k] += scale[k] * before.shift[k];
                    scale[k] *= before.scale[k];
                }
            }
            return new Affine(scale, shift);
        }
    }

    private NetworkExporter() {}

    /**
     * The architecture and weights of a network, ready to build or to write.
     *
     * @param task what the model is for
     * @throws IllegalArgumentException if batch norm is the last layer that computes anything, or a
     *     layer is of a type without a counterpart at inference
     */
    public static ModelBuilder export(Network network, TaskSpec task) {
        List<Exported> layers = new ArrayList<>();
        Affine pending = null;
        for (Layer layer : network.layers()) {
            switch (layer) {
                case DropoutLayer dropped -> {}
                case BatchNormLayer norm -> pending = Affine.of(norm, pending);
                default -> {
                    layers.add(new Exported(layer, pending));
                    pending = null;
                }
            }
        }
        if (pending != null) {
            throw new IllegalArgumentException(
                    "batch norm needs a recurrent or linear layer behind it to go into");
        }
        List<LayerSpec> specs = layers.stream().map(exported -> spec(exported.layer())).toList();
        ModelBuilder builder = new ModelBuilder(new ModelSpec(task, specs));
        for (int n = 0; n < layers.size(); n++) {
            String prefix = "layers." + n + ".";
            Affine before = layers.get(n).before();
            switch (layers.get(n).layer()) {
                case RecurrentLayer recurrent -> addRecurrent(builder, prefix, recurrent, before);
                case LinearLayer linear -> addLinear(builder, prefix, linear, before);
                default -> throw new AssertionError("a layer without a spec");
            }
        }
        return builder;
    }

    private static LayerSpec spec(Layer layer) {
        return switch (layer) {
            case RecurrentLayer recurrent ->
                    new RecurrentSpec(recurrent.spec(), recurrent.bidirectional());
            case LinearLayer linear -> new LinearSpec(linear.inputWidth(), linear.outputWidth());
            default ->
                    throw new IllegalArgumentException(
                            "a %s has no counterpart at inference"
                                    .formatted(layer.getClass().getSimpleName()));
        };
    }

    private static void addRecurrent(
            ModelBuilder builder, String prefix, RecurrentLayer layer, Affine before) {
        for (int direction = 0; direction < layer.directions().size(); direction++) {
            CellWeights weights = layer.directions().get(direction);
            String name = prefix + (direction == 0 ? "forward." : "backward.");
            CellSpec spec = weights.spec();
            for (CellWeights.Entry entry : weights.entries()) {
                boolean input = entry.place().source() == GateMatrix.Source.INPUT;
                builder.matrix(
                        name + entry.place().name(),
                        matrix(entry.weights().parameter(), input ? before : null));
            }
            for (int level = 0; level < spec.levels(); level++) {
                float[] bias = weights.bias(level).parameter().values().clone();
                if (level == 0) {
                    shift(bias, weights.input().parameter(), before);
                }
                builder.bias(name + "gates." + level + ".bias", bias);
            }
        }
    }

    private static void addLinear(
            ModelBuilder builder, String prefix, LinearLayer layer, Affine before) {
        float[] bias = layer.bias().values().clone();
        shift(bias, layer.weight(), before);
        builder.matrix(prefix + "weight", matrix(layer.weight(), before));
        builder.bias(prefix + "bias", bias);
    }

    /** The weights with their columns scaled by what came before. */
    private static Matrix matrix(Parameter parameter, Affine before) {
        float[] values = parameter.values().clone();
        if (before != null) {
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (values[k] * before.scale()[column(parameter, k)]);
            }
        }
        return parameter.isSparse()
                ? new SparseMatrix(parameter.pattern(), values)
                : new DenseMatrix(parameter.rows(), parameter.columns(), values);
    }

    /** Adds the weights times the shift of what came before. */
    private static void shift(float[] bias, Parameter parameter, Affine before) {
        if (before == null) {
            return;
        }
        for (int row = 0; row < bias.length; row++) {
            double sum = bias[row];
            for (int k = rowStart(parameter, row); k < rowStart(parameter, row + 1); k++) {
                sum += parameter.values()[k] * before.shift()[column(parameter, k)];
            }
            bias[row] = (float) sum;
        }
    }

    private static int rowStart(Parameter parameter, int row) {
        return parameter.isSparse()
                ? parameter.pattern().rowOffset(row)
                : row * parameter.columns();
    }

    private static int column(Parameter parameter, int position) {
        return parameter.isSparse()
                ? parameter.pattern().column(position)
                : position % parameter.columns();
    }
}
