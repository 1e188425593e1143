package hlstm.trainer.run;

/**
 * What a user of a model waits for, at batch 1 on one thread, to be timed.
 *
 * @param unit what the latency is of, such as {@code step} or {@code utterance of 3.2 s}
 * @param units how many of them a run does
 * @param run does them once; always the same
 */
public record TimedWork(String unit, int units, Runnable run) {
    /** Checks the count. */
    public TimedWork {
        if (units < 1) {
            throw new IllegalArgumentException("work of 1 unit at least, found " + units);
        }
    }
}
