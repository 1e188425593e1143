package hlstm.runtime.decode;

import java.util.Objects;

/**
 * Shallow fusion with a language model of words: each complete word w adds {@code weight * ln p(w |
 * words before) + wordBonus} to the score of a hypothesis (Hannun et al., "First-Pass Large
 * Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs", 2014). Words are
 * what lies between spaces. Immutable, as its model is.
 *
 * @param model the language model
 * @param weight of its log-probabilities, at least 0
 * @param wordBonus added for each word, against a model's preference for few words
 * @param sentenceEnd whether a finished text is weighed as a whole sentence, by {@code weight * ln
 *     p(</s> | words before)} too
 */
public record LanguageFusion(
        NgramModel model, double weight, double wordBonus, boolean sentenceEnd) {
    /** Checks the ranges. */
    public LanguageFusion {
        Objects.requireNonNull(model, "model");
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weight of a language model must be 0 or more, found " + weight);
        }
        if (!Double.isFinite(wordBonus)) {
            throw new IllegalArgumentException("a word bonus must be finite, found " + wordBonus);
        }
        if (sentenceEnd && !model.knowsSentenceEnd()) {
            throw new IllegalArgumentException(
                    "weighing the end of a sentence needs </s> in the language model, found none");
        }
    }

    /** Fusion that weighs the ends of sentences if the model knows them. */
    public static LanguageFusion of(NgramModel model, double weight, double wordBonus) {
        return new LanguageFusion(model, weight, wordBonus, model.knowsSentenceEnd());
    }
}
