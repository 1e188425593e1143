package hlstm.runtime;

import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a network by name: of the shapes its architecture asks for, all there, all finite.
 */
final class Weights {
    private final Map<String, Matrix> matrices = new LinkedHashMap<>();
    private final Map<String, float[]> biases = new LinkedHashMap<>();

    /**
     * Takes what the architecture asks for, without copying.
     *
     * @throws IllegalArgumentException if anything is missing, superfluous, of another shape or not
     *     finite
     */
    Weights(ModelSpec spec, Map<String, Matrix> matrices, Map<String, float[]> biases) {
        for (TensorSpec expected : spec.matrices()) {
            Matrix matrix = found(matrices, expected);
            checkShape(expected, matrix.rows(), matrix.columns());
            checkFinite(expected.name(), values(matrix));
            if (MatrixReport.isLookup(expected.name()) && !(matrix instanceof DenseMatrix)) {
                throw new IllegalArgumentException(
                        "'%s': expected a dense matrix, whose rows are looked up; found a sparse one"
                                .formatted(expected.name()));
            }
            this.matrices.put(expected.name(), matrix);
        }
        if (spec.task() instanceof CaptioningTask) {
            checkLookup(spec.matrices().getFirst().name());
        }
        for (TensorSpec expected : spec.biases()) {
            float[] bias = found(biases, expected);
            checkShape(expected, bias.length, 1);
            checkFinite(expected.name(), bias);
            this.biases.put(expected.name(), bias);
        }
        checkNoOthers(this.matrices, matrices);
        checkNoOthers(this.biases, biases);
    }

    /** What is looked up lies column after column, which takes room for all of it. */
    private void checkLookup(String name) {
        if (!(matrices.get(name) instanceof DenseMatrix)) {
            throw new IllegalArgumentException(
                    "'%s': expected a dense matrix, since words are looked up in it, found a sparse one"
                            .formatted(name));
        }
    }

    /** The matrices in stored order. */
    Map<String, Matrix> matrices() {
        return matrices;
    }

    /** The biases in stored order. */
    Map<String, float[]> biases() {
        return biases;
    }

    Matrix matrix(String name) {
        return matrices.get(name);
    }

    float[] bias(String name) {
        return biases.get(name);
    }

    private static <T> T found(Map<String, T> tensors, TensorSpec expected) {
        T tensor = tensors.get(expected.name());
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "expected '%s' (%d x %d), found none"
                            .formatted(expected.name(), expected.rows(), expected.columns()));
        }
        return tensor;
    }

    private static void checkShape(TensorSpec expected, int rows, int columns) {
        if (rows != expected.rows() || columns != expected.columns()) {
            throw new IllegalArgumentException(
                    "'%s': expected %d x %d, found %d x %d"
                            .formatted(
                                    expected.name(),
                                    expected.rows(),
                                    expected.columns(),
                                    rows,
                                    columns));
        }
    }

    /** The stored weights of a matrix. */
    static float[] values(Matrix matrix) {
        return switch (matrix) {
            case DenseMatrix dense -> dense.values();
            case SparseMatrix sparse -> sparse.values();
        };
    }

    private static void checkFinite(String name, float[] values) {
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "'%s': expected finite weights, found %s as number %d"
                                .formatted(name, values[k], k));
            }
        }
    }

    private static void checkNoOthers(Map<String, ?> expected, Map<String, ?> found) {
        for (String name : found.keySet()) {
            if (!expected.containsKey(name)) {
                throw new IllegalArgumentException("the architecture has no '%s'".formatted(name));
            }
        }
    }
}
