package hlstm.bench.onnx;

import hlstm.bench.LstmStack;
import hlstm.bench.LstmStack.Direction;
import java.util.List;

/** Writes stacks of LSTM layers as ONNX models, in memory. */
public final class OnnxLstm {
    /** The input: the steps, {@code steps x 1 x inputWidth}. */
    public static final String INPUT = "x";

    /** The output of a model for sequences, {@code steps x 1 x outputWidth}. */
    public static final String OUTPUT = "y";

    private static final String AXIS = "axis";

    private OnnxLstm() {}

    /** The name of the output h of a layer before a step, {@code 1 x sequences x width}. */
    public static String h(int layer) {
        return "h" + layer;
    }

    /** The name of the cell state c of a layer before a step, {@code 1 x sequences x width}. */
    public static String c(int layer) {
        return "c" + layer;
    }

    /** The name of a state after the step; the output of the stack is that of its last layer. */
    public static String next(String state) {
        return state + ".next";
    }

    /**
     * A model that takes one step: x and the states in, the states out.
     *
     * @throws IllegalArgumentException if the stack is bidirectional
     */
    public static byte[] step(LstmStack stack, LstmOperator operator) {
        if (stack.bidirectional()) {
            throw new IllegalArgumentException(
                    "a bidirectional stack takes whole sequences: expected one direction");
        }
        OnnxGraph graph = new OnnxGraph("step");
        addStep(graph, stack, operator, 1);
        return graph.toByteArray();
    }

    /**
     * Adds the layers of a step of several sequences at once, with their inputs and outputs.
     *
     * @return the name of the output of the last layer, {@code 1 x sequences x width}
     */
    static String addStep(OnnxGraph graph, LstmStack stack, LstmOperator operator, int sequences) {
        graph.input(INPUT, 1, sequences, stack.inputWidth());
        String x = INPUT;
        for (int n = 0; n < stack.layers().size(); n++) {
            List<String> state = List.of(h(n), c(n));
            for (String name : state) {
                graph.input(name, 1, sequences, stack.width());
                graph.output(next(name), 1, sequences, stack.width());
            }
            operator.add(
                    graph,
                    "layer" + n,
                    stack.layers().get(n),
                    stack.width(),
                    x,
                    state,
                    List.of("", next(h(n)), next(c(n))));
            x = next(h(n)); // steps x sequences x width of one step, as the next layer wants it
        }
        return x;
    }

    /** A model that takes a whole sequence, from a state of zeros on. */
    public static byte[] sequence(LstmStack stack, LstmOperator operator) {
        OnnxGraph graph = new OnnxGraph("sequence");
        graph.input(INPUT, "steps", 1, stack.inputWidth());
        graph.output(OUTPUT, "steps", 1, stack.outputWidth());
        graph.indices(AXIS, 1);
        String x = INPUT;
        int last = stack.layers().size() - 1;
        for (int n = 0; n <= last; n++) {
            List<Direction> directions = stack.layers().get(n);
            String both = "directions" + n;
            operator.add(
                    graph,
                    "layer" + n,
                    directions,
                    stack.width(),
                    x,
                    List.of(),
                    List.of(both, "", ""));
            x = n == last ? OUTPUT : "y" + n;
            merge(graph, stack, both, x);
        }
        return graph.toByteArray();
    }

    /** Brings the directions of a layer together, and leaves their dimension out. */
    static void merge(OnnxGraph graph, LstmStack stack, String both, String y) {
        switch (stack.directions()) {
            case FORWARD -> graph.node("Squeeze", List.of(both, AXIS), List.of(y)).add();
            case SUMMED ->
                    graph.node("ReduceSum", List.of(both, AXIS), List.of(y))
                            .attribute("keepdims", 0)
                            .add();
            case CONCATENATED -> {
                // With one sequence those of a step lie side by side already.
                String shape = y + ".shape";
                graph.indices(shape, -1, 1, stack.outputWidth());
                graph.node("Reshape", List.of(both, shape), List.of(y)).add();
            }
        }
    }
}
