package hlstm.runtime.search;

import hlstm.runtime.ranking.BestCandidates;
import java.util.Arrays;

/**
 * Beam search over a {@link StepScorer}: at each step the hypotheses of the beam are extended by
 * every symbol, and the {@linkplain BeamSettings#width best} extensions go on. One that ends before
 * as many others that are better go on is a result. The search is over when there are as many
 * results as the beam is wide and no hypothesis is better, at its present length, than the worst of
 * them; or at the longest length, where only the end may follow. It does not stop at the first
 * results: a model that is sure of the next symbol makes results of every prefix, none of them any
 * good. Equal scores are ordered by hypothesis and symbol, so that results do not depend on chance.
 *
 * <p>Results stay until the next search. Belongs to one thread; allocates nothing in a search that
 * is no longer than one before it.
 */
public final class BeamSearch {
    private static final int NONE = -1;

    private final StepScorer scorer;
    private final BeamSettings settings;
    private final int end;

    /** The hypotheses of the beam, and those of the next step. */
    private int live;

    private int[] slots;
    private int[] nodes;
    private int[] symbols;
    private double[] totals;
    private final int[] nextSlots;
    private final int[] nextNodes;
    private final int[] nextParents;
    private final double[] nextTotals;
    private final int[] freeSlots;
    private final boolean[] slotTaken;
    private final float[] scores;
    private final BestCandidates extensions;

    /** A tree of symbols: every hypothesis is a path from its node to the root, {@link #NONE}. */
    private int[] parents = new int[0];

    private int[] nodeSymbols = new int[0];
    private int nodeCount;

    /** Results, the best first. */
    private int results;

    private final int[] resultNodes;
    private final int[] resultLengths;
    private final double[] resultTotals;
    private final double[] resultScores;

    /**
     * A search with room for its beam.
     *
     * @param end the symbol that ends a sequence
     * @throws IllegalArgumentException if the scorer has fewer slots than the beam is wide, or the
     *     end is none of its symbols
     */
    public BeamSearch(StepScorer scorer, BeamSettings settings, int end) {
        int width = settings.width();
        if (scorer.slots() < width) {
            throw new IllegalArgumentException(
                    "a beam of %d needs as many slots, found %d".formatted(width, scorer.slots()));
        }
        if (end < 0 || end >= scorer.symbols()) {
            throw new IllegalArgumentException(
                    "the end must be one of %d symbols, found %d".formatted(scorer.symbols(), end));
        }
        this.scorer = scorer;
        this.settings = settings;
        this.end = end;
        slots = new int[width];
        nodes = new int[width];
        symbols = new int[width];
        totals = new double[width];
        nextSlots = new int[width];
        nextNodes = new int[width];
        nextParents = new int[width];
        nextTotals = new double[width];
        freeSlots = new int[width];
        slotTaken = new boolean[width];
        scores = new float[Math.multiplyExact(width, scorer.symbols())];
        extensions = new BestCandidates(2 * width);
        resultNodes = new int[width];
        resultLengths = new int[width];
        resultTotals = new double[width];
        resultScores = new double[width];
    }

    /**
     * Searches from the state in slot 0 of the scorer.
     *
     * @param begin the symbol that the scorer reads first
     * @param maxLength most symbols of a result, the end included
     * @throws IllegalArgumentException if the length is not positive, or the scorer gives NaN
     */
    public void search(int begin, int maxLength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException(
                    "the longest length must be positive, found " + maxLength);
        }
        reserve(maxLength);
        results = 0;
        nodeCount = 0;
        live = 1;
        slots[0] = 0;
        nodes[0] = NONE;
        symbols[0] = begin;
        totals[0] = 0;
        for (int length = 1; live > 0; length++) {
            scorer.step(live, slots, symbols, scores);
            gather(length == maxLength);
            advance(length);
        }
    }

    private void reserve(int maxLength) {
        int most = Math.multiplyExact(maxLength, settings.width());
        if (parents.length < most) {
            parents = new int[most];
            nodeSymbols = new int[most];
        }
    }

    /** The best extensions of all hypotheses. */
    private void gather(boolean onlyEnd) {
        int count = scorer.symbols();
        extensions.clear();
        for (int k = 0; k < live; k++) {
            int first = onlyEnd ? end : 0;
            int last = onlyEnd ? end + 1 : count;
            for (int symbol = first; symbol < last; symbol++) {
                float score = scores[k * count + symbol];
                if (score > Float.NEGATIVE_INFINITY) {
                    extensions.offer(k * count + symbol, totals[k] + score);
                } else if (score != score) {
                    throw new IllegalArgumentException("the model gives NaN for symbol " + symbol);
                }
            }
        }
        extensions.sort();
    }

    /** Turns extensions into results and the hypotheses of the next step. */
    private void advance(int length) {
        int width = settings.width();
        int next = 0;
        for (int rank = 0; rank < extensions.size() && next < width; rank++) {
            int symbol = extensions.number(rank) % scorer.symbols();
            int parent = extensions.number(rank) / scorer.symbols();
            if (symbol == end) {
                addResult(nodes[parent], length, extensions.score(rank));
            } else {
                nextParents[next] = parent;
                nextNodes[next] = addNode(nodes[parent], symbol);
                nextTotals[next] = extensions.score(rank);
                next++;
            }
        }
        boolean over = results == width && !isBetter(next, length);
        if (!over) {
            move(next);
        }
        live = over ? 0 : next;
    }

    /** Whether the best of the next hypotheses, which is the first, is better than a result. */
    private boolean isBetter(int next, int length) {
        return next > 0 && score(nextTotals[0], length) > resultScores[results - 1];
    }

    private double score(double total, int length) {
        return total / Math.pow(length, settings.lengthNormalisation());
    }

    private int addNode(int parent, int symbol) {
        parents[nodeCount] = parent;
        nodeSymbols[nodeCount] = symbol;
        return nodeCount++;
    }

    /**
     * Gives every hypothesis a slot with its parent's state: the first of a parent keeps its slot,
     * the others take copies into slots that nobody needs any more.
     */
    private void move(int next) {
        Arrays.fill(slotTaken, false);
        for (int k = 0; k < next; k++) {
            int slot = slots[nextParents[k]];
            nextSlots[k] = slotTaken[slot] ? NONE : slot;
            slotTaken[slot] = true;
        }
        int free = 0;
        for (int slot = settings.width() - 1; slot >= 0; slot--) {
            if (!slotTaken[slot]) {
                freeSlots[free++] = slot;
            }
        }
        for (int k = 0; k < next; k++) {
            if (nextSlots[k] == NONE) {
                nextSlots[k] = freeSlots[--free];
                scorer.copy(slots[nextParents[k]], nextSlots[k]);
            }
        }
        System.arraycopy(nextSlots, 0, slots, 0, next);
        System.arraycopy(nextNodes, 0, nodes, 0, next);
        System.arraycopy(nextTotals, 0, totals, 0, next);
        for (int k = 0; k < next; k++) {
            symbols[k] = nodeSymbols[nodes[k]];
        }
    }

    /** Keeps the best results; of equal ones the earlier. */
    private void addResult(int node, int length, double total) {
        double score = score(total, length);
        int at = results;
        while (at > 0 && resultScores[at - 1] < score) {
            at--;
        }
        if (at == settings.width()) {
            return;
        }
        int moved = Math.min(results, settings.width() - 1) - at;
        System.arraycopy(resultNodes, at, resultNodes, at + 1, moved);
        System.arraycopy(resultLengths, at, resultLengths, at + 1, moved);
        System.arraycopy(resultTotals, at, resultTotals, at + 1, moved);
        System.arraycopy(resultScores, at, resultScores, at + 1, moved);
        resultNodes[at] = node;
        resultLengths[at] = length;
        resultTotals[at] = total;
        resultScores[at] = score;
        results = Math.min(results + 1, settings.width());
    }

    /**
     * Number of results, the best being number 0; none if the model allows no sequence that is
     * short enough.
     */
    public int results() {
        return results;
    }

    /** What a result is ranked by: its log-probability, normalised by length. */
    public double score(int result) {
        return resultScores[result];
    }

    /** Natural logarithm of a result's probability, the end included. */
    public double logProbability(int result) {
        return resultTotals[result];
    }

    /** Symbols of a result, without the end. */
    public int length(int result) {
        return resultLengths[result] - 1;
    }

    /**
     * The symbols of a result, without the end.
     *
     * @param into takes {@link #length} symbols
     */
    public void symbols(int result, int[] into) {
        int node = resultNodes[result];
        for (int k = length(result) - 1; k >= 0; k--) {
            into[k] = nodeSymbols[node];
            node = parents[node];
        }
    }
}
