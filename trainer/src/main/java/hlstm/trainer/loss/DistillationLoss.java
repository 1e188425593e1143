package hlstm.trainer.loss;

import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;

/**
 * Learning from another network (Hinton, Vinyals, Dean 2015): with the teacher's distribution
 * {@code p} over symbols at each step and the student's {@code q}, the sum over the steps of an
 * utterance of {@code KL(p | q) = sum p log(p / q)}, and its mean over the utterances of a batch.
 * Its gradient with respect to the student's logits is {@code q - p}.
 *
 * <p>Keeps scratch memory; belongs to one training loop at a time.
 */
public final class DistillationLoss {
    private double[] divergences = new double[0];

    /** A loss. */
    public DistillationLoss() {}

    /**
     * The loss; mixes its gradient into that of another loss, {@code (1 - weight) gradient + weight
     * (q - p) / utterances}.
     *
     * @param teacher logits, one feature a symbol
     * @param student logits of the same shape
     * @param utterances lanes in use, from the first; further ones are padding
     * @param weight of this loss, in [0, 1]
     * @param gradient of the other loss with respect to the student's logits, of their shape
     * @return the mean divergence of an utterance, not yet weighed
     * @throws IllegalArgumentException if the shapes differ
     */
    public double mix(
            SequenceBlock teacher,
            SequenceBlock student,
            int utterances,
            double weight,
            SequenceBlock gradient,
            Workers workers) {
        requireShape("teacher's logits", teacher, student);
        requireShape("gradient", gradient, student);
        int steps = student.steps();
        if (divergences.length < steps) {
            divergences = new double[steps];
        }
        double share = weight / Math.max(1, utterances);
        workers.run(
                steps,
                step ->
                        divergences[step] =
                                mixStep(
                                        step,
                                        teacher,
                                        student,
                                        utterances,
                                        weight,
                                        share,
                                        gradient));
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            sum += divergences[step];
        }
        return sum / Math.max(1, utterances);
    }

    private static void requireShape(String what, SequenceBlock block, SequenceBlock student) {
        boolean same =
                block.steps() == student.steps()
                        && block.features() == student.features()
                        && block.lanes() == student.lanes();
        for (int lane = 0; same && lane < student.lanes(); lane++) {
            same = block.length(lane) == student.length(lane);
        }
        if (!same) {
            throw new IllegalArgumentException(
                    "the %s must have the shape of the student's, %d steps x %d symbols x %d lanes and the same lengths, found %d x %d x %d"
                            .formatted(
                                    what,
                                    student.steps(),
                                    student.features(),
                                    student.lanes(),
                                    block.steps(),
                                    block.features(),
                                    block.lanes()));
        }
    }

    private static double mixStep(
            int step,
            SequenceBlock teacher,
            SequenceBlock student,
            int utterances,
            double weight,
            double share,
            SequenceBlock gradient) {
        double sum = 0;
        for (int lane = 0; lane < utterances; lane++) {
            if (step >= student.length(lane)) {
                continue;
            }
            double teacherNormaliser = logOfSum(teacher, step, lane);
            double studentNormaliser = logOfSum(student, step, lane);
            for (int symbol = 0; symbol < student.features(); symbol++) {
                int at = student.offset(step, symbol) + lane;
                double logP = teacher.data()[at] - teacherNormaliser;
                double logQ = student.data()[at] - studentNormaliser;
                double p = Math.exp(logP);
                sum += p * (logP - logQ);
                gradient.data()[at] =
                        (float) ((1 - weight) * gradient.data()[at] + share * (Math.exp(logQ) - p));
            }
        }
        return sum;
    }

    /** The logarithm of the sum of the exponentials of all symbols' logits. */
    private static double logOfSum(SequenceBlock logits, int step, int lane) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int symbol = 0; symbol < logits.features(); symbol++) {
            largest = Math.max(largest, logits.data()[logits.offset(step, symbol) + lane]);
        }
        double sum = 0;
        for (int symbol = 0; symbol < logits.features(); symbol++) {
            sum += Math.exp(logits.data()[logits.offset(step, symbol) + lane] - largest);
        }
        return largest + Math.log(sum);
    }
}
