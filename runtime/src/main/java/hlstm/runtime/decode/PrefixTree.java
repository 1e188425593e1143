package hlstm.runtime.decode;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/**
 * The prefixes that a beam search has met: node 0 is the empty one, each other node adds a symbol
 * to its parent, which has a lower number. A node also holds what a language model makes of it.
 * Nodes that no prefix in use needs are removed when they have become many, so memory is bounded by
 * the prefixes in use, not by the length of a stream.
 */
final class PrefixTree {
    static final int ROOT = 0;
    static final int NONE = -1;

    private static final int CAPACITY = 256;

    private final int symbols;
    private final int fewestToPrune;
    private final Long2IntOpenHashMap children = new Long2IntOpenHashMap();
    private int size;
    private int pruneAt;

    private int[] parent = new int[CAPACITY];
    private int[] symbol = new int[CAPACITY];

    /** Rank in the beam, or NONE. */
    private int[] rank = new int[CAPACITY];

    /** State of the language model after the complete words. */
    private int[] state = new int[CAPACITY];

    /** What the complete words add to the score. */
    private double[] score = new double[CAPACITY];

    /** State and score if the last word ends here; NaN: not computed yet. */
    private int[] endState = new int[CAPACITY];

    private double[] endScore = new double[CAPACITY];

    /** While nodes are removed: whether a node stays, then its new number. */
    private int[] moved = new int[CAPACITY];

    /**
     * A tree of no prefix; {@link #reset} plants it.
     *
     * @param symbols number of symbols
     * @param fewestToPrune the number of nodes below which none is removed
     */
    PrefixTree(int symbols, int fewestToPrune) {
        this.symbols = symbols;
        this.fewestToPrune = fewestToPrune;
        children.defaultReturnValue(NONE);
    }

    /** Begins anew, with the empty prefix alone. */
    void reset(int firstState) {
        children.clear();
        size = 0;
        pruneAt = fewestToPrune;
        add(NONE, NONE, firstState, 0);
    }

    int size() {
        return size;
    }

    int parent(int node) {
        return parent[node];
    }

    /** The last symbol of a prefix; NONE of the empty one. */
    int symbol(int node) {
        return symbol[node];
    }

    int rank(int node) {
        return rank[node];
    }

    void rank(int node, int value) {
        rank[node] = value;
    }

    int state(int node) {
        return state[node];
    }

    double score(int node) {
        return score[node];
    }

    boolean endIsKnown(int node) {
        return endScore[node] == endScore[node];
    }

    int endState(int node) {
        return endState[node];
    }

    double endScore(int node) {
        return endScore[node];
    }

    void end(int node, int newState, double newScore) {
        endState[node] = newState;
        endScore[node] = newScore;
    }

    /** The child by a symbol, or NONE. */
    int child(int node, int by) {
        return children.get(key(node, by));
    }

    /** A new child, which must not exist. */
    int addChild(int node, int by, int newState, double newScore) {
        children.put(key(node, by), size);
        return add(node, by, newState, newScore);
    }

    /** Number of symbols of a prefix. */
    int length(int node) {
        int length = 0;
        for (int at = node; at != ROOT; at = parent[at]) {
            length++;
        }
        return length;
    }

    /**
     * Removes nodes that are neither among those in use nor above one, if there are many nodes.
     *
     * @param used nodes in use; replaced by their new numbers
     */
    void prune(int[] used, int count) {
        if (size < pruneAt) {
            return;
        }
        Arrays.fill(moved, 0, size, 0);
        for (int k = 0; k < count; k++) {
            for (int at = used[k]; at != NONE && moved[at] == 0; at = parent[at]) {
                moved[at] = 1;
            }
        }
        children.clear();
        int kept = 0;
        for (int node = 0; node < size; node++) {
            if (moved[node] == 0) {
                continue;
            }
            moved[node] = kept;
            parent[kept] = node == ROOT ? NONE : moved[parent[node]];
            symbol[kept] = symbol[node];
            rank[kept] = rank[node];
            state[kept] = state[node];
            score[kept] = score[node];
            endState[kept] = endState[node];
            endScore[kept] = endScore[node];
            if (node != ROOT) {
                children.put(key(parent[kept], symbol[kept]), kept);
            }
            kept++;
        }
        for (int k = 0; k < count; k++) {
            used[k] = moved[used[k]];
        }
        size = kept;
        pruneAt = (int) Math.min(Integer.MAX_VALUE, Math.max(fewestToPrune, 2L * kept));
    }

    private int add(int above, int by, int newState, double newScore) {
        if (size == parent.length) {
            grow();
        }
        int node = size++;
        parent[node] = above;
        symbol[node] = by;
        rank[node] = NONE;
        state[node] = newState;
        score[node] = newScore;
        endScore[node] = Double.NaN;
        return node;
    }

    private void grow() {
        int capacity = Math.multiplyExact(2, size);
        parent = Arrays.copyOf(parent, capacity);
        symbol = Arrays.copyOf(symbol, capacity);
        rank = Arrays.copyOf(rank, capacity);
        state = Arrays.copyOf(state, capacity);
        score = Arrays.copyOf(score, capacity);
        endState = Arrays.copyOf(endState, capacity);
        endScore = Arrays.copyOf(endScore, capacity);
        moved = new int[capacity];
    }

    private long key(int node, int by) {
        return (long) node * symbols + by;
    }
}
