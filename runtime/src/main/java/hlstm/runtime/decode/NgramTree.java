package hlstm.runtime.decode;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/**
 * n-grams as a tree: node 0 is the empty one, the parent of w1 ... wn is w1 ... wn-1. Nodes lie
 * order after order, the children of a node side by side and sorted by word, so that a child is
 * found by a binary search and a node costs 12 to 20 bytes. Of each node the tree knows the longest
 * proper suffix w2 ... wn, w3 ... wn, ... that is a node too, to which back-off goes.
 *
 * <p>Not changed any more once all orders have been added.
 */
final class NgramTree {
    static final int ROOT = 0;
    static final int NONE = -1;

    private int[] words = {NONE};
    private int[] suffixes = {ROOT};
    private float[] logProbabilities = {0};

    /** Of all orders but the highest. */
    private float[] backOffs = {0};

    /** Of all nodes that may have children, and the end of the last one's. */
    private int[] firstChildren = {1};

    int size() {
        return words.length;
    }

    /** The child of a node by a word, or NONE. */
    int child(int node, int word) {
        if (node >= firstChildren.length - 1) {
            return NONE;
        }
        int low = firstChildren[node];
        int high = firstChildren[node + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (words[middle] == word) {
                return middle;
            }
            if (words[middle] < word) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    /** Logarithm to base 10 of the probability of the last word after the others. */
    float logProbability(int node) {
        return logProbabilities[node];
    }

    /** Logarithm to base 10 of the back-off weight; {@link NgramLevel#NO_BACK_OFF} if none. */
    float backOff(int node) {
        return backOffs[node];
    }

    int suffix(int node) {
        return suffixes[node];
    }

    /** Whether a node is of an order at which it may be the context of others. */
    boolean isContext(int node) {
        return node < firstChildren.length - 1;
    }

    /**
     * Adds the n-grams of the next order, whose contexts are nodes of the last one.
     *
     * @param highest whether no order follows
     * @return the index of an n-gram that is there twice, the later of the two; NONE if all differ
     */
    int add(NgramLevel level, boolean highest) {
        int count = level.size();
        long[] keys = level.keys.elements();
        int[] order = IntArrays.EMPTY_ARRAY;
        if (count > 0) {
            order = new int[count];
            Arrays.setAll(order, k -> k);
            LongArrays.radixSortIndirect(order, Arrays.copyOf(keys, count), true);
        }
        for (int k = 1; k < count; k++) {
            if (keys[order[k]] == keys[order[k - 1]]) {
                return order[k];
            }
        }
        int begin = words.length;
        int end = Math.addExact(begin, count);
        words = Arrays.copyOf(words, end);
        suffixes = Arrays.copyOf(suffixes, end);
        logProbabilities = Arrays.copyOf(logProbabilities, end);
        backOffs = highest ? backOffs : Arrays.copyOf(backOffs, end);
        int parents = firstChildren.length - 1;
        firstChildren = Arrays.copyOf(firstChildren, begin + 1);
        int parent = parents;
        for (int k = 0; k < count; k++) {
            int from = order[k];
            int node = begin + k;
            int context = NgramLevel.context(keys[from]);
            while (parent <= context) {
                firstChildren[parent++] = node;
            }
            words[node] = NgramLevel.word(keys[from]);
            logProbabilities[node] = level.logProbabilities.getFloat(from);
            if (!highest) {
                backOffs[node] = level.backOffs.getFloat(from);
            }
            suffixes[node] = suffix(context, words[node]);
        }
        while (parent <= begin) {
            firstChildren[parent++] = end;
        }
        return NONE;
    }

    /** The longest suffix of a context and a word that is a node and shorter than both together. */
    private int suffix(int context, int word) {
        int from = context;
        while (from != ROOT) {
            from = suffixes[from];
            int node = child(from, word);
            if (node != NONE) {
                return node;
            }
        }
        return ROOT;
    }
}
