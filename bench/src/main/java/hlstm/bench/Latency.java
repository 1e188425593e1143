package hlstm.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How long calls took, in microseconds. Of fewer calls than a percentile needs it is the longest.
 *
 * @param count number of calls
 * @param p50Micros median
 * @param p99Micros 99th percentile
 * @param p999Micros 99.9th percentile
 * @param p9999Micros 99.99th percentile
 * @param maxMicros the longest
 */
public record Latency(
        long count,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double p9999Micros,
        double maxMicros) {
    private static final double NANOS_PER_MICRO = 1000;

    /** The figures of a histogram of nanoseconds. */
    public static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99.99) / NANOS_PER_MICRO,
                nanos.getMaxValue() / NANOS_PER_MICRO);
    }

    /** A number for a table: two decimals, or none of large ones. */
    public static String text(double micros) {
        return String.format(Locale.ROOT, micros < 100 ? "%.2f" : "%,.0f", micros);
    }
}
