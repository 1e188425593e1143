package hlstm.runtime.decode;

import java.util.Arrays;

/** Weighs the words of the prefixes in a tree. Belongs to one decoder. */
final class WordScorer {
    private static final String SPACE = " ";

    private final LanguageFusion fusion;
    private final NgramModel model;
    private final int space;
    private final int[] points;
    private int[] word = new int[32];

    /**
     * Words between spaces of an alphabet.
     *
     * @throws IllegalArgumentException if the alphabet has no space, or cannot spell any word of
     *     the model
     */
    WordScorer(LanguageFusion fusion, Alphabet alphabet) {
        this.fusion = fusion;
        this.model = fusion.model();
        this.space = alphabet.symbols().indexOf(SPACE);
        if (space < 0 || space == alphabet.blank()) {
            throw new IllegalArgumentException(
                    "a language model of words needs a space among the symbols, found " + alphabet);
        }
        this.points = new int[alphabet.size()];
        for (int s = 0; s < points.length; s++) {
            points[s] = s == alphabet.blank() ? -1 : alphabet.symbols().get(s).codePointAt(0);
        }
        if (!model.hasWordOf(points)) {
            throw new IllegalArgumentException(
                    "no word of the language model can be spelt with the %s; is it in another case, or for another language?"
                            .formatted(alphabet));
        }
    }

    int firstState() {
        return model.firstState();
    }

    boolean isSpace(int symbol) {
        return symbol == space;
    }

    /** Notes state and score of a prefix if its last word ends there, unless they are known. */
    void end(PrefixTree tree, int node) {
        if (tree.endIsKnown(node)) {
            return;
        }
        int length = 0;
        for (int at = node;
                at != PrefixTree.ROOT && tree.symbol(at) != space;
                at = tree.parent(at)) {
            if (length == word.length) {
                word = Arrays.copyOf(word, 2 * length);
            }
            word[length++] = points[tree.symbol(at)];
        }
        int state = tree.state(node);
        double score = tree.score(node);
        if (length > 0) {
            reverse(word, length);
            int id = model.word(word, length);
            score += fusion.weight() * model.logProbability(state, id) + fusion.wordBonus();
            state = model.next(state, id);
        }
        tree.end(node, state, score);
    }

    /** What a prefix's words add to its score if the text ends there. */
    double finalScore(PrefixTree tree, int node) {
        end(tree, node);
        double score = tree.endScore(node);
        return fusion.sentenceEnd()
                ? score + fusion.weight() * model.endLogProbability(tree.endState(node))
                : score;
    }

    private static void reverse(int[] values, int length) {
        for (int i = 0, j = length - 1; i < j; i++, j--) {
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }
}
