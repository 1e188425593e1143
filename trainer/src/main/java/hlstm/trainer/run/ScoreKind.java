package hlstm.trainer.run;

import java.util.Locale;

/**
 * What a score on the development set is: a rate or a score in percent.
 *
 * @param key in logs, JSON and provenance: {@code wer}
 * @param label in text: {@code WER}
 * @param meaning in plots: {@code words (WER)}
 * @param higherIsBetter whether networks with a larger value are better
 */
public record ScoreKind(String key, String label, String meaning, boolean higherIsBetter) {
    /**
     * The value with the sign that makes smaller ones better, as grow-and-prune and the selection
     * of models take it; of such a cost, the value.
     */
    public double cost(double value) {
        return higherIsBetter ? -value : value;
    }

    /** A value in words: {@code WER 12.3 %}. */
    public String text(double value) {
        return String.format(Locale.ROOT, "%s %.1f %%", label, value);
    }
}
