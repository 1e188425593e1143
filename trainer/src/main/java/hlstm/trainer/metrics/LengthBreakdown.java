package hlstm.trainer.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * BLEU counts by the length of the reference, which shows where a model of sequences loses: in
 * buckets of 1 to 10 words, 11 to 20 and so on, and one of none. For one thread.
 */
public final class LengthBreakdown {
    private final int width;
    private final TreeMap<Integer, Bucket> buckets = new TreeMap<>();

    /** The sentences of a bucket and their counts together. */
    public record Bucket(int sentences, BleuCounts counts) {}

    /**
     * A breakdown of no sentences.
     *
     * @param width lengths in a bucket, at least 1
     */
    public LengthBreakdown(int width) {
        if (width < 1) {
            throw new IllegalArgumentException(
                    "buckets of %d lengths; expected at least 1".formatted(width));
        }
        this.width = width;
    }

    /** Adds a sentence, to the bucket of its closest reference's length. */
    public void add(BleuCounts sentence) {
        int length = Math.toIntExact(sentence.referenceLength());
        int first = length == 0 ? 0 : (length - 1) / width * width + 1;
        buckets.merge(
                first,
                new Bucket(1, sentence),
                (a, b) -> new Bucket(a.sentences + b.sentences, a.counts.plus(b.counts)));
    }

    /** The buckets that hold sentences, by the shortest length that belongs to each. */
    public SortedMap<Integer, Bucket> buckets() {
        return Collections.unmodifiableSortedMap(buckets);
    }

    /** The longest length of the bucket that begins with a length. */
    public int last(int first) {
        return first == 0 ? 0 : first + width - 1;
    }
}
