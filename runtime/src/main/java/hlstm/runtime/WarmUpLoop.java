package hlstm.runtime;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Repeats a call until it is compiled and the time it takes has settled.
 *
 * <p>Calls are watched in windows, and the fastest call stands for a window: other programs on the
 * machine can only make a call slower. The time has settled when two windows in a row have not made
 * it much faster. Until HotSpot has compiled a kernel its time stands still as well, so windows are
 * long: of as many steps as compile a method that runs once a step (5000), or of seconds where
 * steps are slow, which is several times what the compilation of a kernel takes. Where the compiler
 * has no processor to itself that may still be too short; but a SIMD kernel that is not compiled
 * makes an object of every vector, so a window in which calls allocate is not counted as settled.
 */
final class WarmUpLoop {
    /** Steps of a window, unless it takes too long. */
    static final int WINDOW_STEPS = 6000;

    /** Least time of a window. */
    static final long MIN_WINDOW_NANOS = 500_000_000L;

    /** Time after which a window ends, however few steps it has. */
    static final long MAX_WINDOW_NANOS = 3_000_000_000L;

    /** Time of the calls that {@link #refresh} makes. */
    static final long REFRESH_NANOS = 5_000_000L;

    /** Windows in a row that must bring nothing and allocate nothing. */
    static final int QUIET_WINDOWS = 2;

    /** A window brings something if its fastest call takes less than this part of the fastest. */
    private static final double FASTER = 0.9;

    /** Of how many calls at the end of the last window the median is taken, at most. */
    private static final int LAST_CALLS = 2048;

    private final Runnable call;
    private final int stepsPerCall;
    private final long limitNanos;
    private final LongSupplier clock;
    private final LongSupplier allocated;
    private final long[] last = new long[LAST_CALLS];
    private long calls;
    private long windowCalls;
    private long firstNanos;

    /**
     * A loop that has not begun.
     *
     * @param call takes {@code stepsPerCall} steps
     * @param clock nanoseconds from any moment on
     * @param allocated bytes that this thread has allocated so far; always 0 if nobody counts
     */
    WarmUpLoop(
            Runnable call,
            int stepsPerCall,
            long limitNanos,
            LongSupplier clock,
            LongSupplier allocated) {
        this.call = call;
        this.stepsPerCall = stepsPerCall;
        this.limitNanos = limitNanos;
        this.clock = clock;
        this.allocated = allocated;
    }

    /** Calls until it has settled or the limit is over; once. */
    WarmUpReport run() {
        long start = clock.getAsLong();
        long now = start;
        long fastest = Long.MAX_VALUE;
        int quiet = 0;
        while (quiet < QUIET_WINDOWS && (calls == 0 || now - start < limitNanos)) {
            long windowStart = now;
            long bytes = allocated.getAsLong();
            windowCalls = 0;
            long windowFastest = Long.MAX_VALUE;
            boolean complete = false;
            while (!complete && (calls == 0 || now - start < limitNanos)) {
                call.run();
                long end = clock.getAsLong();
                note(end - now);
                windowFastest = Math.min(windowFastest, end - now);
                now = end;
                complete = isComplete(windowCalls * stepsPerCall, now - windowStart);
            }
            if (complete) {
                // A byte a call at least: the virtual machine itself allocates now and then.
                boolean allocates = allocated.getAsLong() - bytes >= windowCalls;
                quiet = allocates || windowFastest < FASTER * fastest ? 0 : quiet + 1;
            }
            fastest = Math.min(fastest, windowFastest);
        }
        return new WarmUpReport(
                calls * stepsPerCall,
                Duration.ofNanos(now - start),
                firstNanos,
                medianOfLast() / stepsPerCall,
                quiet == QUIET_WINDOWS);
    }

    /**
     * Calls for some milliseconds more. Whoever has looked at the times has used the caches and the
     * predictors of branches for other things; after this they hold what the next call needs.
     */
    void refresh() {
        long end = clock.getAsLong() + REFRESH_NANOS;
        do {
            call.run();
        } while (clock.getAsLong() - end < 0);
    }

    private static boolean isComplete(long steps, long nanos) {
        return nanos >= MAX_WINDOW_NANOS || steps >= WINDOW_STEPS && nanos >= MIN_WINDOW_NANOS;
    }

    private void note(long nanos) {
        if (calls == 0) {
            firstNanos = nanos;
        }
        last[(int) (windowCalls % LAST_CALLS)] = nanos;
        windowCalls++;
        calls++;
    }

    private long medianOfLast() {
        long[] sorted = Arrays.copyOf(last, (int) Math.min(windowCalls, LAST_CALLS));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
