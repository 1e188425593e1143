package hlstm.trainer.growth;

/**
 * All that {@link GrowAndPrune} remembers from one epoch to the next, as plain values for a
 * checkpoint.
 *
 * @param phase what training is in
 * @param epoch epochs finished
 * @param phaseEpochs epochs since the phase began or its last event
 * @param growthEvents growth events so far
 * @param events changes of structure so far; numbers their random choices
 * @param share the share that the next cut of iterative pruning removes
 * @param startDensity density before the first cut of gradual pruning
 * @param cuts cuts so far
 * @param bestScore the smallest score before the first cut; {@link Double#MAX_VALUE} at the start
 */
public record GrowAndPruneState(
        Phase phase,
        int epoch,
        int phaseEpochs,
        int growthEvents,
        int events,
        double share,
        double startDensity,
        int cuts,
        double bestScore) {
    /** The phases in their order. */
    public enum Phase {
        /** The seed grows. */
        GROW,
        /** Training without a change of structure. */
        SETTLE,
        /** Cuts, each with its retraining. */
        PRUNE,
        /** Retraining after the last cut of a schedule, or of a structure that is small enough. */
        RETRAIN,
        /** Training is over. */
        DONE
    }

    /** Checks that the values can be. */
    public GrowAndPruneState {
        if (phase == null
                || epoch < 0
                || phaseEpochs < 0
                || phaseEpochs > epoch
                || growthEvents < 0
                || cuts < 0
                || events < 0
                || !(share >= 0 && share <= 1)
                || !(startDensity >= 0 && startDensity <= 1)
                || Double.isNaN(bestScore)) {
            throw new IllegalArgumentException(
                    ("not a state of grow-and-prune: phase %s, epoch %d, %d epochs in the phase, %d"
                                    + " growth events, %d events, share %s, start density %s, %d cuts,"
                                    + " best score %s")
                            .formatted(
                                    phase,
                                    epoch,
                                    phaseEpochs,
                                    growthEvents,
                                    events,
                                    share,
                                    startDensity,
                                    cuts,
                                    bestScore));
        }
    }
}
