package hlstm.trainer.growth;

/**
 * Where the training loop keeps the last state that met the target score: weights, patterns,
 * optimiser state and running statistics of the network, but not the policy's own state, the epoch
 * or the learning rate.
 */
public interface GoodState {
    /**
     * Keeps the present state in place of the one before. A run that was killed after this call and
     * goes on from an earlier epoch keeps the same state again.
     */
    void keep();

    /** Brings the kept state back, into the same {@code Parameter} objects. */
    void restore();
}
