package hlstm.trainer.metrics;

import java.util.List;

/**
 * How a hypothesis differs from its reference, by a Levenshtein alignment: reference tokens met,
 * replaced and missing, and tokens inserted. Of the alignments with the fewest edits, one with the
 * most hits is counted.
 *
 * @param hits tokens of the reference that the hypothesis has
 * @param substitutions tokens of the reference replaced by others
 * @param deletions tokens of the reference that are missing
 * @param insertions tokens of the hypothesis that the reference has not
 */
public record EditCounts(long hits, long substitutions, long deletions, long insertions) {
    /** No tokens at all. */
    public static final EditCounts NONE = new EditCounts(0, 0, 0, 0);

    /** One edit in a cost, so that hits decide between alignments of equally many edits. */
    private static final long EDIT = 1L << 32;

    /** Aligns two sequences of tokens, compared by {@code equals}. */
    public static EditCounts of(List<?> reference, List<?> hypothesis) {
        int n = reference.size();
        int m = hypothesis.size();
        // The cost of a cell is its edits less its hits, edits counting infinitely more.
        long[] row = new long[m + 1];
        for (int j = 1; j <= m; j++) {
            row[j] = j * EDIT;
        }
        for (int i = 1; i <= n; i++) {
            long diagonal = row[0];
            row[0] = i * EDIT;
            for (int j = 1; j <= m; j++) {
                boolean hit = reference.get(i - 1).equals(hypothesis.get(j - 1));
                long cost = diagonal + (hit ? -1 : EDIT);
                diagonal = row[j];
                row[j] = Math.min(cost, Math.min(row[j - 1], row[j]) + EDIT);
            }
        }
        long edits = Math.ceilDiv(row[m], EDIT);
        long hits = edits * EDIT - row[m];
        long substitutions = n + m - 2 * hits - edits;
        return new EditCounts(
                hits, substitutions, n - hits - substitutions, m - hits - substitutions);
    }

    /** The counts of both. */
    public EditCounts plus(EditCounts other) {
        return new EditCounts(
                hits + other.hits,
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions);
    }

    /** Substitutions, deletions and insertions. */
    public long edits() {
        return substitutions + deletions + insertions;
    }

    /** Tokens of the reference. */
    public long referenceLength() {
        return hits + substitutions + deletions;
    }

    /** Tokens of the hypothesis. */
    public long hypothesisLength() {
        return hits + substitutions + insertions;
    }

    /**
     * Edits per token of the reference, as a fraction; may exceed 1. NaN if the reference is empty
     * and the hypothesis too, infinite if only the reference is.
     */
    public double errorRate() {
        return (double) edits() / referenceLength();
    }

    /**
     * The match error rate: edits per token of the alignment, in [0, 1] (Morris, Maier and Green,
     * "From WER and RIL to MER and WIL", Interspeech 2004). NaN if there are no tokens.
     */
    public double matchErrorRate() {
        return (double) edits() / (hits + edits());
    }

    /**
     * The word information lost, in [0, 1]: 1 less hits squared over the product of both lengths
     * (same source). 1 if only one is empty, NaN if both are.
     */
    public double informationLost() {
        if (hits == 0 && edits() > 0) {
            return 1;
        }
        return 1 - (double) hits / referenceLength() * ((double) hits / hypothesisLength());
    }
}
