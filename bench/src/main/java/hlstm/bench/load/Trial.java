package hlstm.bench.load;

import hlstm.bench.Latency;

/**
 * A rate held for a while.
 *
 * @param ratePerSecond frames of all streams in a second
 * @param latency from the moment when a frame was due
 * @param unanswered frames that still waited at the end, counted with their wait so far
 * @param bytesPerFrame heap allocated by the workers
 */
record Trial(double ratePerSecond, Latency latency, long unanswered, double bytesPerFrame) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Whether p99 stays under the limit. */
    boolean holds(double limitMillis) {
        return latency.p99Micros() < limitMillis * MICROS_PER_MILLI;
    }
}
