package hlstm.runtime.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A back-off n-gram model of words, read from an ARPA file. The probability of a word w after words
 * h is the stored one of h w if there is one, else the back-off weight of h (1 if it has none)
 * times the probability of w after h without its first word (Katz, "Estimation of probabilities
 * from sparse data", 1987).
 *
 * <p>What came before is a <em>state</em>, a number: {@link #firstState} at the beginning of a
 * sentence, then {@link #next} word after word. Words are numbers too. Logarithms are natural.
 *
 * <p>A word that the model does not know counts as {@code <unk>} (or {@code <UNK>}). A model
 * without one gives such words the probability 1e-100 and forgets what came before.
 *
 * <p>Immutable, and safe for use by several threads; the methods that take a state allocate
 * nothing.
 */
public final class NgramModel {
    static final String BEGINNING = "<s>";
    static final String END = "</s>";

    /** The number of a word that the model does not know, if it knows no word for those. */
    private static final int NO_WORD = Vocabulary.NONE;

    private static final double LN_10 = StrictMath.log(10);
    private static final double NO_WORD_LOG = -100 * LN_10;

    private final int order;
    private final Vocabulary vocabulary;
    private final NgramTree tree;
    private final int unknown;
    private final int beginning;
    private final int end;

    /**
     * Of a tree whose unigrams are the words in order.
     *
     * @param unknown number of the word for unknown ones, or NO_WORD
     */
    NgramModel(int order, Vocabulary vocabulary, NgramTree tree, int unknown) {
        this.order = order;
        this.vocabulary = vocabulary;
        this.tree = tree;
        this.unknown = unknown;
        this.beginning = vocabulary.number(BEGINNING);
        this.end = vocabulary.number(END);
    }

    /**
     * Reads an ARPA file, plain or compressed by gzip, whatever its name.
     *
     * @throws ArpaFormatException if it is no such file, or not a whole one
     * @throws IOException if it cannot be read
     */
    public static NgramModel read(Path file) throws IOException {
        return ArpaReader.read(file);
    }

    /**
     * Reads a stream to its end, as {@link #read(Path)} a file, and leaves it open.
     *
     * @param name what messages call it
     */
    public static NgramModel read(InputStream in, String name) throws IOException {
        return ArpaReader.read(in, name);
    }

    /** The longest n of its n-grams. */
    public int order() {
        return order;
    }

    /** Number of words, markers such as {@code <s>} included. */
    public int words() {
        return vocabulary.size();
    }

    /** Number of n-grams of all orders. */
    public int ngrams() {
        return tree.size() - 1;
    }

    /** Whether a word is among its words, in the same case. */
    public boolean knows(String word) {
        return vocabulary.number(word) != Vocabulary.NONE;
    }

    /** Whether the ends of sentences have a probability. */
    public boolean knowsSentenceEnd() {
        return end != Vocabulary.NONE;
    }

    /** The number of a word: that of the unknown ones if it is none of the model's. */
    public int word(String word) {
        return orUnknown(vocabulary.number(word));
    }

    int word(int[] points, int length) {
        return orUnknown(vocabulary.number(points, length));
    }

    private int orUnknown(int number) {
        return number == Vocabulary.NONE ? unknown : number;
    }

    /** Whether a word, other than markers, can be written with these code points. */
    boolean hasWordOf(int[] points) {
        for (int w = 0; w < vocabulary.size(); w++) {
            if (w != beginning && w != end && w != unknown && vocabulary.isSpelt(w, points)) {
                return true;
            }
        }
        return false;
    }

    /** The state at the beginning of a sentence; if the model has no {@code <s>}, after nothing. */
    public int firstState() {
        if (beginning == Vocabulary.NONE) {
            return NgramTree.ROOT;
        }
        int node = tree.child(NgramTree.ROOT, beginning);
        return tree.isContext(node) ? node : NgramTree.ROOT;
    }

    /** Natural logarithm of the probability of a word in a state. */
    public double logProbability(int state, int word) {
        if (word == NO_WORD) {
            return NO_WORD_LOG;
        }
        double sum = 0;
        int context = state;
        int node = tree.child(context, word);
        while (node == NgramTree.NONE) {
            float backOff = tree.backOff(context);
            sum += Float.isNaN(backOff) ? 0 : backOff;
            context = tree.suffix(context);
            node = tree.child(context, word);
        }
        return LN_10 * (sum + tree.logProbability(node));
    }

    /** The state after a word in a state. */
    public int next(int state, int word) {
        if (word == NO_WORD) {
            return NgramTree.ROOT;
        }
        int context = state;
        int node = tree.child(context, word);
        while (node == NgramTree.NONE) {
            context = tree.suffix(context);
            node = tree.child(context, word);
        }
        return tree.isContext(node) ? node : tree.suffix(node);
    }

    /**
     * Natural logarithm of the probability that the sentence ends in a state.
     *
     * @throws IllegalStateException if the model has no {@code </s>}
     */
    public double endLogProbability(int state) {
        if (end == Vocabulary.NONE) {
            throw new IllegalStateException("this language model has no </s>");
        }
        return logProbability(state, end);
    }

    @Override
    public String toString() {
        return "%d-gram model of %d words".formatted(order, words());
    }
}
