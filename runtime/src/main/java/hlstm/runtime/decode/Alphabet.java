package hlstm.runtime.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The symbols that a network tells apart, one for each of its outputs: single characters (Unicode
 * code points) and the blank of CTC. Immutable.
 */
public final class Alphabet {
    private static final String ENGLISH = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ ";

    private final List<String> symbols;
    private final int blank;
    private final Map<Integer, Integer> indices = new HashMap<>();

    /**
     * An alphabet.
     *
     * @param symbols one character each, all different; the blank's may be any text
     * @param blank index of the blank
     * @throws IllegalArgumentException if there are fewer than two symbols, no blank among them,
     *     two that are the same, or one that is no single character
     */
    public Alphabet(List<String> symbols, int blank) {
        this.symbols = List.copyOf(symbols);
        this.blank = blank;
        if (symbols.size() < 2 || blank < 0 || blank >= symbols.size()) {
            throw new IllegalArgumentException(
                    "an alphabet needs a blank among two or more symbols, found blank %d of %d"
                            .formatted(blank, symbols.size()));
        }
        for (int i = 0; i < symbols.size(); i++) {
            String symbol = symbols.get(i);
            refuseHalves(symbol, i);
            if (i == blank) {
                continue;
            }
            if (symbol.isEmpty() || symbol.codePointCount(0, symbol.length()) != 1) {
                throw new IllegalArgumentException(
                        "symbol %d of an alphabet must be one character, found '%s'"
                                .formatted(i, symbol));
            }
            Integer other = indices.put(symbol.codePointAt(0), i);
            if (other != null) {
                throw new IllegalArgumentException(
                        "symbols of an alphabet must differ, found '%s' as %d and %d"
                                .formatted(symbol, other, i));
            }
        }
    }

    /** Half a surrogate pair is no character, and no file could hold it. */
    private static void refuseHalves(String symbol, int index) {
        symbol.codePoints()
                .filter(
                        point ->
                                point >= Character.MIN_SURROGATE
                                        && point <= Character.MAX_SURROGATE)
                .findFirst()
                .ifPresent(
                        half -> {
                            throw new IllegalArgumentException(
                                    "symbol %d of an alphabet must be whole characters, found half a surrogate pair (U+%04X)"
                                            .formatted(index, half));
                        });
    }

    /** The alphabet of characters after a blank, which is symbol 0 and written "_". */
    public static Alphabet of(String characters) {
        String[] symbols =
                characters.codePoints().mapToObj(Character::toString).toArray(String[]::new);
        String[] all = new String[symbols.length + 1];
        all[0] = "_";
        System.arraycopy(symbols, 0, all, 1, symbols.length);
        return new Alphabet(Arrays.asList(all), 0);
    }

    /** The 29 symbols of DeepSpeech2 for English: blank, apostrophe, A to Z, space. */
    public static Alphabet english() {
        return of(ENGLISH);
    }

    /** The symbols in order, the blank's name among them. */
    public List<String> symbols() {
        return symbols;
    }

    /** The index of the blank. */
    public int blank() {
        return blank;
    }

    /** Number of symbols, the blank included: the width of a network's output. */
    public int size() {
        return symbols.size();
    }

    /**
     * The indices of the characters of a text.
     *
     * @throws IllegalArgumentException if characters are not in the alphabet; the message names
     *     each
     */
    public int[] encode(String text) {
        int[] points = text.codePoints().toArray();
        int[] encoded = new int[points.length];
        Set<String> unknown = new LinkedHashSet<>();
        for (int i = 0; i < points.length; i++) {
            Integer index = indices.get(points[i]);
            if (index == null) {
                unknown.add("'%s' (U+%04X)".formatted(Character.toString(points[i]), points[i]));
            } else {
                encoded[i] = index;
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown symbol %s in \"%s\": expected only %s"
                            .formatted(String.join(", ", unknown), text, characters()));
        }
        return encoded;
    }

    /**
     * The text of a sequence of indices; blanks are left out.
     *
     * @throws IndexOutOfBoundsException if an index is not of this alphabet
     */
    public String text(int[] indices) {
        StringBuilder text = new StringBuilder();
        for (int index : indices) {
            if (index != blank) {
                text.append(symbols.get(index));
            }
        }
        return text.toString();
    }

    private String characters() {
        StringBuilder characters = new StringBuilder("\"");
        for (int i = 0; i < symbols.size(); i++) {
            if (i != blank) {
                characters.append(symbols.get(i));
            }
        }
        return characters.append('"').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Alphabet that
                && blank == that.blank
                && symbols.equals(that.symbols);
    }

    @Override
    public int hashCode() {
        return 31 * symbols.hashCode() + blank;
    }

    @Override
    public String toString() {
        return "%d symbols: blank and %s".formatted(size(), characters());
    }
}
