package hlstm.runtime;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Nanos {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** As many nanoseconds; the largest number for all that is longer, some 292 years. */
    static long of(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
