package hlstm.trainer.growth;

/**
 * How small pruning is to make the matrices: the first of the two that is reached.
 *
 * @param density connections over elements, in [0, 1]; 0 for no limit by density
 * @param weights connections of all matrices together; 0 for no limit by count
 */
public record TargetSize(double density, long weights) {
    /** Checks the numbers. */
    public TargetSize {
        if (!(density >= 0 && density <= 1) || weights < 0) {
            throw new IllegalArgumentException(
                    "a target size needs a density in [0, 1] and a count from 0, found %s and %d"
                            .formatted(density, weights));
        }
    }

    /** A limit by density alone. */
    public static TargetSize ofDensity(double density) {
        return new TargetSize(density, 0);
    }

    /** A limit by count alone. */
    public static TargetSize ofWeights(long weights) {
        return new TargetSize(0, weights);
    }

    /** Whether there is no limit, so that pruning would leave nothing. */
    boolean isUnlimited() {
        return density == 0 && weights == 0;
    }

    /** The density to reach in every matrix, where all together have so many elements. */
    double densityOf(long elements) {
        return elements == 0
                ? density
                : Math.min(1, Math.max(density, (double) weights / elements));
    }
}
