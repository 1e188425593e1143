package hlstm.trainer.layers;

import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.GateMatrix;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.TaskSpec;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a trained network into a model for inference. Dropout disappears; batch norm, which is
 * affine once its statistics are fixed, goes into the input weights and biases of the layer behind
 * it, or of the convolution before it, whose hard tanh becomes part of it too. All values are
 * copied, so training may go on.
 */
public final class NetworkExporter {
    /** Adds the weights of a layer to a model. */
    @FunctionalInterface
    private interface Tensors {
        void add(ModelBuilder builder, String prefix);
    }

    /** A layer of the model. */
    private record Exported(LayerSpec spec, Tensors tensors) {}

    /** {@code y = scale * x + shift} for each feature. */
    record Affine(double[] scale, double[] shift) {
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
     * @throws IllegalArgumentException if a batch norm has no layer to go into, a convolution no
     *     hard tanh behind it, or a layer is of a type without a counterpart at inference
     */
    public static ModelBuilder export(Network network, TaskSpec task) {
        List<Exported> layers = layers(network.layers());
        List<LayerSpec> specs = layers.stream().map(Exported::spec).toList();
        ModelBuilder builder = new ModelBuilder(new ModelSpec(task, specs));
        for (int n = 0; n < layers.size(); n++) {
            layers.get(n).tensors().add(builder, "layers." + n + ".");
        }
        return builder;
    }

    private static List<Exported> layers(List<Layer> layers) {
        List<Exported> exported = new ArrayList<>();
        Affine pending = null;
        for (int k = 0; k < layers.size(); k++) {
            switch (layers.get(k)) {
                case DropoutLayer dropped -> {}
                case BatchNormLayer norm -> pending = Affine.of(norm, pending);
                case ConvolutionLayer convolution -> {
                    requireNone(pending);
                    BatchNormLayer norm =
                            layers.get(Math.min(k + 1, layers.size() - 1))
                                            instanceof BatchNormLayer behind
                                    ? behind
                                    : null;
                    k += norm == null ? 1 : 2;
                    exported.add(
                            convolution(
                                    convolution, norm, k < layers.size() ? layers.get(k) : null));
                }
                case RowConvolutionLayer convolution -> {
                    // Zero behind the end of a sequence would not stay zero.
                    requireNone(pending);
                    exported.add(
                            new Exported(
                                    convolution.spec(),
                                    (builder, prefix) ->
                                            builder.matrix(
                                                    prefix + "weight",
                                                    matrix(convolution.weight(), null))));
                }
                default -> {
                    exported.add(affine(layers.get(k), pending));
                    pending = null;
                }
            }
        }
        requireNone(pending);
        return exported;
    }

    private static void requireNone(Affine pending) {
        if (pending != null) {
            throw new IllegalArgumentException(
                    "batch norm needs a recurrent or linear layer behind it to go into, or a"
                            + " convolution before it");
        }
    }

    /** A layer that is affine in its input, and what batch norm does to that; null for nothing. */
    private static Exported affine(Layer layer, Affine before) {
        return switch (layer) {
            case RecurrentLayer recurrent ->
                    new Exported(
                            recurrent.spec(),
                            (builder, prefix) -> addRecurrent(builder, prefix, recurrent, before));
            case LinearLayer linear ->
                    new Exported(
                            new LinearSpec(linear.inputWidth(), linear.outputWidth()),
                            (builder, prefix) -> addLinear(builder, prefix, linear, before));
            default ->
                    throw new IllegalArgumentException(
                            "a %s has no counterpart at inference"
                                    .formatted(layer.getClass().getSimpleName()));
        };
    }

    /**
     * A convolution and what is behind it.
     *
     * @param norm its batch norm, or null
     * @param behind what has to be its hard tanh, or null
     */
    private static Exported convolution(ConvolutionLayer layer, BatchNormLayer norm, Layer behind) {
        ConvolutionSpec spec = layer.spec();
        if (!(behind instanceof HardTanhLayer clip) || clip.most() != spec.clip()) {
            throw new IllegalArgumentException(
                    "a convolution needs a hard tanh of its clip %s behind it, or behind its batch norm"
                            .formatted(spec.clip()));
        }
        return new Exported(
                spec, (builder, prefix) -> addConvolution(builder, prefix, layer.weight(), norm));
    }

    private static void addConvolution(
            ModelBuilder builder, String prefix, Parameter weight, BatchNormLayer norm) {
        float[] values = weight.values().clone();
        float[] bias = new float[weight.rows()];
        if (norm != null) {
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (values[k] * norm.inferenceScale(k / weight.columns()));
            }
            for (int row = 0; row < bias.length; row++) {
                bias[row] = (float) norm.inferenceShift(row);
            }
        }
        builder.matrix(prefix + "weight", new DenseMatrix(weight.rows(), weight.columns(), values));
        builder.bias(prefix + "bias", bias);
    }

    static void addRecurrent(
            ModelBuilder builder, String prefix, RecurrentLayer layer, Affine before) {
        for (int direction = 0; direction < layer.directions().size(); direction++) {
            String name = prefix + (direction == 0 ? "forward." : "backward.");
            addCell(builder, name, layer.directions().get(direction), before);
        }
    }

    static void addCell(ModelBuilder builder, String name, CellWeights weights, Affine before) {
        for (CellWeights.Entry entry : weights.entries()) {
            boolean input = entry.place().source() == GateMatrix.Source.INPUT;
            builder.matrix(
                    name + entry.place().name(),
                    matrix(entry.weights().parameter(), input ? before : null));
        }
        for (int level = 0; level < weights.spec().levels(); level++) {
            float[] bias = weights.bias(level).parameter().values().clone();
            if (level == 0) {
                shift(bias, weights.input().parameter(), before);
            }
            builder.bias(name + "gates." + level + ".bias", bias);
        }
    }

    static void addLinear(ModelBuilder builder, String prefix, LinearLayer layer, Affine before) {
        float[] bias = layer.bias().values().clone();
        shift(bias, layer.weight(), before);
        builder.matrix(prefix + "weight", matrix(layer.weight(), before));
        builder.bias(prefix + "bias", bias);
    }

    /** The weights with their columns scaled by what came before. */
    static Matrix matrix(Parameter parameter, Affine before) {
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
            for (int k = parameter.rowStart(row); k < parameter.rowStart(row + 1); k++) {
                sum += parameter.values()[k] * before.shift()[column(parameter, k)];
            }
            bias[row] = (float) sum;
        }
    }

    private static int column(Parameter parameter, int position) {
        return parameter.isSparse()
                ? parameter.pattern().column(position)
                : position % parameter.columns();
    }
}
