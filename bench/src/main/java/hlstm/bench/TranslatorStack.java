package hlstm.bench;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.TensorSpec;
import hlstm.runtime.TranslationTask;
import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.DenseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A dense encoder-decoder with general attention and its weights, to be given to each runtime
 * alike. Both sides have one vocabulary, whose words are {@link #word}. Arrays are shared, not
 * copied.
 *
 * @param tokens size of the vocabulary
 * @param encoder reads embeddings, in two directions whose outputs are concatenated
 * @param decoder reads an embedding and behind it the attentional vector
 * @param sourceEmbedding {@code tokens x encoder.inputWidth}, row after row
 * @param targetEmbedding of the same shape
 * @param keys {@code width x width}, of the decoder's width, which is that of the encoder's outputs
 * @param combine {@code width x 2 width}
 * @param output {@code tokens x width}
 * @param outputBias {@code tokens}
 */
public record TranslatorStack(
        int tokens,
        LstmStack encoder,
        LstmStack decoder,
        float[] sourceEmbedding,
        float[] targetEmbedding,
        float[] keys,
        float[] combine,
        float[] output,
        float[] outputBias) {
    /**
     * A stack of random weights, scaled so that every layer keeps the size of its input.
     *
     * @param width of every layer's output, an even number
     */
    public static TranslatorStack random(
            int tokens, int embedding, int width, int layers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double scale = 1 / Math.sqrt(width);
        return new TranslatorStack(
                tokens,
                LstmStack.random(
                        embedding, width / 2, layers, Directions.CONCATENATED, random.nextLong()),
                LstmStack.random(embedding + width, width, layers, false, random.nextLong()),
                RandomArrays.gaussian(tokens * embedding, 1, random),
                RandomArrays.gaussian(tokens * embedding, 1, random),
                RandomArrays.gaussian(width * width, scale, random),
                RandomArrays.gaussian(2 * width * width, scale, random),
                RandomArrays.gaussian(tokens * width, scale, random),
                RandomArrays.gaussian(tokens, scale, random));
    }

    /** The word of a token. */
    public static String word(int token) {
        return token < TokenVocabulary.SPECIAL.size()
                ? TokenVocabulary.SPECIAL.get(token)
                : "w" + token;
    }

    /** The task of a translator over words. */
    public static TranslationTask task(int tokens, int embedding, int width, int encoderLayers) {
        List<String> words = IntStream.range(0, tokens).mapToObj(TranslatorStack::word).toList();
        TextCoding coding =
                new TextCoding(
                        TextCoding.Unit.WORDS,
                        new TokenVocabulary(words),
                        new BytePairCodes(List.of()));
        return new TranslationTask(
                coding, coding, embedding, width, encoderLayers, TranslationTask.Attention.GENERAL);
    }

    /** Outputs of every layer. */
    public int width() {
        return decoder.width();
    }

    /** Width of the embeddings. */
    public int embedding() {
        return encoder.inputWidth();
    }

    /** Weights of the gate matrices, without biases. */
    public long weights() {
        return encoder.weights() + decoder.weights();
    }

    /** The same network as a model of this project. */
    public ModelBuilder model() {
        List<LayerSpec> specs = new ArrayList<>();
        int encoders = encoder.layers().size();
        addLayers(encoder, specs);
        addLayers(decoder, specs);
        int last = specs.size();
        specs.add(new LinearSpec(width(), tokens));
        ModelSpec spec = new ModelSpec(task(tokens, embedding(), width(), encoders), specs);
        ModelBuilder builder = new ModelBuilder(spec);
        for (TensorSpec tensor : spec.matrices()) {
            builder.matrix(
                    tensor.name(),
                    new DenseMatrix(
                            tensor.rows(), tensor.columns(), values(tensor.name(), encoders)));
        }
        for (int n = 0; n < last; n++) {
            boolean encodes = n < encoders;
            List<LstmStack.Direction> directions =
                    encodes ? encoder.layers().get(n) : decoder.layers().get(n - encoders);
            for (int d = 0; d < directions.size(); d++) {
                builder.bias(
                        "layers.%d.%s.gates.0.bias".formatted(n, d == 0 ? "forward" : "backward"),
                        directions.get(d).bias());
            }
        }
        return builder.bias("layers.%d.bias".formatted(last), outputBias);
    }

    private static void addLayers(LstmStack stack, List<LayerSpec> specs) {
        for (List<LstmStack.Direction> layer : stack.layers()) {
            int inputs = layer.getFirst().inputWidth();
            CellSpec cell = new CellSpec(inputs, stack.width(), List.of(), false, 0);
            specs.add(new RecurrentSpec(cell, stack.directions()));
        }
    }

    private float[] values(String name, int encoders) {
        return switch (name) {
            case "source.embedding" -> sourceEmbedding;
            case "target.embedding" -> targetEmbedding;
            case "attention.keys" -> keys;
            case "attention.combine" -> combine;
            default -> {
                String[] parts = name.split("\\.");
                if (parts.length == 3) {
                    yield output;
                }
                int layer = Integer.parseInt(parts[1]);
                List<LstmStack.Direction> directions =
                        layer < encoders
                                ? encoder.layers().get(layer)
                                : decoder.layers().get(layer - encoders);
                LstmStack.Direction direction = directions.get(parts[2].equals("forward") ? 0 : 1);
                yield parts[parts.length - 1].equals("input")
                        ? direction.input()
                        : direction.recurrent();
            }
        };
    }
}
