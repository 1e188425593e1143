package hlstm.sparse;

/**
 * Chooses the atoms of smallest key until they hold a wanted number of weights: a radix selection
 * in two passes over the keys, linear in their number. Among equal keys the first position wins.
 */
final class AtomSelection {
    /** The key of an atom that cannot be chosen. */
    static final int NONE = -1;

    private static final int LOW_BITS = 16;
    private static final int LOW_MASK = (1 << LOW_BITS) - 1;
    private static final int HIGH_BINS = 1 << (Integer.SIZE - 1 - LOW_BITS);

    private final int[] keys;
    private final int rows;
    private final int tileRows;
    private final int atomsPerGroup;

    /**
     * @param keys {@link #NONE} or not negative; as many atoms for each group of rows
     * @param rows rows of the matrix
     * @param tileRows rows of a group, that is weights of an atom; the last group may have fewer
     */
    AtomSelection(int[] keys, int rows, int tileRows) {
        this.keys = keys;
        this.rows = rows;
        this.tileRows = tileRows;
        int groups = (rows + tileRows - 1) / tileRows;
        this.atomsPerGroup = groups == 0 ? 0 : keys.length / groups;
    }

    /** The key of a score that is to be chosen when large (or small). The score is not negative. */
    static int key(float score, boolean largestFirst) {
        // The bits of floats that are not negative order as the floats do; -0 + 0 is 0.
        int bits = Float.floatToRawIntBits(score + 0f);
        return largestFirst ? Integer.MAX_VALUE - bits : bits;
    }

    /** Whether each atom is chosen; together they hold {@code weights}, or up to one atom more. */
    boolean[] choose(long weights) {
        boolean[] chosen = new boolean[keys.length];
        if (weights == 0) {
            return chosen;
        }
        long[] high = new long[HIGH_BINS];
        for (int k = 0; k < keys.length; k++) {
            if (keys[k] != NONE) {
                high[keys[k] >>> LOW_BITS] += weightsOf(k);
            }
        }
        long below = 0;
        int bin = 0;
        while (bin < HIGH_BINS && below + high[bin] < weights) {
            below += high[bin++];
        }
        long threshold = Long.MAX_VALUE;
        if (bin < HIGH_BINS) {
            long[] low = new long[LOW_MASK + 1];
            for (int k = 0; k < keys.length; k++) {
                if (keys[k] != NONE && keys[k] >>> LOW_BITS == bin) {
                    low[keys[k] & LOW_MASK] += weightsOf(k);
                }
            }
            int step = 0;
            while (below + low[step] < weights) {
                below += low[step++];
            }
            threshold = bin << LOW_BITS | step;
        }
        for (int k = 0; k < keys.length; k++) {
            if (keys[k] == NONE || keys[k] > threshold) {
                continue;
            }
            if (keys[k] < threshold) {
                chosen[k] = true;
            } else if (below < weights) {
                chosen[k] = true;
                below += weightsOf(k);
            }
        }
        return chosen;
    }

    private int weightsOf(int atom) {
        return Math.min(tileRows, rows - atom / atomsPerGroup * tileRows);
    }
}
