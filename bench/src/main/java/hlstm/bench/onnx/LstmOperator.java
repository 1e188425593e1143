package hlstm.bench.onnx;

import hlstm.bench.LstmStack.Direction;
import hlstm.runtime.CellSpec;
import java.util.ArrayList;
import java.util.List;

/** A way to write an LSTM layer: as an operator of ONNX, with its weights. */
public abstract sealed class LstmOperator permits FloatLstm, QuantisedLstm {
    /** ONNX stacks the gates in the order i, o, f, c; these are their places in i, f, g, o. */
    private static final int[] GATE_ORDER = {0, 3, 1, 2};

    LstmOperator() {}

    /**
     * Adds a layer of one or two directions to a graph.
     *
     * @param name what the names of its weights begin with
     * @param x the input, {@code steps x 1 x inputWidth}
     * @param state the names of h and c before, {@code directions x 1 x width}; empty for zeros
     * @param results the names of the outputs of all steps {@code steps x directions x 1 x width}
     *     and of h and c after; an empty name for what is not wanted
     */
    final void add(
            OnnxGraph graph,
            String name,
            List<Direction> directions,
            int width,
            String x,
            List<String> state,
            List<String> results) {
        weights(graph, name, directions, width);
        List<String> inputs =
                new ArrayList<>(List.of(x, name + ".w", name + ".r", name + ".b", ""));
        inputs.addAll(state.isEmpty() ? List.of("", "") : state);
        inputs.add(""); // no peepholes
        inputs.addAll(scales(name));
        graph.node(domain(), operator(), inputs, results)
                .attribute("hidden_size", width)
                .attribute("direction", directions.size() == 2 ? "bidirectional" : "forward")
                .add();
    }

    abstract String domain();

    abstract String operator();

    /** The names of inputs behind those that both operators have. */
    abstract List<String> scales(String name);

    abstract void weights(OnnxGraph graph, String name, List<Direction> directions, int width);

    /** The bias of the input and that of the recurrence; we have one, so the other is zero. */
    static void biases(OnnxGraph graph, String name, List<Direction> directions, int width) {
        int rows = CellSpec.GATES * width;
        float[] biases = new float[directions.size() * 2 * rows];
        for (int d = 0; d < directions.size(); d++) {
            reorder(directions.get(d).bias(), width, biases, 2 * d * rows);
        }
        graph.floats(name + ".b", biases, directions.size(), 2L * rows);
    }

    /** Copies blocks of the gates i, f, g, o in the order of ONNX. */
    static void reorder(float[] from, int block, float[] to, int offset) {
        for (int k = 0; k < GATE_ORDER.length; k++) {
            System.arraycopy(from, GATE_ORDER[k] * block, to, offset + k * block, block);
        }
    }
}
