package hlstm.trainer.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time spent on a run, over all its parts, and time left. */
final class RunClock {
    /** Of a process, in which code is still being compiled. */
    private static final double FIRST_SECONDS = 5;

    /** Before so much is done an estimate needs more time than that. */
    private static final double LEAST_SHARE = 0.01;

    private static final double MOST_SECONDS = 60;

    private final LongSupplier nanoTime;
    private double before;
    private long begin;
    private double started;
    private Mark older;
    private Mark newer;

    /**
     * How far the run was at a time.
     *
     * @param seconds since the last start
     */
    private record Mark(double seconds, double epochs) {}

    RunClock() {
        this(System::nanoTime);
    }

    RunClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start(0, 0);
    }

    /** Starts, or goes on after a break. */
    void start(double secondsBefore, double epochsDone) {
        before = secondsBefore;
        begin = nanoTime.getAsLong();
        started = epochsDone;
        older = new Mark(0, epochsDone);
        newer = older;
    }

    /** Seconds of the run so far. */
    double seconds() {
        return before + sinceBegin();
    }

    /**
     * Time to the end at the pace of the last half or more of the time since the start, since the
     * first seconds of a process are slow; null while there is no other.
     */
    Duration left(double epochsDone, double epochs) {
        Mark now = new Mark(sinceBegin(), epochsDone);
        boolean little = epochsDone - started < LEAST_SHARE * (epochs - started);
        if (now.seconds < (little ? MOST_SECONDS : FIRST_SECONDS)) {
            return null;
        }
        Mark since = older;
        if (now.seconds >= 2 * newer.seconds) {
            older = newer;
            newer = now;
        }
        double pace = (now.seconds - since.seconds) / (now.epochs - since.epochs);
        return Double.isFinite(pace)
                ? Duration.ofMillis(Math.round(1000 * pace * (epochs - epochsDone)))
                : null;
    }

    private double sinceBegin() {
        return (nanoTime.getAsLong() - begin) / 1e9;
    }
}
