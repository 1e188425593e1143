package hlstm.trainer.run;

/**
 * The course of a training run.
 *
 * @param epochs most passes over the training set
 * @param batchSize examples of a batch
 * @param shortestFirst whether the first epoch goes from the shortest to the longest examples
 * @param evaluationInterval epochs from one evaluation on the development set to the next
 * @param patience evaluations without a better score after which training stops, or with the
 *     schedule {@code plateau} first goes on at lower learning rates; 0 never stops. Grow-and-prune
 *     decides by itself when to stop
 * @param threads threads that share the work; 0 takes one for each processor. The result does not
 *     depend on it
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        boolean shortestFirst,
        int evaluationInterval,
        int patience,
        int threads) {
    /** The number of threads on this machine. */
    public int workers() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
