package hlstm.bench.onnx;

import hlstm.bench.LstmStack.Direction;
import hlstm.runtime.CellSpec;
import java.util.List;
import java.util.function.Function;

/**
 * The operator DynamicQuantizeLSTM of ONNX Runtime: int8 weights with a scale for each row, inputs
 * quantised at every step.
 */
public final class QuantisedLstm extends LstmOperator {
    private final int levels;

    /**
     * The operator.
     *
     * @param levels the largest weight of a row becomes this number: 127, or 63 where the machine
     *     adds pairs of products in 16 bits and would saturate
     */
    public QuantisedLstm(int levels) {
        this.levels = levels;
    }

    @Override
    String domain() {
        return OnnxGraph.MICROSOFT;
    }

    @Override
    String operator() {
        return "DynamicQuantizeLSTM";
    }

    @Override
    List<String> scales(String name) {
        return List.of(name + ".w.scale", name + ".w.zero", name + ".r.scale", name + ".r.zero");
    }

    @Override
    void weights(OnnxGraph graph, String name, List<Direction> directions, int width) {
        matrices(graph, name + ".w", directions, width, Direction::input);
        matrices(graph, name + ".r", directions, width, Direction::recurrent);
        biases(graph, name, directions, width);
    }

    /** Matrices lie transposed here: a row for each input. */
    private void matrices(
            OnnxGraph graph,
            String name,
            List<Direction> directions,
            int width,
            Function<Direction, float[]> matrix) {
        int rows = CellSpec.GATES * width;
        int size = matrix.apply(directions.getFirst()).length;
        int columns = size / rows;
        byte[] values = new byte[directions.size() * size];
        float[] scales = new float[directions.size() * rows];
        float[] ordered = new float[size];
        for (int d = 0; d < directions.size(); d++) {
            reorder(matrix.apply(directions.get(d)), width * columns, ordered, 0);
            for (int row = 0; row < rows; row++) {
                float scale = scale(ordered, row * columns, columns);
                scales[d * rows + row] = scale;
                for (int column = 0; column < columns; column++) {
                    values[d * size + column * rows + row] =
                            (byte) Math.round(ordered[row * columns + column] / scale);
                }
            }
        }
        graph.bytes(name, values, directions.size(), columns, rows);
        graph.floats(name + ".scale", scales, directions.size(), rows);
        graph.bytes(name + ".zero", new byte[scales.length], directions.size(), rows);
    }

    /** What one level stands for; 1 for a row of zeros. */
    private float scale(float[] values, int offset, int length) {
        float largest = 0;
        for (int k = offset; k < offset + length; k++) {
            largest = Math.max(largest, Math.abs(values[k]));
        }
        return largest == 0 ? 1 : largest / levels;
    }
}
