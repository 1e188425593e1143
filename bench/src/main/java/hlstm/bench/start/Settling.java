package hlstm.bench.start;

import java.util.Arrays;

/**
 * When steps became as fast as they were at the end, which need not be as fast as they can be: see
 * {@link StartTimes#settled}.
 *
 * @param nanos from the end of the first step to the end of the first window of steps whose median
 *     is about that of the end
 * @param steadyNanos median of the last quarter of the time
 * @param level whether the quarter of the time before it was about as fast
 */
record Settling(long nanos, long steadyNanos, boolean level) {
    private static final int WINDOW = 50;

    /** A window has settled if its median is at most so many times that of the end. */
    private static final double NEAR = 1.25;

    /**
     * Looks at the times of steps, in order.
     *
     * @param nanos of each step; one at least
     */
    static Settling of(long[] nanos) {
        long quarter = Arrays.stream(nanos).sum() / 4;
        int from = quarterBefore(nanos, nanos.length, quarter);
        double steady = median(nanos, Math.min(from, nanos.length - 1), nanos.length);
        int before = quarterBefore(nanos, from, quarter);
        boolean level = before < from && median(nanos, before, from) <= NEAR * steady;
        long spent = 0;
        for (int start = 1; start < nanos.length; start += WINDOW) {
            int end = Math.min(start + WINDOW, nanos.length);
            for (int k = start; k < end; k++) {
                spent += nanos[k];
            }
            if (median(nanos, start, end) <= NEAR * steady) {
                break;
            }
        }
        return new Settling(spent, Math.round(steady), level);
    }

    /** Where a quarter of the time begins; the first step, of its own kind, belongs to none. */
    private static int quarterBefore(long[] nanos, int end, long quarter) {
        int from = end;
        for (long spent = 0; from > 1 && spent < quarter; ) {
            spent += nanos[--from];
        }
        return from;
    }

    private static long median(long[] values, int from, int to) {
        long[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
