package hlstm.trainer.layers;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A vector for each symbol: one parameter {@code <name>.weight}, {@code symbols x width}, whose
 * rows are looked up. Of its gradient only the rows of symbols that occur are touched. Keeps the
 * symbols from one forward pass to the next, so it belongs to one training loop at a time.
 */
public final class Embedding {
    /** Features of a task of the gradient. */
    private static final int TASK_FEATURES = 32;

    private final Parameter weight;
    private final SequenceBlock output = new SequenceBlock();
    private int[][] symbols;

    /**
     * An embedding of zeros; see {@link #initialise}.
     *
     * @param name the embedding's name within the network, such as {@code encoder.embedding}
     * @param symbols number of symbols
     * @param width features of each
     */
    public Embedding(String name, int symbols, int width) {
        weight = new Parameter(name + ".weight", Parameter.Kind.OTHER, symbols, width);
    }

    /** The vectors, a row for each symbol. */
    public Parameter weight() {
        return weight;
    }

    /** The trainable parameters: the vectors. */
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    /** Number of symbols. */
    public int symbols() {
        return weight.rows();
    }

    /** Features of a symbol. */
    public int width() {
        return weight.columns();
    }

    /**
     * Draws all vectors from a uniform distribution.
     *
     * @param bound of their elements, positive and negative
     */
    public void initialise(RandomGenerator random, float bound) {
        for (int k = 0; k < weight.values().length; k++) {
            weight.values()[k] = random.nextFloat(-bound, bound);
        }
    }

    /**
     * Looks the symbols of a batch up.
     *
     * @param symbols those of each lane's sequence; kept, not copied, until {@link #backward}
     * @param lanes lanes of the output, at least one for each sequence
     * @return a step for each symbol; owned by the embedding and valid until its next forward pass
     * @throws IllegalArgumentException if there is no vector for a symbol
     */
    public SequenceBlock forward(int[][] symbols, int lanes, Pass pass) {
        int[] lengths = Arrays.stream(symbols).mapToInt(sequence -> sequence.length).toArray();
        check(symbols);
        this.symbols = symbols;
        output.reshape(Arrays.stream(lengths).max().orElse(0), width(), lanes, lengths);
        pass.workers().run(output.steps(), this::lookUp);
        return output;
    }

    private void check(int[][] symbols) {
        for (int[] sequence : symbols) {
            for (int symbol : sequence) {
                if (symbol < 0 || symbol >= symbols()) {
                    throw new IllegalArgumentException(
                            "%s has vectors for symbols 0 to %d, found symbol %d"
                                    .formatted(weight.name(), symbols() - 1, symbol));
                }
            }
        }
    }

    private void lookUp(int step) {
        float[] y = output.data();
        for (int lane = 0; lane < symbols.length; lane++) {
            if (step < symbols[lane].length) {
                int row = symbols[lane][step] * width();
                int into = output.stepOffset(step) + lane;
                for (int feature = 0; feature < width(); feature++) {
                    y[into + feature * output.lanes()] = weight.values()[row + feature];
                }
            }
        }
    }

    /**
     * Adds the gradient of the vectors that were looked up. Each element is summed in one task,
     * step after step and lane after lane.
     *
     * @param outputGradient of the shape of the last forward pass's output
     */
    public void backward(SequenceBlock outputGradient, Pass pass) {
        ShapeChecks.checkBackward(weight.name(), output, output, outputGradient);
        int tasks = Math.ceilDiv(width(), TASK_FEATURES);
        pass.workers().run(tasks, task -> addGradient(outputGradient, task * TASK_FEATURES));
    }

    private void addGradient(SequenceBlock outputGradient, int firstFeature) {
        int endFeature = Math.min(width(), firstFeature + TASK_FEATURES);
        float[] dy = outputGradient.data();
        float[] gradient = weight.gradient();
        for (int step = 0; step < outputGradient.steps(); step++) {
            for (int lane = 0; lane < symbols.length; lane++) {
                if (step < symbols[lane].length) {
                    int row = symbols[lane][step] * width();
                    for (int feature = firstFeature; feature < endFeature; feature++) {
                        gradient[row + feature] += dy[outputGradient.offset(step, feature) + lane];
                    }
                }
            }
        }
    }
}
