package hlstm.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How a model of text sees one language: text becomes tokens, tokens become numbers, and back.
 * Immutable and safe to share among threads.
 *
 * @param unit what a token is
 * @param vocabulary the tokens that have numbers of their own
 * @param codes how words are cut; without merges unless the unit is {@link Unit#CODES}
 */
public record TextCoding(Unit unit, TokenVocabulary vocabulary, BytePairCodes codes) {
    /** Stands for the space between words where tokens are characters: U+2581. */
    public static final String SPACE = "\u2581";

    /** What a token is. */
    public enum Unit {
        /** Words, as they stand between spaces. */
        WORDS,
        /** Single characters (code points). */
        CHARACTERS,
        /** Parts of words, by byte-pair codes. */
        CODES;

        /** The unit in files and settings. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The unit of a label.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Unit of(String label) {
            for (Unit unit : values()) {
                if (unit.label().equals(label)) {
                    return unit;
                }
            }
            throw new IllegalArgumentException(
                    "expected words, characters or codes, found '%s'".formatted(label));
        }
    }

    /** Checks that there are merges only where they are used. */
    public TextCoding {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(vocabulary, "vocabulary");
        if (unit != Unit.CODES && !codes.merges().isEmpty()) {
            throw new IllegalArgumentException(
                    "tokens that are %s take no merges, found %d"
                            .formatted(unit.label(), codes.merges().size()));
        }
    }

    /** The tokens of a text. */
    public static List<String> tokens(Unit unit, BytePairCodes codes, String text) {
        List<String> words = Words.split(text);
        return switch (unit) {
            case WORDS -> words;
            case CODES -> codes.apply(words);
            case CHARACTERS ->
                    String.join(SPACE, words)
                            .codePoints()
                            .mapToObj(Character::toString)
                            .collect(Collectors.toCollection(ArrayList::new));
        };
    }

    /** The tokens of a text. */
    public List<String> tokens(String text) {
        return tokens(unit, codes, text);
    }

    /** The numbers of a text's tokens, without begin and end; none for a blank text. */
    public int[] encode(String text) {
        return vocabulary.numbers(tokens(text));
    }

    /** The text of tokens, a single space between words. */
    public String text(List<String> tokens) {
        return switch (unit) {
            case WORDS -> String.join(" ", tokens);
            case CODES -> String.join(" ", BytePairCodes.undo(tokens));
            case CHARACTERS -> String.join("", tokens).replace(SPACE, " ").strip();
        };
    }

    /** The text of numbers, which hold neither begin nor end. */
    public String decode(int... numbers) {
        return text(vocabulary.tokens(numbers));
    }
}
