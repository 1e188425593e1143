package hlstm.runtime.decode;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/** The n-grams of one order while they are read, in any order. */
final class NgramLevel {
    /** Back-off weight of an n-gram that has none. */
    static final float NO_BACK_OFF = Float.NaN;

    /** Context in the high half, last word in the low one. */
    final LongArrayList keys = new LongArrayList();

    final LongArrayList lines = new LongArrayList();
    final FloatArrayList logProbabilities = new FloatArrayList();
    final FloatArrayList backOffs = new FloatArrayList();

    void add(int context, int word, float logProbability, float backOff, long line) {
        keys.add((long) context << Integer.SIZE | word);
        logProbabilities.add(logProbability);
        backOffs.add(backOff);
        lines.add(line);
    }

    int size() {
        return keys.size();
    }

    static int context(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    static int word(long key) {
        return (int) key;
    }
}
