package hlstm.trainer.loss;

import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import java.util.Arrays;

/**
 * Cross-entropy of a softmax over symbols, with label smoothing: the mean over all steps of all
 * sequences of {@code -sum_k q_k ln p_k}, where p is the softmax of the logits and q is {@code 1 -
 * smoothing} on the target plus {@code smoothing / symbols} everywhere (Szegedy et al., "Rethinking
 * the Inception Architecture", CVPR 2016). Padding does not count. Logits that are not finite give
 * a loss that is not finite; check it before an optimiser's step.
 *
 * <p>Keeps scratch memory; belongs to one training loop at a time.
 */
public final class SoftmaxCrossEntropy {
    /**
     * The loss of a batch.
     *
     * @param mean mean loss of a step; 0 if there is none
     * @param steps steps of all sequences
     * @param correct steps whose target has the largest logit
     */
    public record Result(double mean, int steps, int correct) {}

    private final double smoothing;
    private double[] losses = new double[0];
    private int[] correct = new int[0];

    /**
     * A loss.
     *
     * @param smoothing share of the target that goes to all symbols alike, in [0, 1)
     */
    public SoftmaxCrossEntropy(double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "label smoothing must lie in [0, 1), found " + smoothing);
        }
        this.smoothing = smoothing;
    }

    /**
     * The loss, and its gradient with respect to the logits.
     *
     * @param logits one feature a symbol, before the softmax
     * @param targets the symbol of each step of the sequence in each lane; further lanes are
     *     padding
     * @param gradient takes the shape of the logits and receives their gradient; may be the block
     *     of the logits itself, which saves room; null if not wanted
     * @throws IllegalArgumentException if the targets are not as many as the logits' steps, or one
     *     is no feature
     */
    public Result compute(
            SequenceBlock logits, int[][] targets, SequenceBlock gradient, Workers workers) {
        int count = check(logits, targets);
        if (losses.length < logits.steps()) {
            losses = new double[logits.steps()];
            correct = new int[logits.steps()];
        }
        if (gradient != null && gradient != logits) {
            gradient.reshape(logits.steps(), logits.features(), logits.lanes(), logits.lengths());
        }
        float share = 1f / Math.max(1, count);
        workers.run(logits.steps(), step -> compute(logits, targets, gradient, step, share));
        double sum = 0;
        int right = 0;
        for (int step = 0; step < logits.steps(); step++) {
            sum += losses[step];
            right += correct[step];
        }
        return new Result(sum / Math.max(1, count), count, right);
    }

    private static int check(SequenceBlock logits, int[][] targets) {
        int count = 0;
        for (int lane = 0; lane < logits.lanes(); lane++) {
            int steps = lane < targets.length ? targets[lane].length : 0;
            if (logits.length(lane) != steps) {
                throw new IllegalArgumentException(
                        "lane %d has %d steps of logits and %d targets"
                                .formatted(lane, logits.length(lane), steps));
            }
            for (int k = 0; k < steps; k++) {
                if (targets[lane][k] < 0 || targets[lane][k] >= logits.features()) {
                    throw new IllegalArgumentException(
                            "target %d of lane %d must be one of %d symbols, found %d"
                                    .formatted(k, lane, logits.features(), targets[lane][k]));
                }
            }
            count += steps;
        }
        return count;
    }

    private void compute(
            SequenceBlock logits, int[][] targets, SequenceBlock gradient, int step, float share) {
        int lanes = logits.lanes();
        int symbols = logits.features();
        int from = logits.stepOffset(step);
        float[] z = logits.data();
        float[] largest = new float[lanes];
        float[] wanted = new float[lanes];
        double[] sums = new double[lanes];
        double[] exponentials = new double[lanes];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        for (int symbol = 0; symbol < symbols; symbol++) {
            int row = from + symbol * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                largest[lane] = Math.max(largest[lane], z[row + lane]);
                sums[lane] += z[row + lane];
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            wanted[lane] =
                    step < logits.length(lane) ? z[from + targets[lane][step] * lanes + lane] : 0;
        }
        float[] p = gradient == null ? new float[lanes] : gradient.data();
        for (int symbol = 0; symbol < symbols; symbol++) {
            int row = from + symbol * lanes;
            int into = gradient == null ? 0 : row;
            for (int lane = 0; lane < lanes; lane++) {
                double e = Math.exp((double) z[row + lane] - largest[lane]);
                exponentials[lane] += e;
                p[into + lane] = (float) e;
            }
        }
        losses[step] = 0;
        correct[step] = 0;
        for (int lane = 0; lane < lanes; lane++) {
            if (step < logits.length(lane)) {
                double logarithm = largest[lane] + Math.log(exponentials[lane]);
                losses[step] +=
                        logarithm
                                - (1 - smoothing) * wanted[lane]
                                - smoothing / symbols * sums[lane];
                correct[step] += wanted[lane] == largest[lane] ? 1 : 0;
            }
        }
        if (gradient != null) {
            finish(gradient, targets, step, exponentials, share);
        }
    }

    /** From exponentials to the gradient. */
    private void finish(
            SequenceBlock gradient, int[][] targets, int step, double[] sums, float share) {
        int lanes = gradient.lanes();
        int symbols = gradient.features();
        float[] p = gradient.data();
        float[] factors = new float[lanes];
        float[] uniform = new float[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            boolean valid = step < gradient.length(lane);
            factors[lane] = valid ? (float) (share / sums[lane]) : 0;
            uniform[lane] = valid ? (float) (share * smoothing / symbols) : 0;
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int row = gradient.offset(step, symbol);
            for (int lane = 0; lane < lanes; lane++) {
                p[row + lane] = p[row + lane] * factors[lane] - uniform[lane];
            }
        }
        for (int lane = 0; lane < targets.length; lane++) {
            if (step < gradient.length(lane)) {
                p[gradient.offset(step, targets[lane][step]) + lane] -=
                        (float) (share * (1 - smoothing));
            }
        }
    }
}
