package hlstm.trainer.run;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The latency of a network that a run may end with, measured on the exported model.
 *
 * @param unit what it is of; see {@link TimedWork}
 * @param p50Micros the median
 * @param runs that were timed
 */
record CandidateLatency(String unit, double p50Micros, long runs) {
    /** Kernels are slow until they have been compiled, which takes about a second. */
    private static final Duration WARM_UP = Duration.ofMillis(1000);

    /** Where the compiler waits for a processor it takes longer. */
    private static final int MOST_WARM_UPS = 10;

    /** A warm-up has brought something if its fastest run takes less than this part. */
    private static final double FASTER = 0.9;

    private static final Duration MEASURED = Duration.ofMillis(1000);
    private static final int FEWEST_RUNS = 15;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DIGITS = 3;
    private static final double NANOS = 1000;

    /** Times the work by itself, after a warm-up. */
    static CandidateLatency measure(TimedWork work) {
        warmUp(work);
        Histogram histogram = repeat(work, MEASURED);
        return new CandidateLatency(
                work.unit(),
                histogram.getValueAtPercentile(50) / NANOS / work.units(),
                histogram.getTotalCount());
    }

    private static void warmUp(TimedWork work) {
        long fastest = repeat(work, WARM_UP).getMinValue();
        for (int more = 1; more < MOST_WARM_UPS; more++) {
            long next = repeat(work, WARM_UP).getMinValue();
            if (next >= FASTER * fastest) {
                break;
            }
            fastest = next;
        }
    }

    private static Histogram repeat(TimedWork work, Duration time) {
        Histogram histogram = new Histogram(LONGEST.toNanos(), DIGITS);
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0 || histogram.getTotalCount() < FEWEST_RUNS) {
            long before = System.nanoTime();
            work.run().run();
            long took = System.nanoTime() - before;
            histogram.recordValue(Math.min(took, LONGEST.toNanos()));
        }
        return histogram;
    }

    /** In words, for the log. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%s microseconds a %s (p50 of %,d runs, batch 1, one thread)",
                micros(p50Micros),
                unit,
                runs);
    }

    /** Microseconds as people read them: three digits, whole from 100 on. */
    static String micros(double micros) {
        return micros < 10
                ? String.format(Locale.ROOT, "%.2f", micros)
                : micros < 100
                        ? String.format(Locale.ROOT, "%.1f", micros)
                        : String.format(Locale.ROOT, "%,.0f", micros);
    }
}
