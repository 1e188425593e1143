package hlstm.sparse;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Times two forms of a product in turns. Of each the fastest call counts: whatever else runs on the
 * machine can only make a call slower, and the first calls are not compiled.
 */
final class PlainTrial {
    private static final long LEAST_NANOS = 250_000_000;

    /** Then the compiler is too busy with other things. */
    static final long MOST_NANOS = 3_000_000_000L;

    /** For so long the calls go on when both forms are compiled. */
    private static final long SETTLING_NANOS = 50_000_000;

    /** Gathering that is slower by this factor is not compiled: it takes no more loads. */
    private static final int NOT_COMPILED = 4;

    private static final int SIZE = 512;
    private static final double DENSITY = 0.1;

    /** Weights in a nanosecond. */
    record Rates(double gather, double scalar) {
        /** Whether these can be the rates of compiled code. */
        boolean compiled() {
            return gather * NOT_COMPILED >= scalar;
        }
    }

    private PlainTrial() {}

    /** The rates with a matrix that fits into the cache of a core. */
    static Rates ofThisMachine() {
        SplittableRandom random = new SplittableRandom(1);
        SparsityPattern pattern =
                SparsityPattern.random(SIZE, SIZE, Geometry.PLAIN, DENSITY, random);
        float[] weights = new float[pattern.nonzeros()];
        PackedPlain w = PackedPlain.of(new SparseMatrix(pattern, weights), WeightPool.exact());
        float[] x = new float[SIZE];
        float[] y = new float[SIZE];
        return time(
                () -> VectorKernels.multiplyAdd(w, true, x, 0, y, 0),
                () -> VectorKernels.multiplyAdd(w, false, x, 0, y, 0),
                w.weights(),
                System::nanoTime);
    }

    /**
     * The rates of two calls.
     *
     * @param weights that a call multiplies
     * @param clock nanoseconds from any moment on
     */
    static Rates time(Runnable gather, Runnable scalar, int weights, LongSupplier clock) {
        long start = clock.getAsLong();
        long now = start;
        long end = start + LEAST_NANOS;
        long gatherNanos = Long.MAX_VALUE;
        long scalarNanos = Long.MAX_VALUE;
        Rates rates;
        do {
            gather.run();
            long between = clock.getAsLong();
            gatherNanos = Math.min(gatherNanos, between - now);
            scalar.run();
            now = clock.getAsLong();
            scalarNanos = Math.min(scalarNanos, now - between);
            rates = new Rates(weights / (double) gatherNanos, weights / (double) scalarNanos);
            if (!rates.compiled()) {
                end = Math.max(end, now + SETTLING_NANOS);
            }
        } while (now < Math.min(end, start + MOST_NANOS));
        return rates;
    }
}
