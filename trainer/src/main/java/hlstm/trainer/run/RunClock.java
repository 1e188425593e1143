package hlstm.trainer.run;

import java.time.Duration;

/** Time spent on a run, over all its parts, and time left. */
final class RunClock {
    private double before;
    private long begin = System.nanoTime();
    private double doneAtBegin;

    /** Starts, or goes on after a break. */
    void start(double secondsBefore, double epochsDone) {
        before = secondsBefore;
        doneAtBegin = epochsDone;
        begin = System.nanoTime();
    }

    /** Seconds of the run so far. */
    double seconds() {
        return before + sinceBegin();
    }

    /** Time to the end at the pace since the last start. */
    Duration left(double epochsDone, double epochs) {
        double done = epochsDone - doneAtBegin;
        double seconds = done > 0 ? sinceBegin() / done * (epochs - epochsDone) : 0;
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private double sinceBegin() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
