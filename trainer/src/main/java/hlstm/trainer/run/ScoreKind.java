package hlstm.trainer.run;

import java.util.Locale;

/**
 * What a score on the development set is: a rate in percent, or a score times 100.
 *
 * @param key in logs, JSON and provenance: {@code wer}
 * @param label in text: {@code WER}
 * @param meaning in plots: {@code words (WER)}
 * @param unit behind values in text: {@code " %"} of rates, nothing of scores
 * @param higherIsBetter whether networks with a larger value are better
 */
public record ScoreKind(
        String key, String label, String meaning, String unit, boolean higherIsBetter) {
    /**
     * The value with the sign that makes smaller ones better, as grow-and-prune and the selection
     * of models take it; of such a cost, the value.
     */
    public double cost(double value) {
        return higherIsBetter ? -value : value;
    }

    /** A value in words: {@code WER 12.3 %}. */
    public String text(double value) {
        return label + " " + figure(value);
    }

    /** A value without the label: {@code 12.3 %}. */
    String figure(double value) {
        return String.format(Locale.ROOT, "%.1f%s", value, unit);
    }
}
