package hlstm.trainer.loss;

import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;

/**
 * Connectionist temporal classification: the mean over the utterances of a batch of {@code -log
 * P(labels | logits)}, softmax included. Utterances with fewer steps than their labels need have no
 * alignment: they are counted, add nothing to the loss, and get a gradient of zero. Logits that are
 * not finite give a loss that is not finite; check it before an optimiser's step.
 *
 * <p>Keeps scratch memory; belongs to one training loop at a time.
 */
public final class CtcLoss {
    /**
     * The loss of a batch.
     *
     * @param mean mean loss of the utterances that have an alignment; 0 if there is none
     * @param utterances number of these utterances
     * @param infeasible number of utterances without an alignment
     */
    public record Result(double mean, int utterances, int infeasible) {}

    private final int blank;
    private CtcAlignment[] alignments = new CtcAlignment[0];
    private double[][] gradients = new double[0][];
    private double[] losses = new double[0];

    /**
     * A loss for networks whose symbols include a blank.
     *
     * @param blank number of the blank among the output features
     */
    public CtcLoss(int blank) {
        if (blank < 0) {
            throw new IllegalArgumentException("the blank must be a symbol, found " + blank);
        }
        this.blank = blank;
    }

    /**
     * The loss, and its gradient with respect to the logits.
     *
     * @param logits one feature a symbol, before the softmax
     * @param labels the symbols of the utterance in each lane, without blanks; further lanes are
     *     padding
     * @param gradient takes the shape of the logits and receives their gradient; null if not wanted
     * @throws IllegalArgumentException if there are more utterances than lanes, or a label is the
     *     blank or no feature
     */
    public Result compute(
            SequenceBlock logits, int[][] labels, SequenceBlock gradient, Workers workers) {
        check(logits, labels);
        reserve(labels.length);
        workers.run(
                labels.length,
                lane -> {
                    gradients[lane] = null;
                    if (isFeasible(logits, labels, lane)) {
                        losses[lane] = alignments[lane].loss(logits, lane, labels[lane]);
                        if (gradient != null) {
                            gradients[lane] = alignments[lane].gradient(losses[lane]);
                        }
                    }
                });
        double sum = 0;
        int utterances = 0;
        for (int lane = 0; lane < labels.length; lane++) {
            if (isFeasible(logits, labels, lane)) {
                sum += losses[lane];
                utterances++;
            }
        }
        if (gradient != null) {
            int symbols = logits.features();
            gradient.reshape(logits.steps(), symbols, logits.lanes(), logits.lengths());
            double share = 1.0 / Math.max(1, utterances);
            // In a pass of its own: lanes are neighbours in memory, and their threads would
            // collide.
            workers.run(
                    logits.steps(), step -> scatter(step, labels.length, symbols, share, gradient));
        }
        double mean = utterances == 0 ? 0 : sum / utterances;
        return new Result(mean, utterances, labels.length - utterances);
    }

    private static boolean isFeasible(SequenceBlock logits, int[][] labels, int lane) {
        return CtcAlignment.leastSteps(labels[lane]) <= logits.length(lane);
    }

    private void check(SequenceBlock logits, int[][] labels) {
        if (labels.length > logits.lanes()) {
            throw new IllegalArgumentException(
                    "%d utterances do not fit %d lanes".formatted(labels.length, logits.lanes()));
        }
        if (blank >= logits.features()) {
            throw new IllegalArgumentException(
                    "the blank is symbol %d, the logits have %d features"
                            .formatted(blank, logits.features()));
        }
        for (int lane = 0; lane < labels.length; lane++) {
            for (int label : labels[lane]) {
                if (label < 0 || label >= logits.features() || label == blank) {
                    throw new IllegalArgumentException(
                            "utterance %d: labels must lie in [0, %d) and not be the blank %d, found %d"
                                    .formatted(lane, logits.features(), blank, label));
                }
            }
        }
    }

    private void reserve(int lanes) {
        if (alignments.length < lanes) {
            alignments = new CtcAlignment[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                alignments[lane] = new CtcAlignment(blank);
            }
            gradients = new double[lanes][];
            losses = new double[lanes];
        }
    }

    private void scatter(
            int step, int utterances, int symbols, double share, SequenceBlock gradient) {
        for (int lane = 0; lane < utterances; lane++) {
            if (gradients[lane] != null && step < gradient.length(lane)) {
                int into = gradient.stepOffset(step) + lane;
                for (int symbol = 0; symbol < symbols; symbol++) {
                    gradient.data()[into + symbol * gradient.lanes()] =
                            (float) (gradients[lane][step * symbols + symbol] * share);
                }
            }
        }
    }
}
