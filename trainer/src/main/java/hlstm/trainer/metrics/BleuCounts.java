package hlstm.trainer.metrics;

import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2IntMap;
import java.util.List;

/**
 * What BLEU counts in a sentence or a corpus: n-grams of the hypothesis, those of them that a
 * reference has too, and both lengths (Papineni, Roukos, Ward and Zhu, "BLEU", ACL 2002). The
 * counts of a corpus are the sums over its sentences. Immutable.
 */
public final class BleuCounts {
    /** N-grams of 1 to this many words are counted. */
    public static final int ORDER = NGramIndex.ORDER;

    /** No sentence. */
    public static final BleuCounts NONE = new BleuCounts(new long[ORDER], new long[ORDER], 0, 0);

    private final long[] matches;
    private final long[] totals;
    private final long hypothesisLength;
    private final long referenceLength;

    /**
     * Counts made elsewhere.
     *
     * @param matches element n - 1: n-grams of the hypothesis that are in a reference
     * @param totals element n - 1: n-grams of the hypothesis
     * @throws IllegalArgumentException if an array has not {@link #ORDER} elements
     */
    public BleuCounts(long[] matches, long[] totals, long hypothesisLength, long referenceLength) {
        if (matches.length != ORDER || totals.length != ORDER) {
            throw new IllegalArgumentException(
                    "counts of %d and %d orders of n-grams; expected %d"
                            .formatted(matches.length, totals.length, ORDER));
        }
        this.matches = matches.clone();
        this.totals = totals.clone();
        this.hypothesisLength = hypothesisLength;
        this.referenceLength = referenceLength;
    }

    /**
     * Counts a sentence. An n-gram matches at most as often as in the reference that has it most
     * often; of the lengths of the references the one closest to the hypothesis counts, the shorter
     * of two that are equally close.
     *
     * @param references one or more, split into words
     * @throws IllegalArgumentException if there is no reference
     */
    public static BleuCounts of(List<List<String>> references, List<String> hypothesis) {
        NGramIndex index = new NGramIndex();
        Int2IntLinkedOpenHashMap[] most = new Int2IntLinkedOpenHashMap[ORDER];
        for (int n = 0; n < ORDER; n++) {
            most[n] = new Int2IntLinkedOpenHashMap();
        }
        for (List<String> reference : references) {
            Int2IntLinkedOpenHashMap[] counts = index.count(reference);
            for (int n = 0; n < ORDER; n++) {
                for (Int2IntMap.Entry entry : counts[n].int2IntEntrySet()) {
                    most[n].mergeInt(entry.getIntKey(), entry.getIntValue(), Math::max);
                }
            }
        }
        long[] matches = new long[ORDER];
        long[] totals = new long[ORDER];
        Int2IntLinkedOpenHashMap[] counts = index.count(hypothesis);
        for (int n = 0; n < ORDER; n++) {
            for (Int2IntMap.Entry entry : counts[n].int2IntEntrySet()) {
                totals[n] += entry.getIntValue();
                matches[n] += Math.min(entry.getIntValue(), most[n].get(entry.getIntKey()));
            }
        }
        return new BleuCounts(
                matches, totals, hypothesis.size(), closest(references, hypothesis.size()));
    }

    private static int closest(List<List<String>> references, int length) {
        int closest = -1;
        for (List<String> reference : references) {
            int difference = Math.abs(reference.size() - length);
            int best = Math.abs(closest - length);
            if (closest < 0
                    || difference < best
                    || difference == best && reference.size() < closest) {
                closest = reference.size();
            }
        }
        if (closest < 0) {
            throw new IllegalArgumentException("a sentence without references cannot be scored");
        }
        return closest;
    }

    /** The counts of both. */
    public BleuCounts plus(BleuCounts other) {
        long[] sumOfMatches = new long[ORDER];
        long[] sumOfTotals = new long[ORDER];
        for (int n = 0; n < ORDER; n++) {
            sumOfMatches[n] = matches[n] + other.matches[n];
            sumOfTotals[n] = totals[n] + other.totals[n];
        }
        return new BleuCounts(
                sumOfMatches,
                sumOfTotals,
                hypothesisLength + other.hypothesisLength,
                referenceLength + other.referenceLength);
    }

    /** N-grams of n words in the hypothesis that a reference has too; n is 1 to {@link #ORDER}. */
    public long matches(int n) {
        return matches[n - 1];
    }

    /** N-grams of n words in the hypothesis; n is 1 to {@link #ORDER}. */
    public long totals(int n) {
        return totals[n - 1];
    }

    /** Words of the hypothesis. */
    public long hypothesisLength() {
        return hypothesisLength;
    }

    /** Words of the closest references. */
    public long referenceLength() {
        return referenceLength;
    }

    /** The share of n-grams that match, as a fraction; 0 if there are none. */
    public double precision(int n) {
        return totals(n) == 0 ? 0 : (double) matches(n) / totals(n);
    }

    /**
     * The brevity penalty: 1 if the hypothesis is as long as the reference or longer, exp(1 -
     * reference / hypothesis) if it is shorter, 0 if it is empty and the reference is not.
     */
    public double brevityPenalty() {
        if (hypothesisLength >= referenceLength) {
            return 1;
        }
        return hypothesisLength == 0
                ? 0
                : Math.exp(1 - (double) referenceLength / hypothesisLength);
    }
}
