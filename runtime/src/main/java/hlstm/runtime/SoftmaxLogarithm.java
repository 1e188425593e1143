package hlstm.runtime;

/**
 * Softmax and its logarithm in strict Java: the same bits on every machine, whatever kernels run.
 */
final class SoftmaxLogarithm {
    private static final float LOG2_E = 1.44269504f;

    /** ln 2 in two parts, the first with few bits, so that its products with small n are exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    /**
     * Below this the exponential is nothing beside 1 in single precision, summed a million times.
     */
    private static final float SMALLEST = -60;

    private SoftmaxLogarithm() {}

    /**
     * The exponential of a number that is not positive, to a few units in the last place: reduced
     * by a multiple of ln 2, then the polynomial of Cephes' {@code expf}.
     */
    static float exp(float x) {
        if (!(x > SMALLEST)) {
            return x == x ? 0 : x;
        }
        int n = (int) (x * LOG2_E - 0.5f);
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        float p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        return (p * r * r + r + 1) * Float.intBitsToFloat((n + 127) << 23);
    }

    /** Turns logits into probabilities, in place. */
    static void probabilities(float[] x, int offset, int length) {
        float largest = largest(x, offset, length);
        double sum = 0;
        for (int k = offset; k < offset + length; k++) {
            x[k] = exp(x[k] - largest);
            sum += x[k];
        }
        float factor = (float) (1 / sum);
        for (int k = offset; k < offset + length; k++) {
            x[k] *= factor;
        }
    }

    /** Turns logits into natural logarithms of probabilities, in place. */
    static void logProbabilities(float[] x, int offset, int length) {
        float largest = largest(x, offset, length);
        double sum = 0;
        for (int k = offset; k < offset + length; k++) {
            sum += exp(x[k] - largest);
        }
        float logarithm = (float) StrictMath.log(sum);
        for (int k = offset; k < offset + length; k++) {
            x[k] = x[k] - largest - logarithm;
        }
    }

    private static float largest(float[] x, int offset, int length) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int k = offset; k < offset + length; k++) {
            largest = Math.max(largest, x[k]);
        }
        return largest;
    }
}
