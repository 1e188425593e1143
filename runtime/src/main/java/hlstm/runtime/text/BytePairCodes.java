package hlstm.runtime.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Byte-pair codes: words cut into parts by merging neighbouring parts, in the order in which the
 * merges were learnt (Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with
 * Subword Units", ACL 2016). Applies codes as {@code subword-nmt} of version 0.2 does: the last
 * part of a word bears {@code </w>} among the merges, and in text every part but the last is
 * followed by {@code @@}. Immutable and safe to share among threads.
 */
public final class BytePairCodes {
    /** What the last part of a word ends with, among the merges. */
    public static final String END_OF_WORD = "</w>";

    /** What every part of a word but the last ends with, in text. */
    public static final String CONTINUED = "@@";

    /** Most merges. */
    public static final int MAX_MERGES = 1 << 20;

    /**
     * Words longer than so many code points are left as single code points: cutting is quadratic.
     */
    public static final int LONGEST_MERGED = 1000;

    private static final String VERSION = "#version: 0.2";

    private record Pair(String left, String right) {}

    private final List<String> merges;
    private final Map<Pair, Integer> ranks = new HashMap<>();

    /**
     * Codes from their merges.
     *
     * @param merges each {@code left right}, in the order in which they are applied; of one that is
     *     there twice the first counts
     * @throws IllegalArgumentException if one is no such pair, or there are too many
     */
    public BytePairCodes(List<String> merges) {
        this.merges = List.copyOf(merges);
        if (this.merges.size() > MAX_MERGES) {
            throw new IllegalArgumentException(
                    "there may be %d merges at most, found %d"
                            .formatted(MAX_MERGES, this.merges.size()));
        }
        for (int rank = 0; rank < this.merges.size(); rank++) {
            String merge = this.merges.get(rank);
            int space = merge.indexOf(' ');
            if (space < 1 || space == merge.length() - 1 || merge.indexOf(' ', space + 1) >= 0) {
                throw new IllegalArgumentException(
                        "merge %d must be two parts with a space between them, found '%s'"
                                .formatted(rank + 1, merge));
            }
            ranks.putIfAbsent(
                    new Pair(merge.substring(0, space), merge.substring(space + 1)), rank);
        }
    }

    /**
     * Codes from the text of a file of {@code subword-nmt}.
     *
     * @throws IllegalArgumentException if the first line is not that of version 0.2, or a line is
     *     no merge; the message says which
     */
    public static BytePairCodes parse(String text) {
        List<String> lines = new ArrayList<>(text.lines().map(BytePairCodes::trimEnd).toList());
        if (lines.isEmpty() || !lines.getFirst().equals(VERSION)) {
            throw new IllegalArgumentException(
                    "codes begin with '%s', found '%s'"
                            .formatted(VERSION, lines.isEmpty() ? "" : lines.getFirst()));
        }
        lines.removeFirst();
        return new BytePairCodes(lines);
    }

    private static String trimEnd(String line) {
        return line.endsWith(" ") || line.endsWith("\r")
                ? line.substring(0, line.length() - 1)
                : line;
    }

    /** The codes as a file of {@code subword-nmt}. */
    public String text() {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        merges.forEach(merge -> text.append(merge).append('\n'));
        return text.toString();
    }

    /** The merges in the order in which they are applied, each {@code left right}. */
    public List<String> merges() {
        return merges;
    }

    /** The parts of words, as they stand in text: {@code ["lo@@", "wer", "new"]}. */
    public List<String> apply(List<String> words) {
        return apply(words, () -> false);
    }

    /**
     * The parts of words, cut another way each time (BPE-dropout: Provilkov, Emelianenko and Voita,
     * "BPE-Dropout: Simple and Effective Subword Regularization", ACL 2020): of the merges that
     * could be made next each is passed over with a probability.
     *
     * @param dropout the probability; 0 cuts as {@link #apply(List)}, 1 into single code points
     * @throws IllegalArgumentException if it lies outside [0, 1]
     */
    public List<String> apply(List<String> words, double dropout, RandomGenerator random) {
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new IllegalArgumentException("dropout must lie in [0, 1], found " + dropout);
        }
        return apply(words, () -> random.nextDouble() < dropout);
    }

    private List<String> apply(List<String> words, BooleanSupplier passedOver) {
        List<String> parts = new ArrayList<>();
        for (String word : words) {
            List<String> own = cut(word, passedOver);
            for (int k = 0; k < own.size() - 1; k++) {
                parts.add(own.get(k) + CONTINUED);
            }
            String last = own.getLast();
            parts.add(last.substring(0, last.length() - END_OF_WORD.length()));
        }
        return parts;
    }

    /** The parts of a word as merges know them. */
    private List<String> cut(String word, BooleanSupplier passedOver) {
        List<String> parts = new ArrayList<>();
        word.codePoints().forEach(point -> parts.add(Character.toString(point)));
        parts.set(parts.size() - 1, parts.getLast() + END_OF_WORD);
        BitSet places = new BitSet();
        while (parts.size() > 1 && parts.size() <= LONGEST_MERGED) {
            places.clear();
            findBest(parts, passedOver, places);
            if (places.isEmpty()) {
                break;
            }
            merge(parts, places);
        }
        return parts;
    }

    /** Sets the places, by their left parts, of the first merge that can be made. */
    private void findBest(List<String> parts, BooleanSupplier passedOver, BitSet places) {
        int bestRank = Integer.MAX_VALUE;
        for (int k = 0; k < parts.size() - 1; k++) {
            int rank =
                    ranks.getOrDefault(new Pair(parts.get(k), parts.get(k + 1)), Integer.MAX_VALUE);
            if (rank > bestRank || rank == Integer.MAX_VALUE || passedOver.getAsBoolean()) {
                continue;
            }
            if (rank < bestRank) {
                places.clear();
                bestRank = rank;
            }
            places.set(k);
        }
    }

    /** Merges parts with those behind them, from the left. */
    private static void merge(List<String> parts, BitSet places) {
        int into = 0;
        for (int k = 0; k < parts.size(); k++) {
            boolean merged = places.get(k);
            parts.set(into++, merged ? parts.get(k) + parts.get(k + 1) : parts.get(k));
            k += merged ? 1 : 0;
        }
        parts.subList(into, parts.size()).clear();
    }

    /**
     * The words of parts, {@code @@} being undone; a last part that is to be continued is whole.
     */
    public static List<String> undo(List<String> parts) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (String part : parts) {
            boolean continued = part.endsWith(CONTINUED);
            word.append(part, 0, part.length() - (continued ? CONTINUED.length() : 0));
            if (!continued) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytePairCodes codes && codes.merges.equals(merges);
    }

    @Override
    public int hashCode() {
        return merges.hashCode();
    }

    @Override
    public String toString() {
        return "%d merges".formatted(merges.size());
    }
}
