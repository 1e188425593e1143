package hlstm.trainer.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Estimates n-gram models of words with interpolated Witten-Bell smoothing (Witten and Bell, "The
 * zero-frequency problem", 1991; Chen and Goodman, "An empirical study of smoothing techniques for
 * language modeling", 1999): with c(h) words seen after h, T(h) of them different,
 *
 * <pre>p(w | h) = (c(h w) + T(h) p(w | h without its first word)) / (c(h) + T(h))</pre>
 *
 * and below the single words a uniform distribution over all words, {@code </s>} and {@code <unk>}.
 * It needs no counts of counts, so it works on the smallest texts, where Kneser-Ney does not. For
 * one thread.
 */
public final class WittenBellEstimator {
    /** The longest n-grams. */
    public static final int MAX_ORDER = 5;

    private static final String BEGINNING = "<s>";
    private static final String END = "</s>";
    private static final String UNKNOWN = "<unk>";
    private static final Set<String> MARKERS = Set.of(BEGINNING, END, UNKNOWN, "<UNK>");

    /** What a word that is never predicted has for a log-probability. */
    private static final String NEVER = "-99";

    /** What has followed a context: each word, with how often. */
    private static final class Followers {
        private final SortedMap<String, Long> counts = new TreeMap<>();
        private long total;

        void add(String word) {
            counts.merge(word, 1L, Long::sum);
            total++;
        }

        /** The share of the probability that goes to the shorter context. */
        double backOff() {
            return (double) counts.size() / (total + counts.size());
        }
    }

    private final int order;

    /** By the number of words of a context, and its words with spaces between. */
    private final List<SortedMap<String, Followers>> contexts = new ArrayList<>();

    private long sentences;

    /**
     * An estimator that has seen nothing.
     *
     * @param order the longest n, 1 to {@value #MAX_ORDER}
     */
    public WittenBellEstimator(int order) {
        if (order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException(
                    "the order of a language model must be 1 to %d, found %d"
                            .formatted(MAX_ORDER, order));
        }
        this.order = order;
        for (int n = 0; n < order; n++) {
            contexts.add(new TreeMap<>());
        }
    }

    /**
     * Counts a sentence, words between white space; one without words is left out.
     *
     * @throws IllegalArgumentException if a word is one of the markers of language models
     */
    public void add(String sentence) {
        List<String> words = new ArrayList<>();
        words.add(BEGINNING);
        for (String word : sentence.strip().split("\\s+")) {
            if (MARKERS.contains(word)) {
                throw new IllegalArgumentException(
                        "expected words, found %s, which marks sentences or unknown words; leave it out"
                                .formatted(word));
            }
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.size() == 1) {
            return;
        }
        words.add(END);
        sentences++;
        for (int at = 1; at < words.size(); at++) {
            for (int n = 0; n < order && n <= at; n++) {
                String context = String.join(" ", words.subList(at - n, at));
                contexts.get(n).computeIfAbsent(context, c -> new Followers()).add(words.get(at));
            }
        }
    }

    /** Number of sentences counted. */
    public long sentences() {
        return sentences;
    }

    /** Number of different words, without markers. */
    public int words() {
        return sentences == 0 ? 0 : contexts.getFirst().get("").counts.size() - 1;
    }

    /**
     * The model in the ARPA format.
     *
     * @throws IllegalStateException if no sentence was counted
     */
    public String toArpa() {
        if (sentences == 0) {
            throw new IllegalStateException("a language model needs sentences, found none");
        }
        StringBuilder sections = new StringBuilder();
        StringBuilder header = new StringBuilder("\\data\\\n");
        Map<String, Double> shorter = Map.of();
        for (int n = 1; n <= order; n++) {
            Map<String, Double> own = probabilities(n, shorter);
            sections.append("\n\\%d-grams:\n".formatted(n));
            int count = own.size();
            if (n == 1) {
                line(sections, NEVER, BEGINNING, n);
                count++;
            }
            for (String ngram : new TreeMap<>(own).keySet()) {
                line(sections, log10(own.get(ngram)), ngram, n);
            }
            header.append("ngram %d=%d\n".formatted(n, count));
            shorter = own;
        }
        return header.append(sections).append("\n\\end\\\n").toString();
    }

    /** Of all n-grams that were seen; of the single words, {@code <unk>} too. */
    private Map<String, Double> probabilities(int n, Map<String, Double> shorter) {
        Map<String, Double> probabilities = new HashMap<>();
        contexts.get(n - 1)
                .forEach(
                        (context, followers) -> {
                            double backOff = followers.backOff();
                            double seen = 1 - backOff;
                            followers.counts.forEach(
                                    (word, count) -> {
                                        String ngram = n == 1 ? word : context + " " + word;
                                        double below =
                                                n == 1
                                                        ? uniform(followers)
                                                        : shorter.get(withoutFirst(ngram));
                                        probabilities.put(
                                                ngram,
                                                seen * count / followers.total + backOff * below);
                                    });
                            if (n == 1) {
                                probabilities.put(UNKNOWN, backOff * uniform(followers));
                            }
                        });
        return Collections.unmodifiableMap(probabilities);
    }

    /** Over all words, the end and unknown words. */
    private static double uniform(Followers all) {
        return 1.0 / (all.counts.size() + 1);
    }

    private void line(StringBuilder text, String logProbability, String ngram, int n) {
        text.append(logProbability).append('\t').append(ngram);
        Followers followers = n < order ? contexts.get(n).get(ngram) : null;
        if (followers != null) {
            text.append('\t').append(log10(followers.backOff()));
        }
        text.append('\n');
    }

    private static String withoutFirst(String ngram) {
        return ngram.substring(ngram.indexOf(' ') + 1);
    }

    private static String log10(double probability) {
        return String.format(Locale.ROOT, "%.7f", Math.log10(probability));
    }
}
