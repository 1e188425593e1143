package hlstm.runtime;

import hlstm.runtime.text.TokenVocabulary;
import java.util.Objects;

/**
 * Captioning of images: from the features of an image the network writes words, one at a step (O.
 * Vinyals and others, "Show and tell", CVPR 2015).
 *
 * <p>An input step has {@code featureWidth} features of the image, then a one for the word that was
 * written last and zeros for all others. The first step has the features alone, each later one a
 * word alone, {@link TokenVocabulary#BEGIN} first. So the first layer, which is linear, maps
 * features to the width of the decoder and looks words up, all in one matrix. An output step has a
 * score for each word; that of the first step means nothing.
 *
 * @param featureWidth features of an image
 * @param transform what becomes of features before the network
 * @param vocabulary the words
 */
public record CaptioningTask(
        int featureWidth, FeatureTransform transform, TokenVocabulary vocabulary)
        implements TaskSpec {
    /** What is done to each feature. */
    public enum FeatureTransform {
        /** Nothing. */
        NONE("none"),
        /** {@code ln(x + 1e-8)}, for probabilities. */
        LOG("log");

        private static final double TINY = 1e-8;

        private final String label;

        FeatureTransform(String label) {
            this.label = label;
        }

        /** The name in files and recipes. */
        public String label() {
            return label;
        }

        /**
         * The transform of a name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static FeatureTransform of(String label) {
            for (FeatureTransform transform : values()) {
                if (transform.label.equals(label)) {
                    return transform;
                }
            }
            throw new IllegalArgumentException(
                    "features may be transformed by none or log, found '%s'".formatted(label));
        }

        /** The transformed value; NaN for the logarithm of what is negative. */
        public float apply(float feature) {
            return this == NONE ? feature : (float) StrictMath.log(feature + TINY);
        }
    }

    /** Checks that there are features and words. */
    public CaptioningTask {
        Objects.requireNonNull(transform, "transform");
        Objects.requireNonNull(vocabulary, "vocabulary");
        if (featureWidth < 1 || featureWidth > LayerSpec.MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "an image must have 1 to %d features, found %d"
                            .formatted(LayerSpec.MAX_WIDTH, featureWidth));
        }
    }

    /** Width of an input step. */
    int inputWidth() {
        return featureWidth + vocabulary.size();
    }

    @Override
    public String kind() {
        return "captioning";
    }
}
