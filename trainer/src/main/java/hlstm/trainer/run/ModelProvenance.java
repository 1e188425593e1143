package hlstm.trainer.run;

import hlstm.runtime.MatrixReport;
import hlstm.runtime.ModelBuilder;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Parameter;
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

    static void note(
            ModelBuilder model,
            Recipe recipe,
            TrainingData data,
            int epochs,
            Candidate chosen,
            Network network) {
        GateMatrices gates = GateMatrices.of(network);
        model.provenance("program", "hlstm " + version())
                .provenance("recipe", recipe.name())
                .provenance("seed", Long.toString(recipe.seed()))
                .provenance("data", data.description())
                .provenance("data.sha256", data.hash())
                .provenance("epochs", Integer.toString(epochs))
                .provenance("epoch", Integer.toString(chosen.epoch()))
                .provenance("dev.wer", decimal(chosen.wer() / 100))
                .provenance("dev.cer", decimal(chosen.cer() / 100))
                .provenance("gates.weights", Long.toString(gates.weights()))
                .provenance("gates.density", decimal(gates.density()));
        for (MatrixFigures matrix : gates.figures()) {
            model.provenance("density." + matrix.name(), decimal(matrix.density()));
        }
        geometries(network).forEach((kind, labels) -> model.provenance("geometry." + kind, labels));
        RecipeSettings.effective(recipe)
                .forEach((key, value) -> model.provenance("recipe." + key, value));
    }

    /** The geometry of each kind of gate matrix, as it is and not as the recipe wanted it. */
    private static Map<String, String> geometries(Network network) {
        return GateMatrices.parameters(network).stream()
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
