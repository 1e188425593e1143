package hlstm.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Batches of sequences of similar length, so that little is padded. Which sequences meet and in
 * what order batches come depends on the seed and the epoch alone. The batches of an epoch hold
 * every sequence once, and their sizes differ by one at most. Immutable.
 */
public final class LengthBuckets {
    /** Lengths vary by up to this share in sorting, so that other sequences meet in each epoch. */
    private static final double JITTER = 0.1;

    private final int[] steps;
    private final int batchSize;
    private final long seed;
    private final boolean shortestFirst;

    /**
     * Batches of the given sequences.
     *
     * @param steps length of every sequence; copied
     * @param batchSize the most sequences of a batch
     * @param seed decides the order
     * @param shortestFirst whether epoch 0 goes from the shortest to the longest, as DeepSpeech2
     *     does ("SortaGrad")
     */
    public LengthBuckets(int[] steps, int batchSize, long seed, boolean shortestFirst) {
        if (steps.length == 0 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "batches need sequences and a positive size, found %d sequences and size %d"
                            .formatted(steps.length, batchSize));
        }
        this.steps = steps.clone();
        this.batchSize = batchSize;
        this.seed = seed;
        this.shortestFirst = shortestFirst;
    }

    /** Batches of an epoch. */
    public int batches() {
        return Math.ceilDiv(steps.length, batchSize);
    }

    /** The batches of an epoch: indices of sequences, each batch from short to long. */
    public List<int[]> epoch(int epoch) {
        if (epoch == 0 && shortestFirst) {
            return byLength();
        }
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, epoch));
        double[] keys = new double[steps.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = steps[i] * (1 + JITTER * random.nextDouble());
        }
        List<int[]> batches = cut(keys);
        for (int i = batches.size() - 1; i > 0; i--) {
            Collections.swap(batches, i, random.nextInt(i + 1));
        }
        return batches;
    }

    /** Batches from the shortest to the longest sequence, always the same: for scoring. */
    public List<int[]> byLength() {
        double[] keys = new double[steps.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = steps[i];
        }
        return cut(keys);
    }

    private List<int[]> cut(double[] keys) {
        int[] order =
                IntStream.range(0, keys.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> keys[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<int[]> batches = new ArrayList<>();
        int count = batches();
        for (int b = 0; b < count; b++) {
            int begin = (int) ((long) b * order.length / count);
            int end = (int) ((b + 1L) * order.length / count);
            batches.add(Arrays.copyOfRange(order, begin, end));
        }
        return batches;
    }
}
