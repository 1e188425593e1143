package hlstm.trainer.layers;

/**
 * Inverted dropout without state: whether an element is dropped is a hash of the batch's seed, the
 * layer, the step, the feature and the lane. Forward and backward passes of a batch therefore drop
 * the same elements, on any number of threads and after a restart.
 */
final class DropoutMask {
    /** Odd constants that spread neighbouring features and lanes over the hash's input. */
    static final int FEATURE_STEP = 0x9E3779B9;

    private static final int LANE_STEP = 0x7FEB352D;

    private DropoutMask() {}

    static void checkRate(float rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate must lie in [0, 1), found " + rate);
        }
    }

    /** The part of the hash that the elements of a step share. */
    static int key(long seed, int layer, int step) {
        long hash = mix(seed + 0x9E3779B97F4A7C15L * layer);
        return (int) (mix(hash + 0x9E3779B97F4A7C15L * (step + 1)) >>> 32);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Multiplies each element by 0 with probability {@code rate}, else by {@code 1 / (1 - rate)}.
     * Applied to activations in the forward and to their gradient in the backward pass.
     *
     * @param y a block of {@code features} x {@code lanes}, in place
     * @param firstLane the lane of the batch that lane 0 of the block is
     */
    static void apply(
            float rate,
            int key,
            float[] y,
            int offset,
            int stride,
            int features,
            int lanes,
            int firstLane) {
        int threshold = (int) (rate * 0x1p31);
        float scale = 1 / (1 - rate);
        for (int feature = 0; feature < features; feature++) {
            int row = offset + feature * stride;
            int rowKey = key + feature * FEATURE_STEP + firstLane * LANE_STEP;
            for (int lane = 0; lane < lanes; lane++) {
                // The finaliser of MurmurHash3; no branch, so that the loop may be vectorised.
                int hash = rowKey + lane * LANE_STEP;
                hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
                hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
                hash ^= hash >>> 16;
                int keep = ~(((hash >>> 1) - threshold) >> 31);
                float scaled = y[row + lane] * scale;
                y[row + lane] = Float.intBitsToFloat(Float.floatToRawIntBits(scaled) & keep);
            }
        }
    }
}
