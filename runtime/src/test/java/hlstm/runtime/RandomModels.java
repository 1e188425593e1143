package hlstm.runtime;

import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Models with random weights of about the size that training starts from. */
final class RandomModels {
    /** Weights by name. */
    record Content(ModelSpec spec, Map<String, Matrix> matrices, Map<String, float[]> biases) {
        ModelBuilder builder() {
            ModelBuilder builder = new ModelBuilder(spec);
            matrices.forEach(builder::matrix);
            biases.forEach(builder::bias);
            return builder;
        }
    }

    private RandomModels() {}

    /** A stack of layers without a task. */
    static ModelSpec stack(LayerSpec... layers) {
        return new ModelSpec(new SequenceTask(), List.of(layers));
    }

    static RecurrentSpec lstm(int input, int width) {
        return new RecurrentSpec(new CellSpec(input, width, List.of(), false, 0), false);
    }

    static RecurrentSpec hlstm(int input, int width, Integer... hidden) {
        return new RecurrentSpec(new CellSpec(input, width, List.of(hidden), false, 0.01f), false);
    }

    /** A convolution of kernel 3 x 5 (time x frequency) and stride 2 x 2 with padding in both. */
    static ConvolutionSpec convolution(int bins, int inputChannels, int outputChannels) {
        return new ConvolutionSpec(
                bins,
                inputChannels,
                outputChannels,
                new ConvolutionAxis(3, 2, 1),
                new ConvolutionAxis(5, 2, 2),
                1.5f);
    }

    /** Weights of every geometry by turns, dense among them. */
    static Content mixed(ModelSpec spec, long seed) {
        List<String> labels = new ArrayList<>(List.of(MatrixReport.DENSE));
        for (Geometry geometry : Geometry.values()) {
            labels.add(geometry.label());
        }
        return content(spec, labels, 0.4, seed);
    }

    static Content content(ModelSpec spec, List<String> geometries, double density, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (TensorSpec tensor : spec.matrices()) {
            String label = geometries.get(matrices.size() % geometries.size());
            matrices.put(tensor.name(), matrix(tensor, label, density, random));
        }
        Map<String, float[]> biases = new LinkedHashMap<>();
        for (TensorSpec tensor : spec.biases()) {
            biases.put(tensor.name(), values(tensor.rows(), 0.5, random));
        }
        return new Content(spec, matrices, biases);
    }

    private static Matrix matrix(
            TensorSpec tensor, String label, double density, SplittableRandom random) {
        int rows = tensor.rows();
        int columns = tensor.columns();
        if (label.equals(MatrixReport.DENSE)) {
            double bound = Math.sqrt(3.0 / columns);
            return new DenseMatrix(rows, columns, values(rows * columns, bound, random));
        }
        SparsityPattern pattern =
                SparsityPattern.random(rows, columns, Geometry.of(label), density, random);
        double bound = Math.sqrt(3.0 / Math.max(1, density * columns));
        return new SparseMatrix(pattern, values(pattern.nonzeros(), bound, random));
    }

    /** Uniform in [-bound, bound]. */
    static float[] values(int length, double bound, SplittableRandom random) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return values;
    }
}
