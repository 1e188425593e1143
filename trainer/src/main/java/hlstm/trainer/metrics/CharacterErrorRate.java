package hlstm.trainer.metrics;

import java.util.List;

/**
 * The character error rate of a corpus: edits over all utterances per character (Unicode code
 * point) of all references. White space at the ends is left out, and a run of it within counts as
 * one space.
 */
public final class CharacterErrorRate {
    private EditCounts counts = EditCounts.NONE;

    /** A rate of no utterances yet. */
    public CharacterErrorRate() {}

    /** Adds an utterance, and returns its counts. */
    public EditCounts add(String reference, String hypothesis) {
        EditCounts added = EditCounts.of(characters(reference), characters(hypothesis));
        counts = counts.plus(added);
        return added;
    }

    /** The counts so far. */
    public EditCounts counts() {
        return counts;
    }

    /** The rate so far as a fraction; NaN before the first reference character. */
    public double rate() {
        return counts.errorRate();
    }

    private static List<Integer> characters(String text) {
        return text.strip().replaceAll("\\s+", " ").codePoints().boxed().toList();
    }
}
