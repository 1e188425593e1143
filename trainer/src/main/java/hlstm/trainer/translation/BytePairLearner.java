package hlstm.trainer.translation;

import hlstm.runtime.text.BytePairCodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte-pair codes from words and how often they occur: again and again the most frequent
 * pair of neighbouring parts becomes one part (Sennrich, Haddow and Birch, ACL 2016). Equally
 * frequent pairs are ordered as {@code subword-nmt} orders them, the last by code points first, and
 * learning ends where no pair occurs twice. For one thread.
 */
final class BytePairLearner {
    private static final int LEAST = 2;

    private static final Comparator<String> BY_CODE_POINTS = BytePairLearner::compare;

    private static final Comparator<Pair> BY_PARTS =
            Comparator.comparing(Pair::left, BY_CODE_POINTS)
                    .thenComparing(Pair::right, BY_CODE_POINTS);

    private record Pair(String left, String right) {}

    /** A pair and how often it occurred when it was put into the queue. */
    private record Entry(Pair pair, long count) {}

    private final List<List<String>> words = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<Pair, Long> pairCounts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Entry::count)
                            .thenComparing(Entry::pair, BY_PARTS)
                            .reversed());

    private BytePairLearner(Map<String, Long> wordCounts) {
        wordCounts.forEach(
                (word, count) -> {
                    if (word.codePointCount(0, word.length()) > BytePairCodes.LONGEST_MERGED) {
                        return; // such words are never merged
                    }
                    List<String> parts = new ArrayList<>();
                    word.codePoints().forEach(point -> parts.add(Character.toString(point)));
                    parts.set(parts.size() - 1, parts.getLast() + BytePairCodes.END_OF_WORD);
                    words.add(parts);
                    counts.add(count);
                });
        for (int word = 0; word < words.size(); word++) {
            add(word, 1, null);
        }
        pairCounts.forEach((pair, count) -> queue.add(new Entry(pair, count)));
    }

    /**
     * Learns codes.
     *
     * @param wordCounts how often each word occurs; no word is empty
     * @param merges merges at most
     */
    static BytePairCodes learn(Map<String, Long> wordCounts, int merges) {
        BytePairLearner learner = new BytePairLearner(wordCounts);
        List<String> learnt = new ArrayList<>();
        while (learnt.size() < merges) {
            Pair best = learner.best();
            if (best == null) {
                break;
            }
            learnt.add(best.left() + " " + best.right());
            learner.merge(best);
        }
        return new BytePairCodes(learnt);
    }

    /** The most frequent pair; null if none is frequent enough. */
    private Pair best() {
        while (!queue.isEmpty()) {
            Entry entry = queue.poll();
            long count = pairCounts.getOrDefault(entry.pair(), 0L);
            if (count == entry.count()) {
                return count < LEAST ? null : entry.pair();
            }
        }
        return null;
    }

    /** Adds or takes away what a word contributes. */
    private void add(int word, int sign, Set<Pair> changed) {
        List<String> parts = words.get(word);
        for (int k = 1; k < parts.size(); k++) {
            Pair pair = new Pair(parts.get(k - 1), parts.get(k));
            pairCounts.merge(pair, sign * counts.get(word), Long::sum);
            if (sign > 0) {
                places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
            }
            if (changed != null) {
                changed.add(pair);
            }
        }
    }

    private void merge(Pair pair) {
        Set<Pair> changed = new HashSet<>();
        for (int word : places.remove(pair)) {
            add(word, -1, changed);
            replace(words.get(word), pair);
            add(word, 1, changed);
        }
        for (Pair other : changed) {
            long count = pairCounts.get(other);
            if (count == 0) {
                pairCounts.remove(other);
            } else {
                queue.add(new Entry(other, count));
            }
        }
    }

    /** Merges every occurrence of a pair in a word, from the left. */
    private static void replace(List<String> parts, Pair pair) {
        for (int k = 1; k < parts.size(); k++) {
            if (parts.get(k - 1).equals(pair.left()) && parts.get(k).equals(pair.right())) {
                parts.set(k - 1, pair.left() + pair.right());
                parts.remove(k);
            }
        }
    }

    private static int compare(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length()) {
            int p = a.codePointAt(at);
            int q = b.codePointAt(at);
            if (p != q) {
                return Integer.compare(p, q);
            }
            at += Character.charCount(p);
        }
        return Integer.compare(a.length(), b.length());
    }
}
