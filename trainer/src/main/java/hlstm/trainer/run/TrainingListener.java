package hlstm.trainer.run;

import java.time.Duration;

/** Told of a run's progress, on the thread that trains; returns quickly. */
public interface TrainingListener {
    /** A listener that ignores everything. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * A batch is done.
     *
     * @param progress how far the run is
     */
    default void batch(Progress progress) {}

    /** All batches of the epoch are done, and the network is about to be scored. */
    default void scoring() {}

    /**
     * Something was logged, an epoch's end among others.
     *
     * @param event as in the log
     */
    default void event(RunEvent event) {}

    /**
     * How far a run is.
     *
     * @param epoch the epoch under way, from 1
     * @param epochs most epochs
     * @param phase of grow-and-prune, or {@code train}
     * @param batch batches done in this epoch
     * @param batches of this epoch
     * @param epochsDone epochs' worth of work done, scoring included
     * @param loss mean loss in this epoch so far, as {@link Recipe#lossLabel} says
     * @param left time to the last epoch at the present pace, null at first; shorter if the run
     *     stops early
     */
    record Progress(
            int epoch,
            int epochs,
            String phase,
            int batch,
            int batches,
            double epochsDone,
            double loss,
            Duration left) {}
}
