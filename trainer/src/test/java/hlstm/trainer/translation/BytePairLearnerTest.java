package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.runtime.text.BytePairCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BytePairLearnerTest {
    BytePairLearnerTest() {}

    /** The example of the paper that introduced them, with its counts. */
    @Test
    void theExampleOfThePaper() {
        Map<String, Long> words = Map.of("low", 5L, "lower", 2L, "newest", 6L, "widest", 3L);
        BytePairCodes codes = BytePairLearner.learn(words, 6);
        assertEquals(
                List.of("s t</w>", "e st</w>", "l o", "w est</w>", "n e", "ne west</w>"),
                codes.merges());
    }

    @Test
    void learningEndsWhereNoPairOccursTwice() {
        assertEquals(List.of(), BytePairLearner.learn(Map.of("abc", 1L), 10).merges());
        assertEquals(
                List.of("b c</w>", "a bc</w>"),
                BytePairLearner.learn(Map.of("abc", 2L), 10).merges());
    }

    @Test
    void wordsThatAreNeverMergedTeachNothing() {
        Map<String, Long> words = Map.of("ab".repeat(501), 9L, "xy", 2L);
        assertEquals(List.of("x y</w>"), BytePairLearner.learn(words, 5).merges());
    }

    /** Against counting all pairs anew before each merge. */
    @Test
    void countsThatAreKeptUpToDateAreThoseOfAFreshCount() {
        SplittableRandom random = new SplittableRandom(5);
        Map<String, Long> words = new TreeMap<>();
        for (int k = 0; k < 200; k++) {
            StringBuilder word = new StringBuilder();
            int length = random.nextInt(1, 9);
            while (word.length() < length) {
                word.append((char) ('a' + random.nextInt(4)));
            }
            words.merge(word.toString(), (long) random.nextInt(1, 20), Long::sum);
        }
        assertEquals(fresh(words, 60), BytePairLearner.learn(words, 60).merges());
    }

    private static List<String> fresh(Map<String, Long> counts, int merges) {
        Map<List<String>, Long> words = new HashMap<>();
        counts.forEach(
                (word, count) -> {
                    List<String> parts = new ArrayList<>(List.of(word.split("")));
                    parts.set(parts.size() - 1, parts.getLast() + "</w>");
                    words.merge(parts, count, Long::sum);
                });
        List<String> learnt = new ArrayList<>();
        while (learnt.size() < merges) {
            Map<List<String>, Long> pairs = new HashMap<>();
            words.forEach(
                    (parts, count) -> {
                        for (int k = 1; k < parts.size(); k++) {
                            pairs.merge(List.of(parts.get(k - 1), parts.get(k)), count, Long::sum);
                        }
                    });
            List<String> best = null;
            for (Map.Entry<List<String>, Long> pair : pairs.entrySet()) {
                long order = best == null ? 1 : pair.getValue() - pairs.get(best);
                if (order == 0) {
                    order = pair.getKey().getFirst().compareTo(best.getFirst());
                }
                if (order == 0) {
                    order = pair.getKey().getLast().compareTo(best.getLast());
                }
                best = order > 0 ? pair.getKey() : best;
            }
            if (best == null || pairs.get(best) < 2) {
                break;
            }
            learnt.add(String.join(" ", best));
            Map<List<String>, Long> next = new HashMap<>();
            for (Map.Entry<List<String>, Long> word : words.entrySet()) {
                List<String> merged = new ArrayList<>();
                for (int k = 0; k < word.getKey().size(); k++) {
                    boolean match =
                            k + 1 < word.getKey().size()
                                    && word.getKey().subList(k, k + 2).equals(best);
                    merged.add(match ? String.join("", best) : word.getKey().get(k));
                    k += match ? 1 : 0;
                }
                next.merge(merged, word.getValue(), Long::sum);
            }
            words.clear();
            words.putAll(next);
        }
        return learnt;
    }
}
