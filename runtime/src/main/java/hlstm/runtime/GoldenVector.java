package hlstm.runtime;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A short input sequence and the output that the model gave for it when it was made; whoever loads
 * the model checks that the kernels at hand still give it. How far off they may be is computed when
 * it is checked and not stored, so that no file can ask for leniency.
 *
 * @param input {@link #inputSteps} input steps
 * @param output the output steps that they give
 */
record GoldenVector(float[] input, float[] output) {
    /** Least steps of the sequence: enough for the state to matter, few enough for a quick load. */
    static final int STEPS = 8;

    private static final long SEED = 0x676F6C64;

    /** Half an ulp of 1: the relative error of one single-precision operation. */
    private static final double EPSILON = 0x1p-24;

    /** How far inputs are changed, relatively, to see how much the model amplifies errors. */
    private static final float NUDGE = 0x1p-18f;

    /** Ways to change the inputs; each may miss what a model amplifies. */
    private static final int NUDGES = 4;

    /**
     * Room for what the bound by depth leaves out: kernels approximate sigmoid and tanh to a few
     * more half ulps than products round. A wrong index, order or sign is off by a share of the
     * output itself, hundreds of times more.
     */
    private static final double MARGIN = 4;

    /**
     * The kernels that stored outputs are made with: strict Java in one order of operations, so
     * that they give the same bits on every machine.
     */
    static Kernels reference() {
        return KernelProviders.of("scalar");
    }

    /** Input steps of the sequence for a model: the fewest that give enough steps everywhere. */
    static int inputSteps(ModelSpec spec) {
        return Math.max(STEPS, spec.inputSteps(STEPS));
    }

    /**
     * Runs a model that has just been made.
     *
     * @param runs give the model, at the beginning of a sequence
     * @throws IllegalArgumentException if the model gives something that is not finite
     */
    static GoldenVector of(ModelSpec spec, Supplier<SequenceRun> runs) {
        float[] input = input(inputSteps(spec), spec.inputWidth());
        float[] output = run(spec, runs.get(), input);
        requireFinite(output);
        for (int way = 0; way < NUDGES; way++) {
            requireFinite(run(spec, runs.get(), nudged(input, way)));
        }
        return new GoldenVector(input, output);
    }

    private static void requireFinite(float[] output) {
        for (float value : output) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "the weights are too large: the model gives %s for inputs of unit variance"
                                .formatted(value));
            }
        }
    }

    private static float[] run(ModelSpec spec, SequenceRun run, float[] input) {
        int steps = inputSteps(spec);
        float[] output = new float[spec.outputSteps(steps) * spec.outputWidth()];
        run.run(input, steps, output);
        return output;
    }

    /** The input sequence of any model of this input width: uniform, with unit variance. */
    private static float[] input(int steps, int width) {
        SplittableRandom random = new SplittableRandom(SEED);
        float bound = (float) Math.sqrt(3);
        float[] input = new float[Math.multiplyExact(steps, width)];
        for (int k = 0; k < input.length; k++) {
            // 24 random bits, so that every value is exact.
            float share = (random.nextInt() >>> 8) * 0x1p-24f;
            input[k] = (2 * share - 1) * bound;
        }
        return input;
    }

    /** Changes the inputs up and down at random; the first of 64 random bits decides of each. */
    private static float[] nudged(float[] input, int way) {
        SplittableRandom random = new SplittableRandom(SEED + 1 + way);
        float[] nudged = new float[input.length];
        for (int k = 0; k < input.length; k++) {
            nudged[k] = input[k] * (random.nextLong() < 0 ? 1 - NUDGE : 1 + NUDGE);
        }
        return nudged;
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
        for (TensorSpec matrix : spec.task().matrices()) {
            terms = Math.max(terms, matrix.columns());
            levels++;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(terms - 1);
        return 4 * bits * EPSILON * spec.outputSteps(inputSteps(spec)) * levels;
    }

    /**
     * Runs the model again. Its own kernels alone decide if they come as close as a model that does
     * not amplify errors must. Else every call of them is {@linkplain WatchedKernels watched},
     * which finds a fault of theirs however much the model amplifies. If there is none, the file is
     * good if the reference kernels give the bits that it holds; one from a version that added up
     * in another order may differ by what the model makes of rounding.
     *
     * @param own the kernels that will run the model
     * @param runs give the model on any kernels
     * @return what is wrong and what to do, or null if every difference is put down to rounding
     */
    String fault(ModelSpec spec, Kernels own, Function<Kernels, SequenceRun> runs) {
        int width = spec.outputWidth();
        double[] bounds = new double[output.length / width];
        Arrays.fill(bounds, MARGIN * byDepth(spec));
        if (difference(run(spec, runs.apply(own), input), width, bounds) == null) {
            return null;
        }
        String computed =
                WatchedKernels.faultOf(own, kernels -> run(spec, runs.apply(kernels), input));
        if (computed != null) {
            return computed
                    + "; these kernels do not work on this machine, choose others with"
                    + " -Dhlstm.provider";
        }
        float[] exact = run(spec, runs.apply(reference()), input);
        if (Arrays.equals(exact, output)) {
            return null;
        }
        double[] amplification = amplification(spec, exact, runs);
        for (int step = 0; step < bounds.length; step++) {
            bounds[step] *= amplification[step];
        }
        String stored = difference(exact, width, bounds);
        return stored == null
                ? null
                : stored
                        + " on the scalar kernels too; this output is not that of these weights, get"
                        + " the file once more from where it was made";
    }

    /** The largest value of each output over all steps, at least 1. */
    private static double[] scales(float[] output, int width) {
        double[] scales = new double[width];
        Arrays.fill(scales, 1);
        for (int k = 0; k < output.length; k++) {
            int unit = k % scales.length;
            scales[unit] = Math.max(scales[unit], Math.abs(output[k]));
        }
        return scales;
    }

    /**
     * How much more the outputs up to each step move than the inputs did, at least 1; NaN if one is
     * not finite.
     */
    private double[] amplification(
            ModelSpec spec, float[] exact, Function<Kernels, SequenceRun> runs) {
        int width = spec.outputWidth();
        double[] scales = scales(exact, width);
        double[] amplification = new double[exact.length / width];
        Arrays.fill(amplification, 1);
        for (int way = 0; way < NUDGES; way++) {
            float[] moved = run(spec, runs.apply(reference()), nudged(input, way));
            double most = 1;
            for (int k = 0; k < exact.length; k++) {
                int step = k / width;
                double movement = Math.abs(moved[k] - exact[k]) / scales[k % width];
                most = Math.max(most, movement / NUDGE);
                amplification[step] = Math.max(amplification[step], most);
            }
        }
        return amplification;
    }

    /**
     * The first output that is off by more than the tolerance of its step relative to its {@link
     * #scales scale}, in words; null if there is none.
     */
    private String difference(float[] found, int width, double[] tolerances) {
        double[] scales = scales(output, width);
        for (int k = 0; k < output.length; k++) {
            double allowed = tolerances[k / width] * scales[k % width];
            // Negated, so that NaN is refused.
            if (!(Math.abs(found[k] - output[k]) <= allowed)) {
                return "output %d of step %d: expected %s within %.2e, found %s"
                        .formatted(k % width, k / width, output[k], allowed, found[k]);
            }
        }
        return null;
    }
}
