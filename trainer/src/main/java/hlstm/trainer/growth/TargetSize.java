package hlstm.trainer.growth;

import hlstm.trainer.layers.Parameter;

/**
 * How small pruning is to make the matrices: down to a density or a count of weights, whichever is
 * reached first. Those of attention and output may end at a density of their own.
 *
 * @param density connections over elements, in [0, 1]; 0 for no limit by density
 * @param weights connections of all matrices together; 0 for no limit by count
 * @param outputDensity density that the matrices of attention and output are cut to; 0 for none of
 *     their own
 */
public record TargetSize(double density, long weights, double outputDensity) {
    /** Checks the numbers. */
    public TargetSize {
        if (!(density >= 0 && density <= 1)
                || weights < 0
                || !(outputDensity >= 0 && outputDensity <= 1)) {
            throw new IllegalArgumentException(
                    ("a target size needs a density in [0, 1], another for attention and output, and a"
                                    + " count from 0, found %s, %s and %d")
                            .formatted(density, outputDensity, weights));
        }
    }

    /** A limit by density alone. */
    public static TargetSize ofDensity(double density) {
        return new TargetSize(density, 0, 0);
    }

    /** A limit by count alone. */
    public static TargetSize ofWeights(long weights) {
        return new TargetSize(0, weights, 0);
    }

    /** The same, with a density of their own for the matrices of attention and output. */
    public TargetSize withOutputDensity(double own) {
        return new TargetSize(density, weights, own);
    }

    /** The density to reach in a matrix of a kind where gate matrices reach a density. */
    double densityOf(Parameter.Kind kind, double gates) {
        boolean gate = kind != Parameter.Kind.ATTENTION && kind != Parameter.Kind.OUTPUT;
        return gate || outputDensity == 0 ? gates : outputDensity;
    }

    /** Whether there is no limit, so that pruning would leave nothing. */
    boolean isUnlimited() {
        return density == 0 && weights == 0;
    }

    /** The density to reach in gate matrices, where all matrices have so many elements. */
    double densityOf(long elements) {
        return elements == 0
                ? density
                : Math.min(1, Math.max(density, (double) weights / elements));
    }
}
