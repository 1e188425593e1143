package hlstm.runtime;

import java.time.Duration;
import java.util.Locale;

/**
 * What a warm-up has done and found.
 *
 * @param steps steps that were taken; those of sequences are counted one by one
 * @param time how long it took
 * @param firstCallNanos time of the first call, a step or a whole sequence, in nanoseconds: what
 *     the first caller would have waited, if nothing was warm before
 * @param settledStepNanos median time per step at the end, in nanoseconds; what to expect from now
 *     on if it has settled
 * @param settled whether the time per step has settled and steps on the calling thread allocate
 *     nothing, as compiled kernels do; if not, the time limit came first, and later steps may still
 *     become faster
 */
public record WarmUpReport(
        long steps, Duration time, long firstCallNanos, long settledStepNanos, boolean settled) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s after %d steps in %.1f s: %.1f us a step, the first call %.1f us",
                settled ? "settled" : "not settled",
                steps,
                time.toNanos() / 1e9,
                settledStepNanos / 1e3,
                firstCallNanos / 1e3);
    }
}
