package hlstm.runtime.decode;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/**
 * Reads back-off models in the ARPA format: a header {@code \data\} with the numbers of n-grams, a
 * section for each order with lines of {@code log10-probability words back-off}, and {@code \end\}.
 * Strict: what is not as declared is refused. Memory grows with what is there, not with what the
 * header declares.
 */
final class ArpaReader {
    private static final String DATA = "\\data\\";
    private static final String END = "\\end\\";
    private static final String COUNT = "ngram ";
    private static final String BLANKS = " \t";
    private static final Set<String> UNKNOWN = Set.of("<unk>", "<UNK>");
    private static final Pattern NUMBER = Pattern.compile("[-+0-9.eE]+");
    private static final int MAX_ORDER = 10;
    private static final int MAX_NGRAMS = 1 << 30;

    private final ArpaLines lines;
    private final IntArrayList counts = new IntArrayList();
    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final NgramTree tree = new NgramTree();
    private int unknown = Vocabulary.NONE;

    private ArpaReader(ArpaLines lines) {
        this.lines = lines;
    }

    static NgramModel read(Path file) throws IOException {
        // Asked before it is opened, which for a pipe without a writer would never end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(
                    "%s: expected a language model, found a %s"
                            .formatted(
                                    file, Files.isDirectory(file) ? "folder" : "pipe or device"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    static NgramModel read(InputStream in, String name) throws IOException {
        return new ArpaReader(new ArpaLines(in, name)).read();
    }

    private NgramModel read() throws IOException {
        String line = header();
        for (int n = 1; n <= counts.size(); n++) {
            line = section(n, line);
        }
        if (!line.equals(END)) {
            throw expected(END, line);
        }
        for (String after = lines.next(); after != null; after = lines.next()) {
            if (!after.isBlank()) {
                throw expected("nothing after " + END, after);
            }
        }
        return new NgramModel(counts.size(), new Vocabulary(words), tree, unknown);
    }

    /** Reads the numbers of n-grams, and returns the first line after them. */
    private String header() throws IOException {
        String line = lines.next();
        while (line != null && !line.strip().equals(DATA)) { // comments may come first
            line = lines.next();
        }
        if (line == null) {
            throw lines.error(
                    "expected a language model in the ARPA format, found the end of the file and no "
                            + DATA);
        }
        long sum = 0;
        for (line = nextLine(DATA); line.startsWith(COUNT); line = nextLine(DATA)) {
            String[] parts = line.substring(COUNT.length()).split("=", 2);
            int n = counts.size() + 1;
            if (parts.length != 2 || !parts[0].strip().equals(Integer.toString(n))) {
                throw expected("\"ngram %d=COUNT\" or \"\\1-grams:\"".formatted(n), line);
            }
            if (n > MAX_ORDER) {
                throw lines.error("expected n-grams of at most %d words".formatted(MAX_ORDER));
            }
            String count = parts[1].strip();
            if (!count.matches("[0-9]{1,10}") || (sum += Long.parseLong(count)) > MAX_NGRAMS) {
                throw expected(
                        "a number of n-grams, at most %d of all orders".formatted(MAX_NGRAMS),
                        line);
            }
            counts.add(Integer.parseInt(count));
        }
        if (counts.isEmpty() || counts.getInt(0) == 0) {
            throw expected("\"ngram 1=COUNT\" with one word or more", line);
        }
        return line;
    }

    /**
     * Reads the n-grams of an order.
     *
     * @param title the line that should be its title
     * @return the line after them
     */
    private String section(int n, String title) throws IOException {
        String own = "\\%d-grams:".formatted(n);
        if (!title.equals(own)) {
            throw expected(own, title);
        }
        int count = counts.getInt(n - 1);
        boolean highest = n == counts.size();
        NgramLevel level = new NgramLevel();
        String line = nextLine(own);
        for (; !line.startsWith("\\"); line = nextLine(own)) {
            if (level.size() == count) {
                throw lines.error(
                        "expected %d %d-grams, as the header says, found more".formatted(count, n));
            }
            ngram(n, line, highest, level);
        }
        if (level.size() < count) {
            throw lines.error(
                    "expected %d %d-grams, as the header says, found %d before %s"
                            .formatted(count, n, level.size(), line));
        }
        int twice = tree.add(level, highest);
        if (twice != NgramTree.NONE) {
            throw lines.error(
                    "expected each %d-gram once, found that of line %d twice"
                            .formatted(n, level.lines.getLong(twice)));
        }
        return line;
    }

    private void ngram(int n, String line, boolean highest, NgramLevel level)
            throws ArpaFormatException {
        StringTokenizer tokens = new StringTokenizer(line, BLANKS);
        int found = tokens.countTokens();
        if (found != n + 1 && found != n + 2) {
            throw expected(
                    "a log-probability, %d words and perhaps a back-off weight".formatted(n), line);
        }
        float logProbability = number(tokens.nextToken(), line);
        if (logProbability > 0) {
            throw expected("a logarithm of a probability, so at most 0", line);
        }
        int context = NgramTree.ROOT;
        for (int k = 1; k < n; k++) {
            int word = known(tokens.nextToken(), line);
            context = tree.child(context, word);
            if (context == NgramTree.NONE) {
                throw expected(
                        "its first %d words among the %d-grams".formatted(n - 1, n - 1), line);
            }
        }
        if (n > 1 && Float.isNaN(tree.backOff(context))) {
            throw expected(
                    "a back-off weight at the %d-gram that it begins with".formatted(n - 1), line);
        }
        String last = tokens.nextToken();
        int word = n == 1 ? added(last, line) : known(last, line);
        float backOff =
                tokens.hasMoreTokens() ? number(tokens.nextToken(), line) : NgramLevel.NO_BACK_OFF;
        if (highest && !Float.isNaN(backOff) && backOff != 0) {
            throw expected("no back-off weight at n-grams of the highest order", line);
        }
        level.add(context, word, logProbability, backOff, lines.number());
    }

    private int added(String word, String line) throws ArpaFormatException {
        int number = words.size();
        if (numbers.putIfAbsent(word, number) != null) {
            throw expected("each word once among the 1-grams", line);
        }
        if (UNKNOWN.contains(word)) {
            if (unknown != Vocabulary.NONE) {
                throw expected("one word for unknown ones", line);
            }
            unknown = number;
        }
        words.add(word);
        return number;
    }

    private int known(String word, String line) throws ArpaFormatException {
        Integer number = numbers.get(word);
        if (number == null) {
            throw expected("words of the 1-grams alone", line);
        }
        return number;
    }

    private float number(String text, String line) throws ArpaFormatException {
        // The parser would also take hexadecimal numbers, suffixes and words such as NaN.
        if (NUMBER.matcher(text).matches()) {
            try {
                float value = Float.parseFloat(text);
                if (Float.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw expected("a number instead of '%s'".formatted(text), line);
            }
        }
        throw expected("a finite number instead of '%s'".formatted(text), line);
    }

    /** The next line that is not blank, without white space at its ends. */
    private String nextLine(String section) throws IOException {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            throw lines.error(
                    "the file ends within %s, without %s; it is cut off: fetch it again"
                            .formatted(section, END));
        }
        return line.strip();
    }

    private ArpaFormatException expected(String what, String found) {
        return lines.error("expected %s, found \"%s\"".formatted(what, found));
    }
}
