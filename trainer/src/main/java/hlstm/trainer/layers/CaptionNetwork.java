package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.TaskSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A decoder that writes captions (O. Vinyals and others, "Show and tell", CVPR 2015): its first
 * input is a linear map of the features of an image, its further inputs are the vectors of the
 * words so far, and a linear layer makes of its outputs behind each word a score for each next
 * word. Dropout on the inputs, behind every recurrent layer, and in the gates.
 *
 * <p>Parameters are those of {@code image}, {@code words}, {@code layers.<n>} and {@code output}.
 * Belongs to one training loop at a time.
 */
public final class CaptionNetwork implements Trainable {
    /** The elements of word vectors begin between its negative and itself. */
    private static final float WORD_BOUND = 0.1f;

    private final LinearLayer image;
    private final Embedding words;

    /** Dropout and recurrent layers by turns. */
    private final List<Layer> decoder = new ArrayList<>();

    private final List<RecurrentLayer> recurrent = new ArrayList<>();
    private final LinearLayer output;
    private final List<Parameter> parameters = new ArrayList<>();

    /** The image's step, then the words'. */
    private final SequenceBlock inputs = new SequenceBlock();

    /** The decoder's outputs without that of the image's step. */
    private final SequenceBlock behindWords = new SequenceBlock();

    private final SequenceBlock decoderGradient = new SequenceBlock();
    private final SequenceBlock imageGradient = new SequenceBlock();
    private final SequenceBlock wordGradient = new SequenceBlock();

    /**
     * A network of zeros; see {@link #initialise}.
     *
     * @param features of an image
     * @param vocabulary number of words
     * @param cells of the recurrent layers, the first one's input width being that of the vectors
     * @param inputDropout share of the inputs of the decoder that training drops
     * @param dropout share of the outputs of each recurrent layer that training drops
     * @param gateDropout share of the gates' hidden units that training drops
     */
    public CaptionNetwork(
            int features,
            int vocabulary,
            List<CellSpec> cells,
            float inputDropout,
            float dropout,
            float gateDropout) {
        int embedding = cells.getFirst().inputWidth();
        image = new LinearLayer("image", features, embedding);
        words = new Embedding("words", vocabulary, embedding);
        decoder.add(new DropoutLayer("inputs", embedding, inputDropout));
        for (int n = 0; n < cells.size(); n++) {
            RecurrentLayer layer =
                    new RecurrentLayer("layers." + n, cells.get(n), false, gateDropout);
            recurrent.add(layer);
            decoder.add(layer);
            decoder.add(new DropoutLayer("layers." + n, layer.outputWidth(), dropout));
        }
        output =
                new LinearLayer(
                        "output", Parameter.Kind.OUTPUT, cells.getLast().width(), vocabulary);
        parameters.addAll(image.parameters());
        parameters.addAll(words.parameters());
        decoder.forEach(layer -> parameters.addAll(layer.parameters()));
        parameters.addAll(output.parameters());
    }

    /** Features of an image. */
    public int featureWidth() {
        return image.inputWidth();
    }

    /** Number of words. */
    public int vocabulary() {
        return words.symbols();
    }

    @Override
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    @Override
    public List<LayerState> state() {
        return List.of();
    }

    @Override
    public void initialise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        image.initialise(random.split());
        words.initialise(random.split(), WORD_BOUND);
        for (RecurrentLayer layer : recurrent) {
            layer.initialise(random.split());
        }
        output.initialise(random.split());
    }

    @Override
    public void setRectifierSlope(float slope) {
        recurrent.forEach(layer -> layer.setRectifierSlope(slope));
    }

    /**
     * The scores of the words that may follow each word.
     *
     * @param images one step with the features of the image of each lane
     * @param said the words that each lane reads; at least one
     * @return a step for each word read; owned by the network, valid until its next forward pass
     */
    public SequenceBlock forward(SequenceBlock images, int[][] said, Pass pass) {
        SequenceBlock imageInput = image.forward(images, pass);
        SequenceBlock wordInput = words.forward(said, images.lanes(), pass);
        int[] lengths = wordInput.lengths();
        for (int lane = 0; lane < said.length; lane++) {
            lengths[lane]++;
        }
        inputs.reshape(wordInput.steps() + 1, words.width(), images.lanes(), lengths);
        System.arraycopy(imageInput.data(), 0, inputs.data(), 0, imageInput.size());
        System.arraycopy(
                wordInput.data(), 0, inputs.data(), inputs.stepOffset(1), wordInput.size());
        SequenceBlock block = inputs;
        for (Layer layer : decoder) {
            block = layer.forward(block, pass);
        }
        behindWords.reshape(
                wordInput.steps(), block.features(), block.lanes(), wordInput.lengths());
        System.arraycopy(
                block.data(), block.stepOffset(1), behindWords.data(), 0, behindWords.size());
        return output.forward(behindWords, pass);
    }

    /** Adds the gradients of all parameters, after a forward pass with an equal {@link Pass}. */
    public void backward(SequenceBlock outputGradient, Pass pass) {
        SequenceBlock gradient = output.backward(outputGradient, true, pass);
        decoderGradient.reshape(
                inputs.steps(), gradient.features(), gradient.lanes(), inputs.lengths());
        System.arraycopy(
                gradient.data(),
                0,
                decoderGradient.data(),
                decoderGradient.stepOffset(1),
                gradient.size());
        gradient = decoderGradient;
        for (Layer layer : decoder.reversed()) {
            gradient = layer.backward(gradient, true, pass);
        }
        int lanes = gradient.lanes();
        imageGradient.reshape(
                1,
                words.width(),
                lanes,
                Arrays.stream(gradient.lengths()).map(n -> n > 0 ? 1 : 0).toArray());
        System.arraycopy(gradient.data(), 0, imageGradient.data(), 0, imageGradient.size());
        image.backward(imageGradient, false, pass);
        wordGradient.reshape(gradient.steps() - 1, words.width(), lanes, behindWords.lengths());
        System.arraycopy(
                gradient.data(),
                gradient.stepOffset(1),
                wordGradient.data(),
                0,
                wordGradient.size());
        words.backward(wordGradient, pass);
    }

    /** Takes what {@link #export} has made of the layers of image and words, to rounding. */
    public void restoreInput(
            float[] inputWeights, float[] inputBias, float[] shift, float[] scale) {
        int width = featureWidth() + vocabulary();
        float[] imageWeights = new float[words.width() * featureWidth()];
        float[] imageBias = new float[words.width()];
        float[] wordWeights = new float[words.width() * vocabulary()];
        for (int row = 0; row < words.width(); row++) {
            double sum = inputBias[row];
            for (int k = 0; k < featureWidth(); k++) {
                float weight = inputWeights[row * width + k];
                imageWeights[row * featureWidth() + k] = weight / scale[k];
                sum += (double) weight * shift[k];
            }
            imageBias[row] = (float) sum;
            for (int word = 0; word < vocabulary(); word++) {
                wordWeights[word * words.width() + row] =
                        inputWeights[row * width + featureWidth() + word] + inputBias[row];
            }
        }
        image.weight().restore(null, imageWeights, List.of());
        image.bias().restore(null, imageBias, List.of());
        words.weight().restore(null, wordWeights, List.of());
    }

    /** The parameters that {@link #restoreInput} does not restore, in order. */
    public List<Parameter> parametersBehindInput() {
        return parameters.subList(
                image.parameters().size() + words.parameters().size(), parameters.size());
    }

    /**
     * The network as a model: one linear layer for image and words, the recurrent layers, the
     * output. What was done to the features before goes into that layer, and its bias, which is
     * added to words too, is taken from their vectors. All values are copied.
     *
     * @param task a {@link hlstm.runtime.CaptioningTask}
     * @param shift what was subtracted from each feature before training
     * @param scale what each was multiplied by then
     */
    public ModelBuilder export(TaskSpec task, float[] shift, float[] scale) {
        LinearLayer input = new LinearLayer("input", featureWidth() + vocabulary(), words.width());
        float[] weights = input.weight().values();
        float[] bias = input.bias().values();
        for (int row = 0; row < words.width(); row++) {
            int into = row * input.inputWidth();
            double sum = image.bias().values()[row];
            for (int k = 0; k < featureWidth(); k++) {
                double weight =
                        (double) image.weight().values()[row * featureWidth() + k] * scale[k];
                weights[into + k] = (float) weight;
                sum -= weight * shift[k];
            }
            bias[row] = (float) sum;
            for (int word = 0; word < vocabulary(); word++) {
                weights[into + featureWidth() + word] =
                        (float) (words.weight().values()[word * words.width() + row] - sum);
            }
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(input);
        layers.addAll(decoder);
        layers.add(output);
        return NetworkExporter.export(new Network(layers), task);
    }
}
