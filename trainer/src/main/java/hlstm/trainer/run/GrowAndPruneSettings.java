package hlstm.trainer.run;

import hlstm.sparse.Geometry;

/**
 * How grow-and-prune finds the connections of the gate matrices.
 *
 * @param enabled whether it does at all; without it the gate matrices stay dense
 * @param geometry which sets of connections each kind of matrix may hold
 * @param growth how connections are woken
 * @param pruning how connections are dropped
 */
public record GrowAndPruneSettings(
        boolean enabled, GeometryByKind geometry, GrowthSettings growth, PruningSettings pruning) {
    /**
     * The geometry of each kind of gate matrix, by its label.
     *
     * @param input matrices that multiply the input of a cell
     * @param recurrent matrices that multiply the previous output of a cell
     * @param hidden matrices that multiply a hidden layer of a gate
     */
    public record GeometryByKind(String input, String recurrent, String hidden) {
        /** Checks the labels. */
        public GeometryByKind {
            Geometry.of(input);
            Geometry.of(recurrent);
            Geometry.of(hidden);
        }
    }

    /**
     * The growth phase.
     *
     * @param score {@code gradient} wakes the connections with the largest gradient, {@code random}
     *     any
     * @param seedDensity share of the connections that exist at the start
     * @param share of all possible connections that one event wakes
     * @param interval epochs from one event to the next
     * @param scoringBatches batches over which the gradient is gathered before an event; 0 takes
     *     the whole epoch
     * @param densityCap growth stops at this density
     * @param epochs most epochs of the phase
     */
    public record GrowthSettings(
            String score,
            double seedDensity,
            double share,
            int interval,
            int scoringBatches,
            double densityCap,
            int epochs) {
        /** Checks the ranges. */
        public GrowthSettings {
            Check.oneOf("score", score, "gradient", "random");
            Check.positive("seedDensity", seedDensity);
            Check.notNegative("share", share);
            Check.atLeast("interval", interval, 1);
            Check.atLeast("scoringBatches", scoringBatches, 0);
            Check.positive("densityCap", densityCap);
            Check.atLeast("epochs", epochs, 0);
        }
    }

    /**
     * The pruning phase.
     *
     * @param share of the remaining connections that one event drops
     * @param minimumShare pruning stops when the share, halved at each rollback, falls below this
     * @param retrainEpochs most epochs that retraining may take to reach the target again
     * @param densityFloor pruning stops at this density
     * @param targetScore score that retraining must reach, in percent; 0 takes the best of the
     *     growth phase plus the tolerance
     * @param tolerance points by which the score may be worse than the best of the growth phase
     */
    public record PruningSettings(
            double share,
            double minimumShare,
            int retrainEpochs,
            double densityFloor,
            double targetScore,
            double tolerance) {
        /** Checks the ranges. */
        public PruningSettings {
            Check.share("share", share);
            Check.share("minimumShare", minimumShare);
            Check.atLeast("retrainEpochs", retrainEpochs, 1);
            Check.share("densityFloor", densityFloor);
            Check.notNegative("targetScore", targetScore);
            Check.notNegative("tolerance", tolerance);
        }
    }
}
