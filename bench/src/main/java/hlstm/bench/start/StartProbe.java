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
 * each of which it times. Prints a {@link StartTimes} as JSON.
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
        if (Boolean.parseBoolean(args[2])) {
            model.warmUp(WarmUp.steps());
        }
        double ready = millisSince(started);
        Session session = model.newSession();
        float[] in = new float[model.spec().inputWidth()];
        float[] out = new float[model.spec().outputWidth()];
        Arrays.fill(in, 1);
        long begin = System.nanoTime();
        session.step(in, out);
        nanos[0] = System.nanoTime() - begin;
        double first = millisSince(started);
        long end = begin + Duration.ofMillis(Long.parseLong(args[3])).toNanos();
        int steps = 1;
        long before = System.nanoTime();
        while (steps < nanos.length && before - end < 0) {
            session.step(in, out);
            long after = System.nanoTime();
            nanos[steps++] = after - before;
            before = after;
        }
        long[] pauses = new long[PAUSES];
        long bytesBefore = AllocatedBytes.ofThisThread();
        double paused = afterPauses(session, in, out, pauses);
        // Whole bytes a step: what the virtual machine allocates now and then does not count.
        long bytes = (AllocatedBytes.ofThisThread() - bytesBefore) / PAUSES;
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

    /**
     * Median time of single steps, each after a pause, in nanoseconds. The processor waits by
     * spinning, so that it does not sleep; caches cool all the same.
     */
    private static double afterPauses(Session session, float[] in, float[] out, long[] nanos) {
        for (int k = 0; k < nanos.length; k++) {
            long resume = System.nanoTime() + PAUSE_NANOS;
            while (System.nanoTime() - resume < 0) {
                Thread.onSpinWait();
            }
            long before = System.nanoTime();
            session.step(in, out);
            nanos[k] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    private static double millisSince(Instant moment) {
        return Duration.between(moment, Instant.now()).toNanos() / 1e6;
    }
}
