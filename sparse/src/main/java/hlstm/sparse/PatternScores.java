package hlstm.sparse;

/** Checks what callers hand in to change a pattern by. */
final class PatternScores {
    private PatternScores() {}

    /** Refuses scores that are not one finite number, not negative, for each matrix element. */
    static void checkScores(SparsityPattern pattern, float[] scores) {
        long elements = (long) pattern.rows() * pattern.columns();
        if (scores.length != elements) {
            throw new IllegalArgumentException(
                    "a %d x %d pattern needs %d growth scores, one for each element, found %d"
                            .formatted(pattern.rows(), pattern.columns(), elements, scores.length));
        }
        for (int k = 0; k < scores.length; k++) {
            if (!isValid(scores[k])) {
                throw new IllegalArgumentException(
                        ("growth score of row %d, column %d is %s: expected a finite number, not"
                                        + " negative; look for a loss or gradient that diverged")
                                .formatted(
                                        k / pattern.columns(), k % pattern.columns(), scores[k]));
            }
        }
    }

    /** Refuses magnitudes that are not one finite number, not negative, for each connection. */
    static void checkMagnitudes(SparsityPattern pattern, float[] magnitudes) {
        if (magnitudes.length != pattern.nonzeros()) {
            throw new IllegalArgumentException(
                    "a pattern of %d connections needs as many magnitudes, found %d"
                            .formatted(pattern.nonzeros(), magnitudes.length));
        }
        for (int k = 0; k < magnitudes.length; k++) {
            if (!isValid(magnitudes[k])) {
                throw new IllegalArgumentException(
                        ("magnitude %d of %d is %s: expected a finite number, not negative; look"
                                        + " for weights that diverged")
                                .formatted(k, magnitudes.length, magnitudes[k]));
            }
        }
    }

    /** Refuses a negative count of connections or moves. */
    static void checkCount(String what, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "%s must not be negative, found %d".formatted(what, count));
        }
    }

    private static boolean isValid(float score) {
        return score >= 0 && score <= Float.MAX_VALUE;
    }
}
