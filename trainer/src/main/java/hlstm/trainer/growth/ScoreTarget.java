package hlstm.trainer.growth;

/**
 * The score that a network must have for its structure to count as good enough. The smaller a score
 * the better: an error rate, a loss, or the negative of a score that is to be large.
 */
public sealed interface ScoreTarget {
    /** Any score will do. */
    record None() implements ScoreTarget {}

    /**
     * A score known beforehand, such as that of the dense network. Growth ends when it is met.
     *
     * @param score the largest that is good enough
     */
    record Fixed(double score) implements ScoreTarget {
        /** Checks that the score is a number. */
        public Fixed {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("the target score must be a number, found NaN");
            }
        }
    }

    /**
     * The best score of this training before the first cut, give or take. Growth does not end by
     * it.
     *
     * @param tolerance by how much a score may be worse
     */
    record NearBest(double tolerance) implements ScoreTarget {
        /** Checks the tolerance. */
        public NearBest {
            if (!(tolerance >= 0)) {
                throw new IllegalArgumentException(
                        "the tolerance of a score must not be negative, found " + tolerance);
            }
        }
    }
}
