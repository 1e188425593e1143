package hlstm.trainer.run;

/**
 * What follows when evaluations bring no better score: with the schedule {@code plateau} a lower
 * learning rate, and the end of training where the rate does not get any lower.
 */
final class Patience {
    private final int evaluations;
    private final OptimizerSettings optimizer;
    private int reductions;

    /**
     * A patience at the beginning of a run.
     *
     * @param evaluations after which it is spent; 0 is endless
     */
    Patience(int evaluations, OptimizerSettings optimizer) {
        this.evaluations = evaluations;
        this.optimizer = optimizer;
    }

    /** Goes on from where another one of the same settings was. */
    void resume(int reductions) {
        this.reductions = reductions;
    }

    /** How often the learning rate has been reduced. */
    int reductions() {
        return reductions;
    }

    /** The share of the schedule's learning rate that is left. */
    double rateShare() {
        return optimizer.share(reductions);
    }

    /**
     * After each evaluation: reduces the learning rate if it is time to.
     *
     * @param withoutGain evaluations since the best one
     * @return whether training is to stop
     */
    boolean isSpent(int withoutGain) {
        if (evaluations == 0 || withoutGain == 0 || withoutGain % evaluations > 0) {
            return false;
        }
        boolean lowest = optimizer.share(reductions + 1) == rateShare();
        reductions += lowest ? 0 : 1;
        return lowest;
    }
}
