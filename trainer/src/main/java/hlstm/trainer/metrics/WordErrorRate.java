package hlstm.trainer.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * The word error rate of a corpus: edits over all utterances per word of all references. Words are
 * separated by white space; letter case counts.
 */
public final class WordErrorRate {
    private EditCounts counts = EditCounts.NONE;

    /** A rate of no utterances yet. */
    public WordErrorRate() {}

    /** Adds an utterance, and returns its counts. */
    public EditCounts add(String reference, String hypothesis) {
        EditCounts added = EditCounts.of(words(reference), words(hypothesis));
        counts = counts.plus(added);
        return added;
    }

    /** The counts so far. */
    public EditCounts counts() {
        return counts;
    }

    /** The rate so far as a fraction; NaN before the first reference word. */
    public double rate() {
        return counts.errorRate();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}
