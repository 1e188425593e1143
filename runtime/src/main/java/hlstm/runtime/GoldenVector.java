package hlstm.runtime;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A short input sequence and the output that the model gave for it when it was made; whoever loads
 * the model checks that the kernels at hand still give it.
 *
 * @param input {@code STEPS} input steps
 * @param output as many output steps
 */
record GoldenVector(float[] input, float[] output) {
    /** Steps of the sequence: enough for the state to matter, few enough for a quick load. */
    static final int STEPS = 8;

    private static final long SEED = 0x676F6C64;

    /** Half an ulp of 1: the relative error of one single-precision operation. */
    private static final double EPSILON = 0x1p-24;

    /**
     * Room for what a bound by depth leaves out: kernels approximate the gates' sigmoid and tanh to
     * a few more half ulps than products round, and weights can amplify errors from step to step. A
     * wrong index, order or sign is off by a share of the output itself, hundreds of times more.
     */
    private static final double MARGIN = 16;

    /** The input sequence of any model of this input width: uniform, with unit variance. */
    static float[] input(int width) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] input = new float[STEPS * width];
        float bound = (float) Math.sqrt(3);
        for (int k = 0; k < input.length; k++) {
            input[k] = (2 * (random.nextInt() >>> 8) * 0x1p-24f - 1) * bound;
        }
        return input;
    }

    /**
     * Largest difference that is put down to rounding, relative to the largest output or 1: {@code
     * 16 * epsilon * 4 * ceil(log2(terms)) * steps * levels}, where terms is the number of terms of
     * the longest sum, and levels the number of matrix products behind one another in a step. The
     * part by depth is the usual bound for sums in any order.
     */
    static double tolerance(ModelSpec spec) {
        int terms = 2;
        int levels = 0;
        for (LayerSpec layer : spec.layers()) {
            for (TensorSpec matrix : layer.matrices()) {
                terms = Math.max(terms, matrix.columns());
            }
            levels += layer instanceof RecurrentSpec recurrent ? recurrent.cell().levels() : 1;
        }
        double bits = Math.ceil(Math.log(terms) / Math.log(2));
        return MARGIN * EPSILON * 4 * bits * STEPS * levels;
    }

    /**
     * Compares with what the model gives now.
     *
     * @return what is wrong, or null if the difference is within the tolerance
     */
    String difference(float[] found, ModelSpec spec) {
        double scale = 1;
        for (float value : output) {
            scale = Math.max(scale, Math.abs(value));
        }
        double allowed = tolerance(spec) * scale;
        for (int k = 0; k < output.length; k++) {
            // Negated, so that NaN is refused.
            if (!(Math.abs((double) found[k] - output[k]) <= allowed)) {
                return "output %d of step %d: expected %s within %.2e, found %s"
                        .formatted(
                                k % spec.outputWidth(),
                                k / spec.outputWidth(),
                                output[k],
                                allowed,
                                found[k]);
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GoldenVector that
                && Arrays.equals(input, that.input)
                && Arrays.equals(output, that.output);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(input) + Arrays.hashCode(output);
    }
}
