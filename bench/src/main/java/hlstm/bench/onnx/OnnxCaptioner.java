package hlstm.bench.onnx;

import hlstm.bench.CaptionStack;
import java.util.List;

/** Writes captioners with stacks of LSTM layers as ONNX models, in memory. */
public final class OnnxCaptioner {
    /** The features of an image, {@code 1 x features}. */
    public static final String IMAGE = "image";

    /** The vector of an image, {@code 1 x width}. */
    public static final String VECTOR = "vector";

    /** Natural logarithms of the probabilities of words, {@code 1 x hypotheses x words}. */
    public static final String SCORES = "scores";

    private static final int WORD_AXIS = 2;

    private OnnxCaptioner() {}

    /** A model that makes the vector of an image from its features. */
    public static byte[] image(CaptionStack captioner) {
        int features = captioner.task().featureWidth();
        OnnxGraph graph = new OnnxGraph("image");
        graph.input(IMAGE, 1, features);
        graph.output(VECTOR, 1, captioner.width());
        int inputs = features + captioner.task().vocabulary().size();
        float[] weights = transposed(captioner.vectors(), captioner.width(), inputs, features);
        graph.floats("weight", weights, features, captioner.width());
        graph.node("MatMul", List.of(IMAGE, "weight"), List.of(VECTOR)).add();
        return graph.toByteArray();
    }

    /**
     * A model that takes one step of several hypotheses at once: their vectors and states in, named
     * as in {@link OnnxLstm}, {@link #SCORES} and the states out.
     */
    public static byte[] step(CaptionStack captioner, LstmOperator operator, int hypotheses) {
        int width = captioner.width();
        int words = captioner.task().vocabulary().size();
        OnnxGraph graph = new OnnxGraph("captioner");
        String last = OnnxLstm.addStep(graph, captioner.layers(), operator, hypotheses);
        graph.output(SCORES, 1, hypotheses, words);
        graph.floats(
                "output.weight", transposed(captioner.output(), words, width, width), width, words);
        graph.floats("output.bias", captioner.bias(), words);
        graph.node("MatMul", List.of(last, "output.weight"), List.of("products")).add();
        graph.node("Add", List.of("products", "output.bias"), List.of("logits")).add();
        graph.node("LogSoftmax", List.of("logits"), List.of(SCORES))
                .attribute("axis", WORD_AXIS)
                .add();
        return graph.toByteArray();
    }

    /** The first columns of a matrix, transposed. */
    private static float[] transposed(float[] matrix, int rows, int stride, int columns) {
        float[] result = new float[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * stride + column];
            }
        }
        return result;
    }
}
