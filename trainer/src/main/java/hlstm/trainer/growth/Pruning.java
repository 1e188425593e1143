package hlstm.trainer.growth;

/** How connections of small magnitude go. */
public sealed interface Pruning {
    /** Epochs from the last cut to the end, where it is known to be the last. */
    int retrainEpochs();

    /** The structure stays as it has grown. */
    record None() implements Pruning {
        @Override
        public int retrainEpochs() {
            return 0;
        }
    }

    /**
     * Cut, retrain, repeat, as long as retraining meets the target score; else the last good state
     * comes back and the cut is halved. Without a target score every cut is accepted.
     *
     * @param share connections that a cut removes, as a share of those a matrix has: beta
     * @param minimumShare pruning ends when the halved share falls below
     * @param retrainEpochs epochs within which the target must be met; without a target, epochs
     *     from one cut to the next
     * @param target where pruning ends
     */
    record Iterative(double share, double minimumShare, int retrainEpochs, TargetSize target)
            implements Pruning {
        /** Checks the numbers. */
        public Iterative {
            Checks.share("pruning share", share);
            Checks.share("minimumShare", minimumShare);
            Checks.atLeast("retrainEpochs", retrainEpochs, 1);
        }
    }

    /**
     * A cut after every epoch down to a density that falls with the cube of the time left (Zhu,
     * Gupta 2017), fast first and slowly at the end; then retraining. No target score, no way back:
     * for short budgets.
     *
     * @param epochs number of cuts, one an epoch
     * @param retrainEpochs epochs from the last cut to the end
     * @param target where pruning ends
     */
    record Gradual(int epochs, int retrainEpochs, TargetSize target) implements Pruning {
        /** Checks the numbers. */
        public Gradual {
            Checks.atLeast("pruning epochs", epochs, 1);
            Checks.atLeast("retrainEpochs", retrainEpochs, 1);
            if (target.isUnlimited()) {
                throw new IllegalArgumentException(
                        "gradual pruning needs a target density or count of weights to end at");
            }
        }

        /**
         * The density after a cut.
         *
         * @param start density before the first cut
         * @param end density after the last cut
         * @param cut from 1 to {@link #epochs}
         */
        double density(double start, double end, int cut) {
            double left = 1 - (double) cut / epochs;
            return end + (start - end) * left * left * left;
        }
    }
}
