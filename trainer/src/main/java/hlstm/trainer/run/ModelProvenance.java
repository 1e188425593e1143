package hlstm.trainer.run;

import hlstm.runtime.MatrixReport;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Trainable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a model file says about the run it is from. Nothing that differs between equal runs: no
 * times, no paths, no number of threads. Rates are fractions, as in all that programs read of
 * models.
 */
final class ModelProvenance {
    private ModelProvenance() {}

    /**
     * For the network as it is.
     *
     * @param epochs that were trained
     * @param chosen what the network is
     */
    static Map<String, String> of(Recipe recipe, TrainingTask task, int epochs, Candidate chosen) {
        Trainable network = task.network();
        GateMatrices gates = GateMatrices.of(network);
        Scores scores = chosen.scores(recipe.scores());
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("program", "hlstm " + version());
        notes.put("recipe", recipe.name());
        notes.put("seed", Long.toString(recipe.seed()));
        notes.put("data", task.dataDescription());
        notes.put("data.sha256", task.dataHash());
        task.initialModel().ifPresent(model -> notes.put("initialModel", model.fingerprint()));
        notes.put("epochs", Integer.toString(epochs));
        notes.put("epoch", Integer.toString(chosen.epoch()));
        notes.put("dev." + recipe.scores().get(0).key(), decimal(scores.first() / 100));
        notes.put("dev." + recipe.scores().get(1).key(), decimal(scores.second() / 100));
        notes.put("gates.weights", Long.toString(gates.weights()));
        notes.put("gates.density", decimal(gates.density()));
        for (MatrixFigures matrix : gates.figures()) {
            notes.put("density." + matrix.name(), decimal(matrix.density()));
        }
        geometries(network).forEach((kind, labels) -> notes.put("geometry." + kind, labels));
        RecipeSettings.effective(recipe).forEach((key, value) -> notes.put("recipe." + key, value));
        return notes;
    }

    /**
     * The geometry of each kind of gate matrix, and of other matrices that are sparse, as it is and
     * not as the recipe wanted it.
     */
    private static Map<String, String> geometries(Trainable network) {
        List<Parameter> gates = GateMatrices.parameters(network);
        return network.parameters().stream()
                .filter(parameter -> gates.contains(parameter) || parameter.isSparse())
                .collect(
                        Collectors.groupingBy(
                                parameter -> parameter.kind().name().toLowerCase(Locale.ROOT),
                                Collectors.mapping(
                                        ModelProvenance::geometry,
                                        Collectors.collectingAndThen(
                                                Collectors.toCollection(TreeSet::new),
                                                labels -> String.join(", ", labels)))));
    }

    private static String geometry(Parameter parameter) {
        return parameter.isSparse() ? parameter.pattern().geometry().label() : MatrixReport.DENSE;
    }

    /** The version in the manifest of the jar, or {@code development} outside a jar. */
    private static String version() {
        String version = ModelProvenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
