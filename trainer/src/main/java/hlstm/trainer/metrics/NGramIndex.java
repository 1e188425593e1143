package hlstm.trainer.metrics;

import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for words and n-grams. An n-gram is the n-gram before its last word and that word, so
 * that counting a sentence makes no copies of words. An index may stand on another one, which it
 * reads and leaves as it is: then many threads may each put an index of their own on a shared one.
 */
final class NGramIndex {
    /** The longest n-grams that are counted. */
    static final int ORDER = 4;

    private static final int ABSENT = -1;

    private final NGramIndex base;
    private final Map<String, Integer> words = new HashMap<>();
    private final Long2IntOpenHashMap nGrams = new Long2IntOpenHashMap();
    private final int firstWord;
    private final int firstNGram;

    /** An empty index. */
    NGramIndex() {
        this(null);
    }

    /** An index that knows what its base knows; the base must not grow any more. */
    NGramIndex(NGramIndex base) {
        this.base = base;
        this.firstWord = base == null ? 0 : base.firstWord + base.words.size();
        this.firstNGram = base == null ? 0 : base.size();
        nGrams.defaultReturnValue(ABSENT);
    }

    /** The number of n-grams known; their numbers are below. */
    int size() {
        return firstNGram + nGrams.size();
    }

    /**
     * How often each n-gram occurs in a sentence: element n - 1 maps the numbers of n-grams to
     * their counts, in the order of their first occurrence. What is new is given a number.
     */
    Int2IntLinkedOpenHashMap[] count(List<String> sentence) {
        int[] ids = sentence.stream().mapToInt(this::word).toArray();
        Int2IntLinkedOpenHashMap[] counts = new Int2IntLinkedOpenHashMap[ORDER];
        for (int n = 0; n < ORDER; n++) {
            counts[n] = new Int2IntLinkedOpenHashMap(Math.max(ids.length - n, 0));
        }
        for (int start = 0; start < ids.length; start++) {
            int nGram = ABSENT;
            for (int n = 0; n < ORDER && start + n < ids.length; n++) {
                nGram = nGram(nGram, ids[start + n]);
                counts[n].addTo(nGram, 1);
            }
        }
        return counts;
    }

    private int word(String word) {
        Integer known = base == null ? null : base.words.get(word);
        return known != null
                ? known
                : words.computeIfAbsent(word, added -> firstWord + words.size());
    }

    private int nGram(int before, int word) {
        long key = (long) before << Integer.SIZE | word;
        int known = base == null ? ABSENT : base.nGrams.get(key);
        if (known == ABSENT) {
            known = nGrams.get(key);
        }
        if (known == ABSENT) {
            known = size();
            nGrams.put(key, known);
        }
        return known;
    }
}
