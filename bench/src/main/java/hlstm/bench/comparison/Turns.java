package hlstm.bench.comparison;

import hlstm.bench.Progress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Lets those that are timed take turns in short slices, so that whatever else happens on the
 * machine meets all of them alike.
 */
public final class Turns {
    private static final long SLICE_NANOS = 50_000_000;

    /** Threads of some runtimes wait for more work by spinning, for a while after each run. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Turns() {}

    /** Slices by turns until each entrant has had its time; each leads as often as the others. */
    public static void take(List<Entrant> entrants, Duration each, Progress progress) {
        long[] left = new long[entrants.size()];
        Arrays.fill(left, each.toNanos());
        double total = (double) each.toNanos() * left.length;
        boolean more = true;
        for (int round = 0; more; round++) {
            more = false;
            for (int k = 0; k < left.length; k++) {
                int turn = (k + round) % left.length;
                if (left[turn] > 0) {
                    pause();
                    Entrant entrant = entrants.get(turn);
                    left[turn] -= entrant.slice(Math.min(SLICE_NANOS, left[turn]));
                    more |= left[turn] > 0;
                }
            }
            double toDo = Arrays.stream(left).filter(nanos -> nanos > 0).sum();
            progress.to(1 - toDo / total, "");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while timing", e);
        }
    }
}
