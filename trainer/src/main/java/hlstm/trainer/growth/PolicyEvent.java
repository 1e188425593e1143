package hlstm.trainer.growth;

/**
 * What the policy has done, for the log; {@link Type#SWAP_ACTIVATION} and {@link Type#FINISH} are
 * for the training loop to act on.
 *
 * @param type what happened
 * @param detail why or how, for people
 * @param weightsBefore connections of the policy's matrices before the event
 * @param weightsAfter and after it
 * @param density connections over elements after the event
 */
public record PolicyEvent(
        Type type, String detail, long weightsBefore, long weightsAfter, double density) {
    /** What can happen. */
    public enum Type {
        /** The sparse seed was planted. */
        SEED,
        /** Dormant connections woke. */
        GROW,
        /** The network's leaky rectifiers must become plain ones: set their slope to 0. */
        SWAP_ACTIVATION,
        /** Connections went. */
        PRUNE,
        /** The last good state was restored. */
        ROLL_BACK,
        /** Training is over; the parameters hold the final state. */
        FINISH
    }
}
