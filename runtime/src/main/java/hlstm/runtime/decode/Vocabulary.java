package hlstm.runtime.decode;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Words by number, and numbers by word, in a few arrays. Immutable. Looking a word up is a binary
 * search: no choice of words makes it slow, and nothing is allocated.
 */
final class Vocabulary {
    static final int NONE = -1;

    /** The code points of all words, and where each begins. */
    private final int[] points;

    private final int[] starts;

    /** Numbers of the words in the order of their code points. */
    private final int[] sorted;

    /** Words that all differ; each has its index as its number. */
    Vocabulary(List<String> words) {
        starts = new int[words.size() + 1];
        for (int w = 0; w < words.size(); w++) {
            String word = words.get(w);
            starts[w + 1] = Math.addExact(starts[w], word.codePointCount(0, word.length()));
        }
        points = new int[starts[words.size()]];
        int at = 0;
        for (String word : words) {
            for (int k = 0; k < word.length(); k += Character.charCount(word.codePointAt(k))) {
                points[at++] = word.codePointAt(k);
            }
        }
        sorted =
                IntStream.range(0, words.size())
                        .boxed()
                        .sorted((a, b) -> compare(a, points, starts[b], starts[b + 1]))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    int size() {
        return sorted.length;
    }

    /** The number of a word, or NONE. */
    int number(int[] word, int length) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(sorted[middle], word, 0, length);
            if (order == 0) {
                return sorted[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    int number(String word) {
        int[] asPoints = word.codePoints().toArray();
        return number(asPoints, asPoints.length);
    }

    /** Whether a word has no code points but these. */
    boolean isSpelt(int word, int[] allowed) {
        for (int k = starts[word]; k < starts[word + 1]; k++) {
            int point = points[k];
            if (IntStream.of(allowed).noneMatch(a -> a == point)) {
                return false;
            }
        }
        return true;
    }

    private int compare(int word, int[] other, int from, int to) {
        int a = starts[word];
        int b = from;
        while (a < starts[word + 1] && b < to && points[a] == other[b]) {
            a++;
            b++;
        }
        if (a == starts[word + 1] || b == to) {
            return Integer.compare(starts[word + 1] - a, to - b);
        }
        return Integer.compare(points[a], other[b]);
    }
}
