package hlstm.runtime;

import hlstm.runtime.text.TextCoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Translation by an encoder and a decoder with global attention and input feeding (Luong, Pham and
 * Manning, "Effective Approaches to Attention-based Neural Machine Translation", EMNLP 2015). The
 * first layers of the model encode the embedded source into one vector h_s for each token; the
 * further recurrent layers are the decoder, which at each step reads the embedding of the last
 * target token and the attentional vector of the step before; the linear layer scores the tokens
 * that may come next. With d the output of the last decoder layer:
 *
 * <pre>{@code
 * score_s = d . h_s  (dot)   or   d . (K h_s)  (general)
 * a = softmax(score)      v = sum_s a_s h_s      attentional = tanh(C [v; d])      logits = W attentional + b
 * }</pre>
 *
 * <p>The states of the decoder and the attentional vector before the first step are zero.
 *
 * @param source how source text becomes tokens
 * @param target how target tokens become text
 * @param embeddingWidth width of the embeddings of both
 * @param width cells of every layer
 * @param encoderLayers number of layers that encode
 * @param attention how the decoder looks at the source
 */
public record TranslationTask(
        TextCoding source,
        TextCoding target,
        int embeddingWidth,
        int width,
        int encoderLayers,
        Attention attention)
        implements TaskSpec {
    static final String SOURCE_EMBEDDING = "source.embedding";
    static final String TARGET_EMBEDDING = "target.embedding";
    static final String KEYS = "attention.keys";
    static final String COMBINE = "attention.combine";

    /** How scores of source tokens are made. */
    public enum Attention {
        /** The product of both vectors. */
        DOT("dot"),
        /** The product of both with a learnt matrix between them. */
        GENERAL("general");

        private final String label;

        Attention(String label) {
            this.label = label;
        }

        /** The kind in files and settings. */
        public String label() {
            return label;
        }

        /**
         * The kind of a label.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Attention of(String label) {
            for (Attention attention : values()) {
                if (attention.label.equals(label)) {
                    return attention;
                }
            }
            throw new IllegalArgumentException(
                    "expected dot or general, found '%s'".formatted(label));
        }
    }

    /** Checks the sizes. */
    public TranslationTask {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(attention, "attention");
        if (embeddingWidth < 1 || width < 1 || encoderLayers < 1) {
            throw new IllegalArgumentException(
                    "expected positive sizes, found embeddings of %d, cells of %d, %d encoder layers"
                            .formatted(embeddingWidth, width, encoderLayers));
        }
    }

    @Override
    public List<TensorSpec> matrices() {
        List<TensorSpec> matrices = new ArrayList<>();
        matrices.add(new TensorSpec(SOURCE_EMBEDDING, source.vocabulary().size(), embeddingWidth));
        matrices.add(new TensorSpec(TARGET_EMBEDDING, target.vocabulary().size(), embeddingWidth));
        if (attention == Attention.GENERAL) {
            matrices.add(new TensorSpec(KEYS, width, width));
        }
        matrices.add(new TensorSpec(COMBINE, width, Math.multiplyExact(2, width)));
        return matrices;
    }

    /**
     * Checks that layers are an encoder, a decoder and an output of these sizes.
     *
     * @throws IllegalArgumentException if they are not; the message names the layer
     */
    void check(List<LayerSpec> layers) {
        int last = layers.size() - 1;
        if (last <= encoderLayers) {
            throw new IllegalArgumentException(
                    ("translation needs %d layers to encode, one or more to decode and one for the"
                                    + " output, found %d in all")
                            .formatted(encoderLayers, layers.size()));
        }
        for (int n = 0; n < last; n++) {
            if (!(layers.get(n) instanceof RecurrentSpec recurrent)) {
                throw new IllegalArgumentException(
                        "layer %d must be recurrent, found %s".formatted(n, layers.get(n)));
            }
            if (n >= encoderLayers && recurrent.bidirectional()) {
                throw new IllegalArgumentException(
                        "layer %d decodes and must run forwards only".formatted(n));
            }
            int input =
                    n == 0
                            ? embeddingWidth
                            : n == encoderLayers ? Math.addExact(embeddingWidth, width) : width;
            ModelSpec.checkWidth("the input of layer " + n, input, recurrent.inputWidth());
            ModelSpec.checkWidth("the output of layer " + n, width, recurrent.outputWidth());
        }
        if (!(layers.get(last) instanceof LinearSpec)) {
            throw new IllegalArgumentException(
                    "layer %d must be linear, found %s".formatted(last, layers.get(last)));
        }
        ModelSpec.checkWidth("the input of layer " + last, width, layers.get(last).inputWidth());
        ModelSpec.checkWidth(
                "the output of the last layer, as the target vocabulary has",
                target.vocabulary().size(),
                layers.get(last).outputWidth());
    }

    @Override
    public String kind() {
        return TranslationJson.KIND;
    }
}
