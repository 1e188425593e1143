package hlstm.runtime.decode;

/**
 * Probabilities as their natural logarithms. Computed by {@link StrictMath}, so that every machine
 * finds the same order of two hypotheses.
 */
final class LogDomain {
    /** The logarithm of zero. */
    static final double ZERO = Double.NEGATIVE_INFINITY;

    private LogDomain() {}

    /** The logarithm of the sum of two probabilities. */
    static double add(double a, double b) {
        double larger = Math.max(a, b);
        double smaller = Math.min(a, b);
        return smaller == ZERO
                ? larger
                : larger + StrictMath.log1p(StrictMath.exp(smaller - larger));
    }

    /**
     * Turns logits into log-probabilities that sum to one; log-probabilities stay as they are.
     *
     * @return false, with {@code out} undefined, if a logit is NaN or infinitely large, or all are
     *     infinitely small: there is no distribution then
     */
    static boolean softmax(float[] logits, int offset, int stride, double[] out) {
        float highest = Float.NEGATIVE_INFINITY;
        boolean valid = true;
        for (int k = 0; k < out.length; k++) {
            float logit = logits[offset + k * stride];
            valid &= logit < Float.POSITIVE_INFINITY; // false for NaN too
            highest = Math.max(highest, logit);
        }
        if (!valid || highest == Float.NEGATIVE_INFINITY) {
            return false;
        }
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            out[k] = (double) logits[offset + k * stride] - highest;
            sum += StrictMath.exp(out[k]);
        }
        double log = StrictMath.log(sum);
        for (int k = 0; k < out.length; k++) {
            out[k] -= log;
        }
        return true;
    }
}
