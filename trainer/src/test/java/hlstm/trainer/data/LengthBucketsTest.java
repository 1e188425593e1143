package hlstm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {
    private final int[] steps = new SplittableRandom(5).ints(101, 20, 400).toArray();
    private final LengthBuckets buckets = new LengthBuckets(steps, 16, 9, true);

    @Test
    void everyEpochHoldsEverySequenceOnceInBatchesOfNearlyEqualSize() {
        for (int epoch = 0; epoch < 5; epoch++) {
            List<int[]> batches = buckets.epoch(epoch);
            assertEquals(7, batches.size());
            assertEquals(7, buckets.batches());
            for (int[] batch : batches) {
                assertTrue(batch.length == 14 || batch.length == 15, "size " + batch.length);
            }
            int[] all = batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
            assertArrayEquals(IntStream.range(0, 101).toArray(), all);
        }
    }

    @Test
    void theFirstEpochMayGoFromShortToLong() {
        int[] lengths = lengths(buckets.epoch(0));
        int[] sorted = steps.clone();
        Arrays.sort(sorted);
        assertArrayEquals(sorted, lengths);
        assertArrayEquals(sorted, lengths(buckets.byLength()));
        assertFalse(
                Arrays.equals(sorted, lengths(new LengthBuckets(steps, 16, 9, false).epoch(0))));
    }

    private int[] lengths(List<int[]> batches) {
        return batches.stream().flatMapToInt(Arrays::stream).map(i -> steps[i]).toArray();
    }

    @Test
    void orderDependsOnSeedAndEpochAlone() {
        LengthBuckets same = new LengthBuckets(steps, 16, 9, true);
        same.epoch(1);
        assertArrayEquals(lengths(buckets.epoch(3)), lengths(same.epoch(3)));
        assertFalse(Arrays.equals(lengths(buckets.epoch(3)), lengths(buckets.epoch(4))));
        LengthBuckets other = new LengthBuckets(steps, 16, 10, true);
        assertFalse(Arrays.equals(lengths(buckets.epoch(3)), lengths(other.epoch(3))));
    }

    @Test
    void littleIsPadded() {
        int[] many = new SplittableRandom(6).ints(800, 70, 640).toArray();
        long valid = Arrays.stream(many).sum();
        for (int epoch = 1; epoch < 4; epoch++) {
            long padded = 0;
            for (int[] batch : new LengthBuckets(many, 16, 1, false).epoch(epoch)) {
                padded +=
                        (long) batch.length
                                * Arrays.stream(batch).map(i -> many[i]).max().getAsInt();
            }
            assertTrue(padded < 1.15 * valid, "padded %d of %d".formatted(padded, valid));
        }
    }

    @Test
    void neighboursChangeFromEpochToEpoch() {
        int[] first = buckets.epoch(1).stream().filter(b -> contains(b, 0)).findFirst().get();
        int[] second = buckets.epoch(2).stream().filter(b -> contains(b, 0)).findFirst().get();
        Arrays.sort(first);
        Arrays.sort(second);
        assertFalse(Arrays.equals(first, second));
    }

    private static boolean contains(int[] batch, int index) {
        return Arrays.stream(batch).anyMatch(i -> i == index);
    }

    @Test
    void emptySetsAndSizesAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new LengthBuckets(new int[0], 16, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new LengthBuckets(steps, 0, 1, false));
    }
}
