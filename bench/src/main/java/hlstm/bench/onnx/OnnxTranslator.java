package hlstm.bench.onnx;

import hlstm.bench.TranslatorStack;
import java.util.List;

/** Writes an encoder and a step of its decoder as ONNX models, in memory. */
public final class OnnxTranslator {
    /** The embedded source, {@code steps x 1 x embedding}; in the decoder one embedding. */
    public static final String INPUT = "x";

    /** What attention adds up, {@code steps x width}: comes from the encoder. */
    public static final String MEMORY = "memory";

    /** What queries are multiplied with, {@code width x steps}: comes from the encoder. */
    public static final String KEYS = "keys";

    /** The attentional vector before a step, {@code 1 x 1 x width}. */
    public static final String FEED = "feed";

    /** Logarithms of the probabilities of the next token, {@code 1 x tokens}. */
    public static final String SCORES = "scores";

    /** Shares of the source tokens, {@code 1 x steps}. */
    public static final String SHARES = "shares";

    private OnnxTranslator() {}

    /** The encoder: the embedded source in, {@link #MEMORY} and {@link #KEYS} out. */
    public static byte[] encoder(TranslatorStack stack) {
        int width = stack.width();
        OnnxGraph graph = new OnnxGraph("encoder");
        graph.input(INPUT, "steps", 1, stack.embedding());
        graph.output(MEMORY, "steps", width);
        graph.output(KEYS, width, "steps");
        graph.indices("axis", 1);
        FloatLstm operator = new FloatLstm();
        String x = INPUT;
        for (int n = 0; n < stack.encoder().layers().size(); n++) {
            String both = "directions" + n;
            operator.add(
                    graph,
                    "layer" + n,
                    stack.encoder().layers().get(n),
                    stack.encoder().width(),
                    x,
                    List.of(),
                    List.of(both, "", ""));
            x = "y" + n;
            OnnxLstm.merge(graph, stack.encoder(), both, x);
        }
        graph.node("Squeeze", List.of(x, "axis"), List.of(MEMORY)).add();
        graph.floats("keys.weight", stack.keys(), width, width);
        graph.node("Transpose", List.of(MEMORY), List.of("memory.transposed")).add();
        graph.node("MatMul", List.of("keys.weight", "memory.transposed"), List.of(KEYS)).add();
        return graph.toByteArray();
    }

    /**
     * A step of the decoder: an embedding, the states of {@link OnnxLstm}, {@link #FEED}, {@link
     * #MEMORY} and {@link #KEYS} in; the {@linkplain OnnxLstm#next next} states and feed, {@link
     * #SHARES} and {@link #SCORES} out.
     */
    public static byte[] step(TranslatorStack stack) {
        int width = stack.width();
        OnnxGraph graph = new OnnxGraph("decoder");
        graph.input(INPUT, 1, 1, stack.embedding());
        graph.input(FEED, 1, 1, width);
        graph.input(MEMORY, "steps", width);
        graph.input(KEYS, width, "steps");
        graph.output(OnnxLstm.next(FEED), 1, 1, width);
        graph.output(SHARES, 1, "steps");
        graph.output(SCORES, 1, stack.tokens());
        graph.indices("first", 0);
        graph.node("Concat", List.of(INPUT, FEED), List.of("read")).attribute("axis", 2).add();
        FloatLstm operator = new FloatLstm();
        String x = "read";
        for (int n = 0; n < stack.decoder().layers().size(); n++) {
            List<String> state = List.of(OnnxLstm.h(n), OnnxLstm.c(n));
            for (String name : state) {
                graph.input(name, 1, 1, width);
                graph.output(OnnxLstm.next(name), 1, 1, width);
            }
            String h = OnnxLstm.next(OnnxLstm.h(n));
            operator.add(
                    graph,
                    "layer" + n,
                    stack.decoder().layers().get(n),
                    width,
                    x,
                    state,
                    List.of("", h, OnnxLstm.next(OnnxLstm.c(n))));
            x = h;
        }
        attention(graph, stack, x);
        graph.floats("output.weight", stack.output(), stack.tokens(), width);
        graph.floats("output.bias", stack.outputBias(), stack.tokens());
        graph.node(
                        "Gemm",
                        List.of("attentional", "output.weight", "output.bias"),
                        List.of("logits"))
                .attribute("transB", 1)
                .add();
        graph.node("LogSoftmax", List.of("logits"), List.of(SCORES)).attribute("axis", 1).add();
        return graph.toByteArray();
    }

    /** From the last layer's output to the attentional vector. */
    private static void attention(OnnxGraph graph, TranslatorStack stack, String output) {
        int width = stack.width();
        graph.node("Squeeze", List.of(output, "first"), List.of("query")).add();
        graph.node("MatMul", List.of("query", KEYS), List.of("products")).add();
        graph.node("Softmax", List.of("products"), List.of(SHARES)).attribute("axis", 1).add();
        graph.node("MatMul", List.of(SHARES, MEMORY), List.of("context")).add();
        graph.node("Concat", List.of("context", "query"), List.of("combined"))
                .attribute("axis", 1)
                .add();
        graph.floats("combine.weight", stack.combine(), width, 2L * width);
        graph.node("Gemm", List.of("combined", "combine.weight"), List.of("sum"))
                .attribute("transB", 1)
                .add();
        graph.node("Tanh", List.of("sum"), List.of("attentional")).add();
        graph.node("Unsqueeze", List.of("attentional", "first"), List.of(OnnxLstm.next(FEED)))
                .add();
    }
}
