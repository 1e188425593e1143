package hlstm.trainer.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How sentences are split into words before they are compared. */
public enum Tokenization {
    /** At white space: for text that is split into words already. */
    NONE("none", Tokenization::atSpaces),

    /**
     * For Western languages, as mteval-v13a and sacrebleu: symbols are words, as are full stops and
     * commas that stand in no number. Letter case stays.
     */
    V13A("13a", Tokenization::v13a),

    /**
     * For any script, as mteval-v14 and sacrebleu: all of Unicode's punctuation and symbols are
     * words, except punctuation between digits. Letter case stays.
     */
    INTL("intl", Tokenization::international),

    /** For captions, as pycocoevalcap: lower case, contractions split, punctuation dropped. */
    PTB("ptb", PtbTokenizer::words);

    /** What Python's {@code str.split()} takes for white space. */
    private static final Pattern SPACES = Pattern.compile("(?U)[\\s\\x1c-\\x1f]+");

    private static final Pattern SYMBOL = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern NON_DIGIT_POINT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_NON_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DIGIT_DASH = Pattern.compile("([0-9])(-)");

    private static final Pattern NON_NUMBER_MARK = Pattern.compile("(\\P{N})(\\p{P})");
    private static final Pattern MARK_NON_NUMBER = Pattern.compile("(\\p{P})(\\P{N})");
    private static final Pattern ANY_SYMBOL = Pattern.compile("(\\p{S})");

    private final String label;
    private final Function<String, List<String>> splitter;

    Tokenization(String label, Function<String, List<String>> splitter) {
        this.label = label;
        this.splitter = splitter;
    }

    /** The words of a sentence. */
    public List<String> words(String sentence) {
        return splitter.apply(sentence);
    }

    /** The name in a signature and on the command line. */
    @Override
    public String toString() {
        return label;
    }

    private static List<String> atSpaces(String text) {
        return Arrays.stream(SPACES.split(text)).filter(word -> !word.isEmpty()).toList();
    }

    private static List<String> v13a(String sentence) {
        String text =
                sentence.stripTrailing()
                        .replace("<skipped>", "")
                        .replace("-\n", "")
                        .replace("\n", " ")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
        text = SYMBOL.matcher(" " + text + " ").replaceAll(" $1 ");
        text = NON_DIGIT_POINT.matcher(text).replaceAll("$1 $2 ");
        text = POINT_NON_DIGIT.matcher(text).replaceAll(" $1 $2");
        text = DIGIT_DASH.matcher(text).replaceAll("$1 $2 ");
        return atSpaces(text);
    }

    private static List<String> international(String sentence) {
        String text = NON_NUMBER_MARK.matcher(sentence.stripTrailing()).replaceAll("$1 $2 ");
        text = MARK_NON_NUMBER.matcher(text).replaceAll(" $1 $2");
        text = ANY_SYMBOL.matcher(text).replaceAll(" $1 ");
        return atSpaces(text);
    }
}
