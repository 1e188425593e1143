package hlstm.runtime.decode;

import hlstm.runtime.ranking.BestCandidates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Prefix beam search for connectionist temporal classification (Graves, "Supervised Sequence
 * Labelling with Recurrent Neural Networks", 2012; Hannun et al., 2014): follows the likeliest
 * texts from step to step and adds up the probabilities of all alignments of each. Unlike the
 * greedy decoder's, its best text may be one of which no single alignment is the likeliest. With a
 * beam that no prefix falls out of, texts and probabilities are exact.
 *
 * <p>Takes logits, of which it takes the softmax, so log-probabilities work as well; probabilities
 * do not. Minus infinity is a symbol that is impossible. Of equal scores a text that has not grown
 * in this step wins over one that has, then the one that ranked, or has grown from one that ranked,
 * higher a step ago, then the one whose new symbol comes first in the alphabet; the same logits
 * give the same result on every machine.
 *
 * <p>A language model weighs each word when the space after it is read, and the last one when the
 * text is asked for.
 *
 * <p>Belongs to one thread at a time. A step allocates nothing once the arrays have grown.
 */
public final class CtcBeamDecoder implements CtcDecoder {
    /** Fewer prefixes than this are not worth tidying up: some two megabytes. */
    private static final int FEWEST_TO_PRUNE = 1 << 15;

    private final Alphabet alphabet;
    private final int blank;
    private final int symbols;
    private final double minLogProbability;
    private final WordScorer words;
    private final PrefixTree tree;
    private final double[] logs;
    private final BestCandidates best;
    private final BestCandidates finals;
    private final int width;
    private int steps;
    private int[] spelling = new int[64];

    private Beam beam = new Beam();
    private Beam next = new Beam();

    /** The prefixes of the beam a step later, by their old ranks. */
    private final Beam staying = new Beam();

    /** The log-probabilities of the prefixes of the beam, all alignments together. */
    private double[] totals = new double[16];

    /** Whether the prefix of that rank and symbol is in the beam itself. */
    private boolean[] inBeam = new boolean[0];

    /** A decoder at rest, to the given symbols. */
    public CtcBeamDecoder(Alphabet alphabet, Decoding.BeamSearch search) {
        this(alphabet, search, FEWEST_TO_PRUNE);
    }

    CtcBeamDecoder(Alphabet alphabet, Decoding.BeamSearch search, int fewestToPrune) {
        this.alphabet = Objects.requireNonNull(alphabet);
        this.blank = alphabet.blank();
        this.symbols = alphabet.size();
        this.width = search.width();
        this.minLogProbability = StrictMath.log(search.minProbability());
        this.words =
                search.languageModel().map(fusion -> new WordScorer(fusion, alphabet)).orElse(null);
        this.tree = new PrefixTree(symbols, fewestToPrune);
        this.logs = new double[symbols];
        this.best = new BestCandidates(width);
        this.finals = new BestCandidates(width);
        reset();
    }

    @Override
    public Alphabet alphabet() {
        return alphabet;
    }

    /** Begins a new text. */
    public void reset() {
        tree.reset(words == null ? 0 : words.firstState());
        tree.rank(PrefixTree.ROOT, 0);
        beam.set(0, PrefixTree.ROOT, 0, LogDomain.ZERO);
        beam.size = 1;
        steps = 0;
    }

    @Override
    public String decode(float[] logits, int count) {
        take(logits, count);
        StringBuilder text = new StringBuilder();
        best(text);
        return text.toString();
    }

    /**
     * The best texts of an output of {@code steps x symbols}, at most {@code most} and as many as
     * the beam is wide, best first.
     *
     * @throws IllegalArgumentException as {@link #decode(float[], int)}
     */
    public List<Hypothesis> decode(float[] logits, int count, int most) {
        take(logits, count);
        return hypotheses(most);
    }

    private void take(float[] logits, int count) {
        if (count < 0 || logits.length < (long) count * symbols) {
            throw new IllegalArgumentException(
                    "%d steps of %d symbols need an array of %d elements, found %d"
                            .formatted(count, symbols, (long) count * symbols, logits.length));
        }
        reset();
        for (int t = 0; t < count; t++) {
            step(logits, t * symbols, 1);
        }
    }

    /**
     * Goes on by a step, whose symbol s lies at {@code offset + s * stride}.
     *
     * @throws IllegalArgumentException if the array is too short, a value is NaN or plus infinity,
     *     or all are minus infinity; the search is then as before
     */
    public void step(float[] logits, int offset, int stride) {
        if (offset < 0 || stride < 1 || logits.length <= offset + (long) (symbols - 1) * stride) {
            throw new IllegalArgumentException(
                    "a step of %d symbols, each %d after the other, from %d on does not fit an array of %d elements"
                            .formatted(symbols, stride, offset, logits.length));
        }
        if (!LogDomain.softmax(logits, offset, stride, logs)) {
            throw new IllegalArgumentException(
                    "cannot decode: expected finite numbers, or minus infinity for some, found NaN, infinity, or minus infinity alone in step "
                            + steps);
        }
        reserve();
        goOn();
        choose();
        follow();
        tree.prune(beam.nodes, beam.size);
        steps++;
    }

    /** Room for this step's candidates, and for those of them that the next step begins with. */
    private void reserve() {
        int candidates = Math.multiplyExact(beam.size, symbols + 1);
        if (inBeam.length < candidates) {
            inBeam = new boolean[(int) Math.min(Integer.MAX_VALUE - 8, 2L * candidates)];
        }
        staying.reserve(beam.size);
        if (totals.length < beam.size) {
            totals = new double[staying.nodes.length];
        }
        next.reserve(Math.min(width, candidates));
    }

    /** Each prefix a step later: after a blank, after a repeat, or as what another has grown to. */
    private void goOn() {
        for (int i = 0; i < beam.size; i++) {
            int node = beam.nodes[i];
            int last = tree.symbol(node);
            totals[i] = beam.total(i);
            staying.set(
                    i,
                    node,
                    totals[i] + logs[blank],
                    last == PrefixTree.NONE ? LogDomain.ZERO : beam.symbolEnds[i] + logs[last]);
        }
        for (int i = 0; i < beam.size; i++) {
            int above = tree.parent(beam.nodes[i]);
            int from = above == PrefixTree.NONE ? PrefixTree.NONE : tree.rank(above);
            if (from != PrefixTree.NONE) {
                int symbol = tree.symbol(beam.nodes[i]);
                inBeam[from * symbols + symbol] = true;
                staying.symbolEnds[i] = LogDomain.add(staying.symbolEnds[i], grown(from, symbol));
            }
        }
    }

    /** Log-probability of a prefix of the beam with one more symbol now. */
    private double grown(int rank, int symbol) {
        // After the same symbol without a blank between, it would be the same prefix still.
        boolean repeats = tree.symbol(beam.nodes[rank]) == symbol;
        return (repeats ? beam.blankEnds[rank] : totals[rank]) + logs[symbol];
    }

    private void choose() {
        best.clear();
        for (int i = 0; i < beam.size; i++) {
            offer(i, staying.total(i), tree.score(beam.nodes[i]));
        }
        double least = Math.min(minLogProbability, highestLog());
        for (int i = 0; i < beam.size; i++) {
            for (int symbol = 0; symbol < symbols; symbol++) {
                int child = i * symbols + symbol;
                if (inBeam[child]) {
                    inBeam[child] = false;
                } else if (symbol != blank && logs[symbol] >= least) {
                    offer(beam.size + child, grown(i, symbol), scoreAfter(i, symbol));
                }
            }
        }
        best.sort();
    }

    private void offer(int candidate, double logProbability, double added) {
        if (logProbability > LogDomain.ZERO) {
            best.offer(candidate, logProbability + added);
        }
    }

    private double highestLog() {
        double highest = LogDomain.ZERO;
        for (double log : logs) {
            highest = Math.max(highest, log);
        }
        return highest;
    }

    /** What the complete words of a prefix add to its score after one more symbol. */
    private double scoreAfter(int rank, int symbol) {
        int node = beam.nodes[rank];
        if (words == null || !words.isSpace(symbol)) {
            return tree.score(node);
        }
        words.end(tree, node);
        return tree.endScore(node);
    }

    /** Makes the chosen candidates the beam. */
    private void follow() {
        next.size = best.size();
        for (int k = 0; k < next.size; k++) {
            int candidate = best.number(k);
            if (candidate < beam.size) {
                next.set(
                        k,
                        beam.nodes[candidate],
                        staying.blankEnds[candidate],
                        staying.symbolEnds[candidate]);
            } else {
                int rank = (candidate - beam.size) / symbols;
                int symbol = (candidate - beam.size) % symbols;
                next.set(k, child(rank, symbol), LogDomain.ZERO, grown(rank, symbol));
            }
        }
        for (int i = 0; i < beam.size; i++) {
            tree.rank(beam.nodes[i], PrefixTree.NONE);
        }
        for (int k = 0; k < next.size; k++) {
            tree.rank(next.nodes[k], k);
        }
        Beam former = beam;
        beam = next;
        next = former;
    }

    private int child(int rank, int symbol) {
        int node = beam.nodes[rank];
        int child = tree.child(node, symbol);
        if (child != PrefixTree.NONE) {
            return child; // it has been in the beam before
        }
        boolean complete = words != null && words.isSpace(symbol);
        return tree.addChild(
                node,
                symbol,
                complete ? tree.endState(node) : tree.state(node),
                scoreAfter(rank, symbol));
    }

    /** Number of prefixes that are remembered. */
    int prefixes() {
        return tree.size();
    }

    /** Appends the best text so far, its last word weighed as complete. */
    public void best(StringBuilder text) {
        rankFinals();
        append(beam.nodes[finals.number(0)], text);
    }

    /** The best texts so far, at most {@code most}, best first. */
    public List<Hypothesis> hypotheses(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("expected 1 or more texts, found " + most);
        }
        rankFinals();
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (int k = 0; k < Math.min(most, finals.size()); k++) {
            int rank = finals.number(k);
            StringBuilder text = new StringBuilder();
            append(beam.nodes[rank], text);
            hypotheses.add(new Hypothesis(text.toString(), finals.score(k), beam.total(rank)));
        }
        return hypotheses;
    }

    private void rankFinals() {
        finals.clear();
        for (int i = 0; i < beam.size; i++) {
            int node = beam.nodes[i];
            double added = words == null ? 0 : words.finalScore(tree, node);
            finals.offer(i, beam.total(i) + added);
        }
        finals.sort();
    }

    private void append(int node, StringBuilder text) {
        int length = tree.length(node);
        if (spelling.length < length) {
            spelling = new int[2 * length];
        }
        int at = node;
        for (int k = length - 1; k >= 0; k--) {
            spelling[k] = tree.symbol(at);
            at = tree.parent(at);
        }
        for (int k = 0; k < length; k++) {
            text.append(alphabet.symbols().get(spelling[k]));
        }
    }
}
