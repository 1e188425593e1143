package hlstm.runtime.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words, codes or characters that a model of text knows, by number. The first three are always
 * {@link #UNKNOWN}, {@link #BEGIN} and {@link #END}. Immutable and safe to share among threads.
 *
 * <p>As a file it is UTF-8 text with a token on each line, in the order of their numbers, every
 * line ended by a line feed.
 */
public final class TokenVocabulary {
    /** Stands for every token that has no number of its own: {@code <unk>}. */
    public static final int UNKNOWN = 0;

    /** Begins a sequence: {@code <s>}. */
    public static final int BEGIN = 1;

    /** Ends a sequence: {@code </s>}. */
    public static final int END = 2;

    /** The tokens of the first numbers. */
    public static final List<String> SPECIAL = List.of("<unk>", "<s>", "</s>");

    /** Most tokens. */
    public static final int MAX_SIZE = 1 << 20;

    private final List<String> tokens;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * A vocabulary of given tokens.
     *
     * @param tokens by number, the special ones first
     * @throws IllegalArgumentException if the special ones are not first, a token is there twice,
     *     is empty or holds white space, or there are too many
     */
    public TokenVocabulary(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
        if (this.tokens.size() > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a vocabulary has at most %d tokens, found %d"
                            .formatted(MAX_SIZE, this.tokens.size()));
        }
        if (this.tokens.size() < SPECIAL.size()
                || !this.tokens.subList(0, SPECIAL.size()).equals(SPECIAL)) {
            throw new IllegalArgumentException(
                    "a vocabulary begins with %s, found %s"
                            .formatted(
                                    SPECIAL,
                                    this.tokens.subList(
                                            0, Math.min(SPECIAL.size(), this.tokens.size()))));
        }
        for (int number = 0; number < this.tokens.size(); number++) {
            String token = this.tokens.get(number);
            if (token.isEmpty() || token.codePoints().anyMatch(Words::isSpace)) {
                throw new IllegalArgumentException(
                        "token %d is empty or holds white space: '%s'".formatted(number, token));
            }
            Integer before = numbers.put(token, number);
            if (before != null) {
                throw new IllegalArgumentException(
                        "tokens %d and %d are both '%s'".formatted(before, number, token));
            }
        }
    }

    /**
     * The vocabulary of a corpus: the tokens that occur often enough, the most frequent first,
     * equally frequent ones in the order of their UTF-16 code units.
     *
     * @param sentences the corpus, in tokens
     * @param minimumCount how often a token must occur, at least 1
     * @param most tokens at most, without the special ones; the rarest are left out
     */
    public static TokenVocabulary of(Iterable<List<String>> sentences, int minimumCount, int most) {
        Map<String, Integer> counts = new HashMap<>();
        for (List<String> sentence : sentences) {
            for (String token : sentence) {
                counts.merge(token, 1, Integer::sum);
            }
        }
        SPECIAL.forEach(counts::remove);
        List<String> tokens = new ArrayList<>(SPECIAL);
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimumCount)
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(most)
                .forEach(entry -> tokens.add(entry.getKey()));
        return new TokenVocabulary(tokens);
    }

    /** Number of tokens. */
    public int size() {
        return tokens.size();
    }

    /** All tokens by number. */
    public List<String> tokens() {
        return tokens;
    }

    /** The token of a number. */
    public String token(int number) {
        return tokens.get(number);
    }

    /**
     * The number of a token; {@link #UNKNOWN} if it has none. The special ones have none in text:
     * who means them takes their numbers.
     */
    public int number(String token) {
        int number = numbers.getOrDefault(token, UNKNOWN);
        return number < SPECIAL.size() ? UNKNOWN : number;
    }

    /** The numbers of tokens. */
    public int[] numbers(List<String> tokens) {
        return tokens.stream().mapToInt(this::number).toArray();
    }

    /** The tokens of numbers. */
    public List<String> tokens(int... numbers) {
        List<String> found = new ArrayList<>();
        for (int number : numbers) {
            found.add(token(number));
        }
        return found;
    }

    /**
     * Writes the vocabulary as a file.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, String.join("\n", tokens) + "\n");
    }

    /**
     * Reads a vocabulary that {@link #write} has written.
     *
     * @throws IOException if the file cannot be read or is no vocabulary; the message names the
     *     file and says what is wrong
     */
    public static TokenVocabulary read(Path file) throws IOException {
        String text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
        if (!text.endsWith("\n")) {
            throw new IOException(
                    file + " must end with a line feed: the file is empty or was cut off");
        }
        try {
            return new TokenVocabulary(
                    List.of(text.substring(0, text.length() - 1).split("\n", -1)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenVocabulary vocabulary && vocabulary.tokens.equals(tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    @Override
    public String toString() {
        return "vocabulary of %d tokens".formatted(size());
    }
}
