package hlstm.bench.start;

import java.util.Arrays;

/**
 * When steps became fast.
 *
 * @param nanos from the end of the first step to the end of the first window of steps whose median
 *     is about that of the end
 * @param steadyNanos median of the last quarter of the time
 */
record Settling(long nanos, long steadyNanos) {
    private static final int WINDOW = 50;

    /** A window has settled if its median is at most so many times that of the end. */
    private static final double NEAR = 1.25;

    /**
     * Looks at the times of steps, in order.
     *
     * @param nanos of each step; one at least
     */
    static Settling of(long[] nanos) {
        long total = Arrays.stream(nanos).sum();
        long late = 0;
        int from = nanos.length;
        while (from > 1 && late < total / 4) {
            late += nanos[--from];
        }
        double steady = median(nanos, Math.min(from, nanos.length - 1), nanos.length);
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
        return new Settling(spent, Math.round(steady));
    }

    private static long median(long[] values, int from, int to) {
        long[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
