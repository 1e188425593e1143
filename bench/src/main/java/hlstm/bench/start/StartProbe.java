package hlstm.bench.start;

import hlstm.bench.comparison.AllocatedBytes;
import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.runtime.WarmUp;
import hlstm.trainer.cli.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A process that starts as a service does: it loads a model, warms it up or not, and takes steps,
 * each of which it times. Before a warm-up it takes one step on its own, so that its own call is
 * linked. Prints a {@link StartTimes} as JSON.
 */
public final class StartProbe {
    private static final int MOST_STEPS = 4_000_000;
    private static final int PAUSES = 101;
    private static final long PAUSE_NANOS = 1_000_000;

    private StartProbe() {}

    /**
     * Starts.
     *
     * @param args the model's file; the moment at which the process was started, as an {@link
     *     Instant}; whether to warm up; milliseconds for which to take steps
     * @throws IOException if the model cannot be read
     */
    public static void main(String[] args) throws IOException {
        Instant started = Instant.parse(args[1]);
        long[] nanos = new long[MOST_STEPS]; // now, so that it does not clear the caches later
        Model model = Model.load(Path.of(args[0]));
        double loaded = millisSince(started);
        float[] in = new float[model.spec().inputWidth()];
        float[] out = new float[model.spec().outputWidth()];
        Arrays.fill(in, 1);
        if (Boolean.parseBoolean(args[2])) {
            timedStep(model.newSession(), in, out);
            model.warmUp(WarmUp.steps());
        }
        double ready = millisSince(started);
        Session session = model.newSession();
        long begin = System.nanoTime();
        nanos[0] = timedStep(session, in, out);
        double first = millisSince(started);
        long end = begin + Duration.ofMillis(Long.parseLong(args[3])).toNanos();
        int steps = 1;
        while (steps < nanos.length && System.nanoTime() - end < 0) {
            nanos[steps++] = timedStep(session, in, out);
        }
        double paused = afterPauses(session, in, out);
        long bytes = leastBytes(session, in, out);
        Settling settling = Settling.of(Arrays.copyOf(nanos, steps));
        System.out.println(
                Json.text(
                        new StartTimes(
                                loaded,
                                ready,
                                first,
                                nanos[0] / 1e3,
                                settling.level() && bytes == 0,
                                first + settling.nanos() / 1e6,
                                bytes,
                                settling.steadyNanos() / 1e3,
                                paused / 1e3)));
    }

    /** What a service has around a step; nanoseconds. */
    private static long timedStep(Session session, float[] in, float[] out) {
        long before = System.nanoTime();
        session.step(in, out);
        return System.nanoTime() - before;
    }

    /**
     * Median time of single steps, each after a pause, in nanoseconds. The processor waits by
     * spinning, so that it does not sleep; caches cool all the same.
     */
    private static double afterPauses(Session session, float[] in, float[] out) {
        long[] nanos = new long[PAUSES];
        for (int k = 0; k < nanos.length; k++) {
            long resume = System.nanoTime() + PAUSE_NANOS;
            while (System.nanoTime() - resume < 0) {
                Thread.onSpinWait();
            }
            nanos[k] = timedStep(session, in, out);
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    /**
     * Bytes that a step allocates, the least of some: one whose kernels are not compiled does so
     * every time, the virtual machine itself now and then.
     */
    private static long leastBytes(Session session, float[] in, float[] out) {
        long least = Long.MAX_VALUE;
        for (int k = 0; k < PAUSES; k++) {
            long before = AllocatedBytes.ofThisThread();
            session.step(in, out);
            least = Math.min(least, AllocatedBytes.ofThisThread() - before);
        }
        return least;
    }

    private static double millisSince(Instant moment) {
        return Duration.between(moment, Instant.now()).toNanos() / 1e6;
    }
}
