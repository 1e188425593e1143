package hlstm.bench.onnx;

import hlstm.bench.LstmStack.Direction;
import hlstm.runtime.CellSpec;
import java.util.List;
import java.util.function.Function;

/** The operator LSTM of the standard, in float32. */
public final class FloatLstm extends LstmOperator {
    /** The operator. */
    public FloatLstm() {}

    @Override
    String domain() {
        return "";
    }

    @Override
    String operator() {
        return "LSTM";
    }

    @Override
    List<String> scales(String name) {
        return List.of();
    }

    @Override
    void weights(OnnxGraph graph, String name, List<Direction> directions, int width) {
        matrices(graph, name + ".w", directions, width, Direction::input);
        matrices(graph, name + ".r", directions, width, Direction::recurrent);
        biases(graph, name, directions, width);
    }

    private static void matrices(
            OnnxGraph graph,
            String name,
            List<Direction> directions,
            int width,
            Function<Direction, float[]> matrix) {
        int size = matrix.apply(directions.getFirst()).length;
        int rows = CellSpec.GATES * width;
        float[] values = new float[directions.size() * size];
        for (int d = 0; d < directions.size(); d++) {
            reorder(matrix.apply(directions.get(d)), size / CellSpec.GATES, values, d * size);
        }
        graph.floats(name, values, directions.size(), rows, size / rows);
    }
}
