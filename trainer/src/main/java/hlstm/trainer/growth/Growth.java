package hlstm.trainer.growth;

/**
 * How a sparse seed grows.
 *
 * @param score what dormant connections are chosen by
 * @param gradientBatches how many batches before an event gather the dense gradient, at most the
 *     epoch before it; unused by random growth
 * @param share connections that an event wakes, as a share of all elements of a matrix: alpha
 * @param interval epochs from one event to the next, and from the last to the end of growth
 * @param maxEvents events at most; 0 for no growth
 * @param densityCap density at which a matrix stops growing
 * @param movedShare connections that may move to another column of their bank at an event of growth
 *     or pruning, as a share of those a matrix has; only in geometry banked8
 */
public record Growth(
        GrowthScore score,
        int gradientBatches,
        double share,
        int interval,
        int maxEvents,
        double densityCap,
        double movedShare) {
    /** Checks the numbers. */
    public Growth {
        Checks.atLeast("gradientBatches", gradientBatches, 1);
        Checks.share("growth share", share);
        Checks.atLeast("growth interval", interval, 1);
        Checks.atLeast("maxEvents", maxEvents, 0);
        Checks.share("densityCap", densityCap);
        if (!(movedShare >= 0 && movedShare <= 1)) {
            throw new IllegalArgumentException(
                    "movedShare must lie in [0, 1], found " + movedShare);
        }
    }

    /** No growth and no moves. */
    public static Growth none() {
        return new Growth(GrowthScore.GRADIENT, 1, 1, 1, 0, 1, 0);
    }
}
