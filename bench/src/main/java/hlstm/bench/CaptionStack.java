package hlstm.bench;

import hlstm.runtime.CaptioningTask;
import hlstm.runtime.CaptioningTask.FeatureTransform;
import hlstm.runtime.CellSpec;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.DenseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A captioner with a stack of dense LSTM layers, to be given to each runtime alike: vectors of
 * image and words, as wide as the layers, the stack, and an output layer. Arrays are shared, not
 * copied.
 *
 * @param task features of an image, and the words
 * @param layers the stack; it has one direction
 * @param vectors {@code width x (features + words)}, row after row: of each feature, then of each
 *     word
 * @param output {@code words x width}, row after row
 * @param bias of the output layer, {@code words}
 */
public record CaptionStack(
        CaptioningTask task, LstmStack layers, float[] vectors, float[] output, float[] bias) {
    /**
     * The bias of the end of a caption: so low that a caption of random weights goes on for as long
     * as it may.
     */
    private static final float NO_END = -10;

    /** The bias of what is never written, to leave it out of the sum of all probabilities. */
    private static final float NEVER = -1e5f;

    /** A task with so many features and words, {@link TokenVocabulary#SPECIAL} among them. */
    public static CaptioningTask task(int features, int words) {
        List<String> tokens = new ArrayList<>(TokenVocabulary.SPECIAL);
        while (tokens.size() < words) {
            tokens.add("w" + tokens.size());
        }
        return new CaptioningTask(features, FeatureTransform.NONE, new TokenVocabulary(tokens));
    }

    /** The bias of an output layer with which captions of random weights are as long as may be. */
    public static float[] endlessBias(CaptioningTask task) {
        float[] bias = new float[task.vocabulary().size()];
        bias[TokenVocabulary.END] = NO_END;
        bias[TokenVocabulary.UNKNOWN] = NEVER;
        bias[TokenVocabulary.BEGIN] = NEVER;
        return bias;
    }

    /** A captioner of random weights, whose captions are as long as they may be. */
    public static CaptionStack random(CaptioningTask task, int width, int layerCount, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int words = task.vocabulary().size();
        int inputs = task.featureWidth() + words;
        return new CaptionStack(
                task,
                LstmStack.random(width, width, layerCount, false, seed),
                RandomArrays.gaussian(width * inputs, 1, random),
                RandomArrays.gaussian(words * width, 1, random),
                endlessBias(task));
    }

    /** Width of the vectors and of the layers. */
    public int width() {
        return layers.width();
    }

    /** The same network as a model of this project. */
    public ModelBuilder model() {
        int words = task.vocabulary().size();
        int inputs = task.featureWidth() + words;
        List<LayerSpec> specs = new ArrayList<>();
        specs.add(new LinearSpec(inputs, width()));
        for (int n = 0; n < layers.layers().size(); n++) {
            CellSpec cell = new CellSpec(width(), width(), List.of(), false, 0);
            specs.add(new RecurrentSpec(cell, false));
        }
        specs.add(new LinearSpec(width(), words));
        ModelBuilder builder = new ModelBuilder(new ModelSpec(task, specs));
        builder.matrix("layers.0.weight", new DenseMatrix(width(), inputs, vectors));
        layers.addTo(builder, 1);
        String last = "layers.%d.".formatted(specs.size() - 1);
        return builder.matrix(last + "weight", new DenseMatrix(words, width(), output))
                .bias(last + "bias", bias);
    }
}
