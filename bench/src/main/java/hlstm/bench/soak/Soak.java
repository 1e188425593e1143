package hlstm.bench.soak;

import hlstm.bench.Latency;
import hlstm.bench.Progress;
import hlstm.bench.comparison.AllocatedBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Many steps of one stream: the same sequence of inputs again and again, with a reset before each.
 * Every output must have the bits that it had the first time, and no step may allocate.
 */
final class Soak {
    private static final long HIGHEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;
    private static final int PARTS = 10;

    /** Rounds between two looks at the clock and the counter of bytes. */
    private static final int ROUNDS = 100;

    private final SoakStream stream;
    private final float[][] inputs;
    private final float[][] expected;
    private final float[] out;
    private final Histogram latencies = new Histogram(HIGHEST_NANOS, DIGITS);
    private final Progress progress;
    private long taken;
    private long drifted;
    private long firstDrift = -1;

    /**
     * A soak of a stream that has been warmed up.
     *
     * @param inputs of a round
     */
    Soak(SoakStream stream, float[][] inputs, int outputWidth, Progress progress) {
        this.stream = stream;
        this.inputs = inputs;
        this.progress = progress;
        out = new float[outputWidth];
        expected = new float[inputs.length][];
        stream.reset();
        for (int k = 0; k < inputs.length; k++) {
            stream.step(inputs[k], out);
            expected[k] = out.clone();
        }
    }

    /**
     * Takes some steps that are neither timed nor checked for bytes, so that this loop is compiled
     * as well; drift counts.
     */
    void warmUp(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        do {
            rounds(Long.MAX_VALUE);
        } while (System.nanoTime() - end < 0);
        latencies.reset();
        taken = 0;
    }

    /** Takes that many steps and tells what came of them. */
    SoakResult run(long steps) {
        List<SoakResult.Part> parts = new ArrayList<>();
        long allocated = 0;
        for (int part = 1; part <= PARTS; part++) {
            long until = Math.multiplyExact(steps, part) / PARTS;
            long bytes = 0;
            latencies.reset();
            while (taken < until) {
                long before = AllocatedBytes.ofThisThread();
                rounds(until);
                bytes += AllocatedBytes.ofThisThread() - before;
                progress.to((double) taken / steps, "");
            }
            allocated += bytes;
            parts.add(new SoakResult.Part(Latency.of(latencies), bytes));
        }
        return new SoakResult(taken, inputs.length, allocated, drifted, firstDrift, parts);
    }

    /** Some rounds, the last of which may be cut short. */
    private void rounds(long until) {
        for (int round = 0; round < ROUNDS && taken < until; round++) {
            stream.reset();
            for (int k = 0; k < inputs.length && taken < until; k++) {
                long before = System.nanoTime();
                stream.step(inputs[k], out);
                long nanos = System.nanoTime() - before;
                latencies.recordValue(Math.min(nanos, HIGHEST_NANOS));
                if (!Arrays.equals(expected[k], out)) {
                    if (drifted++ == 0) {
                        firstDrift = taken;
                    }
                }
                taken++;
            }
        }
    }
}
