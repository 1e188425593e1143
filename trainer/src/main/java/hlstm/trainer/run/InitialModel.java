package hlstm.trainer.run;

import hlstm.runtime.CellSpec;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.StoredModel;
import hlstm.runtime.TaskSpec;
import hlstm.runtime.TensorSpec;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import hlstm.trainer.layers.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A trained model that a run begins with in place of random weights: its weights and connections,
 * to be trained on, on the same data or other, or to be pruned.
 */
public final class InitialModel {
    private static final String SETTING = "recipe.";

    private final StoredModel model;
    private final String name;

    private InitialModel(StoredModel model, String name) {
        this.model = model;
        this.name = name;
    }

    /**
     * Reads a model.
     *
     * @throws hlstm.runtime.ModelFormatException if the file is no model; the message says what is
     *     wrong
     * @throws IOException if it cannot be read
     */
    public static InitialModel read(Path file) throws IOException {
        return new InitialModel(StoredModel.read(file), file.toString());
    }

    /**
     * The recipe that the model was trained by, as far as it says so.
     *
     * @param base has the settings that the model does not name
     * @throws RunException if the model is for another task
     * @throws IllegalArgumentException if the model's settings do not go together
     */
    public Recipe recipe(Recipe base) {
        String wanted = RecipeKind.of(base).label();
        if (!model.spec().task().kind().equals(wanted)) {
            throw otherTask(wanted);
        }
        Map<String, String> known = RecipeSettings.texts(base);
        List<String> settings = new ArrayList<>();
        model.provenance()
                .forEach(
                        (key, value) -> {
                            String setting =
                                    key.startsWith(SETTING) ? key.substring(SETTING.length()) : "";
                            if (known.containsKey(setting)) {
                                settings.add(setting + "=" + value);
                            }
                        });
        return base.with(settings);
    }

    /** The name of the model for messages, such as its file's. */
    public String name() {
        return name;
    }

    /** The model's digest, in hexadecimal digits. */
    String fingerprint() {
        return "%016x".formatted(model.fingerprint());
    }

    /**
     * What the model is for.
     *
     * @throws RunException if that is another task
     */
    public <T extends TaskSpec> T requireTask(Class<T> type, String wanted) {
        TaskSpec task = model.spec().task();
        if (!type.isInstance(task)) {
            throw otherTask(wanted);
        }
        return type.cast(task);
    }

    private RunException otherTask(String wanted) {
        return new RunException(
                "%s cannot be trained on for %s, it is for %s: name a model that 'hlstm train %s' made"
                        .formatted(name, wanted, model.spec().task().kind(), wanted));
    }

    /** The slope of the rectifiers that the model was trained with; 0 for a model without any. */
    float rectifierSlope() {
        for (LayerSpec layer : model.spec().layers()) {
            if (layer instanceof RecurrentSpec recurrent) {
                CellSpec cell = recurrent.cell();
                return cell.rectifierSlope();
            }
        }
        return 0;
    }

    /**
     * Copies weights and connections.
     *
     * @param parameters all that take a tensor of the model each
     * @param tensors the name of the tensor of a parameter's name
     * @param others tensors of the model that no parameter takes
     * @throws RunException if the model has other tensors; the parameters are then partly changed
     */
    public void into(
            List<Parameter> parameters, UnaryOperator<String> tensors, List<String> others) {
        Map<String, TensorSpec> left = new LinkedHashMap<>();
        ModelSpec spec = model.spec();
        spec.matrices().forEach(tensor -> left.put(tensor.name(), tensor));
        spec.biases().forEach(tensor -> left.put(tensor.name(), tensor));
        others.forEach(left::remove);
        for (Parameter parameter : parameters) {
            TensorSpec tensor = left.remove(tensors.apply(parameter.name()));
            if (tensor == null) {
                throw otherNetwork("%s, which the model has not".formatted(parameter.name()));
            }
            requireShape(
                    parameter.name(),
                    parameter.rows(),
                    parameter.columns(),
                    tensor.rows(),
                    tensor.columns());
            copy(tensor.name(), parameter);
        }
        if (!left.isEmpty()) {
            throw otherNetwork(
                    "no %s, which the model has".formatted(left.keySet().iterator().next()));
        }
    }

    /**
     * Checks that two dense matrices are one.
     *
     * @param instead the setting that does not need it
     * @throws RunException if they are not
     */
    public void requireEqual(String matrix, String other, String instead) {
        if (!(model.matrix(matrix) instanceof DenseMatrix one)
                || !(model.matrix(other) instanceof DenseMatrix two)
                || !Arrays.equals(one.values(), two.values())) {
            throw new RunException(
                    "%s and %s of %s are not one matrix, as the recipe wants: set %s"
                            .formatted(matrix, other, name, instead));
        }
    }

    /** All weights and connections of a network whose parameters are named as the tensors are. */
    void into(List<Parameter> parameters) {
        into(parameters, UnaryOperator.identity(), List.of());
    }

    /**
     * The weights of a dense matrix; not to be written to.
     *
     * @throws RunException if it is of another shape or sparse
     */
    float[] denseWeights(String matrix, int rows, int columns) {
        Matrix found = model.matrix(matrix);
        requireShape(matrix, rows, columns, found.rows(), found.columns());
        if (!(found instanceof DenseMatrix dense)) {
            throw otherNetwork("a dense %s, where the model has a sparse one".formatted(matrix));
        }
        return dense.values();
    }

    /** A bias; not to be written to. */
    float[] bias(String bias) {
        return model.bias(bias);
    }

    private void requireShape(
            String tensor, int rows, int columns, int foundRows, int foundColumns) {
        if (foundRows != rows || foundColumns != columns) {
            throw otherNetwork(
                    "%s of %d x %d, where the model has %d x %d"
                            .formatted(tensor, rows, columns, foundRows, foundColumns));
        }
    }

    private void copy(String tensor, Parameter parameter) {
        if (parameter.kind() == Parameter.Kind.VECTOR) {
            parameter.restore(null, model.bias(tensor), List.of());
            return;
        }
        switch (model.matrix(tensor)) {
            case DenseMatrix dense -> parameter.restore(null, dense.values(), List.of());
            case SparseMatrix sparse ->
                    parameter.restore(sparse.pattern(), sparse.values(), List.of());
        }
    }

    private RunException otherNetwork(String difference) {
        return new RunException(
                ("%s has another network than the recipe: the recipe's has %s. Train by the recipe that"
                                + " the model was trained by, which is taken where none is named")
                        .formatted(name, difference));
    }
}
