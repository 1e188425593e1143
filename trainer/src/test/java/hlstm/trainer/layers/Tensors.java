package hlstm.trainer.layers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of parameters and states as plain matrices in double precision, by name. */
final class Tensors {
    private final Map<String, double[][]> matrices = new HashMap<>();

    static Tensors of(List<Parameter> parameters, List<LayerState> states) {
        Tensors tensors = new Tensors();
        for (Parameter parameter : parameters) {
            double[][] matrix = new double[parameter.rows()][parameter.columns()];
            for (Element element : Element.of(parameter)) {
                matrix[element.row()][element.column()] = parameter.values()[element.position()];
            }
            tensors.matrices.put(parameter.name(), matrix);
        }
        for (LayerState state : states) {
            double[][] matrix = new double[state.values().length][1];
            for (int row = 0; row < matrix.length; row++) {
                matrix[row][0] = state.values()[row];
            }
            tensors.matrices.put(state.name(), matrix);
        }
        return tensors;
    }

    double[][] get(String name) {
        double[][] matrix = matrices.get(name);
        if (matrix == null) {
            throw new AssertionError("no tensor " + name + " among " + matrices.keySet());
        }
        return matrix;
    }
}
