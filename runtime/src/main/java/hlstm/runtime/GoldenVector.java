package hlstm.runtime;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A short input sequence and the output that the model gave for it when it was made; whoever loads
 * the model checks that the kernels at hand still give it.
 *
 * @param input {@value #STEPS} input steps
 * @param output as many output steps
 * @param tolerance largest difference of an output that is put down to rounding
 */
record GoldenVector(float[] input, float[] output, float tolerance) {
    /** Steps of the sequence: enough for the state to matter, few enough for a quick load. */
    static final int STEPS = 8;

    private static final long SEED = 0x676F6C64;

    /** Half an ulp of 1: the relative error of one single-precision operation. */
    private static final double EPSILON = 0x1p-24;

    /** How far inputs are changed, relatively, to see how much the model amplifies errors. */
    private static final float NUDGE = 0x1p-12f;

    /**
     * Room for what the bound by depth leaves out: kernels approximate sigmoid and tanh to a few
     * more half ulps than products round. A wrong index, order or sign is off by a share of the
     * output itself, hundreds of times more.
     */
    private static final double MARGIN = 4;

    /**
     * Runs a model that has just been made.
     *
     * @param sessions give sessions of the model, at the beginning of a sequence
     * @throws IllegalArgumentException if the model gives something that is not finite
     */
    static GoldenVector of(ModelSpec spec, Supplier<Session> sessions) {
        float[] input = input(spec.inputWidth());
        float[] nudged = new float[input.length];
        for (int k = 0; k < input.length; k++) {
            nudged[k] = input[k] * (k % 2 == 0 ? 1 + NUDGE : 1 - NUDGE);
        }
        float[] output = run(spec, sessions.get(), input);
        float[] moved = run(spec, sessions.get(), nudged);
        double scale = 1;
        double movement = 0;
        for (int k = 0; k < output.length; k++) {
            scale = Math.max(scale, Math.abs(output[k]));
            movement = Math.max(movement, Math.abs(moved[k] - output[k]));
        }
        double amplification = Math.max(1, movement / scale / NUDGE);
        double tolerance = MARGIN * byDepth(spec) * amplification * scale;
        return new GoldenVector(input, output, (float) tolerance);
    }

    private static float[] run(ModelSpec spec, Session session, float[] input) {
        float[] output = new float[STEPS * spec.outputWidth()];
        session.run(input, STEPS, output);
        for (float value : output) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "the weights are too large: the model gives %s for inputs of unit variance"
                                .formatted(value));
            }
        }
        return output;
    }

    /** The input sequence of any model of this input width: uniform, with unit variance. */
    private static float[] input(int width) {
        SplittableRandom random = new SplittableRandom(SEED);
        float bound = (float) Math.sqrt(3);
        float[] input = new float[STEPS * width];
        for (int k = 0; k < input.length; k++) {
            // 24 random bits, so that every value is exact.
            float share = (random.nextInt() >>> 8) * 0x1p-24f;
            input[k] = (2 * share - 1) * bound;
        }
        return input;
    }

    /**
     * The usual bound on the rounding error of sums in any order, relative to the output, for a
     * model that does not amplify errors: {@code 4 * ceil(log2(terms)) * epsilon * steps * levels},
     * where terms is the number of terms of the longest sum, and levels the number of matrix
     * products behind one another in a step.
     */
    static double byDepth(ModelSpec spec) {
        int terms = 2;
        int levels = 0;
        for (LayerSpec layer : spec.layers()) {
            for (TensorSpec matrix : layer.matrices()) {
                terms = Math.max(terms, matrix.columns());
            }
            levels += layer instanceof RecurrentSpec recurrent ? recurrent.cell().levels() : 1;
        }
        double bits = Math.ceil(Math.log(terms) / Math.log(2));
        return 4 * bits * EPSILON * STEPS * levels;
    }

    /**
     * Runs the model again, on other kernels perhaps.
     *
     * @return what is wrong, or null if every difference is within the tolerance
     */
    String difference(Session session) {
        float[] found = new float[output.length];
        session.run(input, STEPS, found);
        int width = output.length / STEPS;
        for (int k = 0; k < output.length; k++) {
            // Negated, so that NaN is refused.
            if (!(Math.abs(found[k] - output[k]) <= tolerance)) {
                return "output %d of step %d: expected %s within %.2e, found %s"
                        .formatted(k % width, k / width, output[k], tolerance, found[k]);
            }
        }
        return null;
    }
}
