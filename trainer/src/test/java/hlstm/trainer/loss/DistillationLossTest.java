package hlstm.trainer.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistillationLossTest {
    private static final int SYMBOLS = 5;
    private static final int LANES = 4;
    private static final int STEPS = 3;

    /** The last lane is padding. */
    private static final int[] LENGTHS = {3, 0, 2};

    private static SequenceBlock block(long seed) {
        SequenceBlock block = new SequenceBlock();
        block.reshape(STEPS, SYMBOLS, LANES, LENGTHS);
        SplittableRandom random = new SplittableRandom(seed);
        for (int lane = 0; lane < LENGTHS.length; lane++) {
            for (int step = 0; step < LENGTHS[lane]; step++) {
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    block.data()[block.offset(step, symbol) + lane] =
                            (float) (2 * random.nextGaussian());
                }
            }
        }
        return block;
    }

    /** A symbol's probability, from the definition. */
    private static double probability(double[] logits, int symbol) {
        return Math.exp(logits[symbol]) / Arrays.stream(logits).map(Math::exp).sum();
    }

    private static double[] logits(SequenceBlock block, int step, int lane) {
        double[] logits = new double[SYMBOLS];
        Arrays.setAll(logits, symbol -> block.data()[block.offset(step, symbol) + lane]);
        return logits;
    }

    /** The mean divergence, with a change of one logit of the student. */
    private static double loss(
            SequenceBlock teacher, SequenceBlock student, int changed, double change) {
        double sum = 0;
        for (int lane = 0; lane < LENGTHS.length; lane++) {
            for (int step = 0; step < LENGTHS[lane]; step++) {
                double[] p = logits(teacher, step, lane);
                double[] q = logits(student, step, lane);
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    if (student.offset(step, symbol) + lane == changed) {
                        q[symbol] += change;
                    }
                }
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    double share = probability(p, symbol);
                    sum += share * Math.log(share / probability(q, symbol));
                }
            }
        }
        return sum / LENGTHS.length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void lossAndGradientAreThoseOfTheDefinition(double weight) {
        SequenceBlock teacher = block(1);
        SequenceBlock student = block(2);
        SequenceBlock gradient = block(3);
        float[] other = gradient.data().clone();
        try (Workers workers = new ThreadWorkers(2)) {
            double loss =
                    new DistillationLoss()
                            .mix(teacher, student, LENGTHS.length, weight, gradient, workers);
            assertEquals(loss(teacher, student, -1, 0), loss, 1e-12);
        }
        double change = 1e-6;
        for (int at = 0; at < student.size(); at++) {
            double slope =
                    (loss(teacher, student, at, change) - loss(teacher, student, at, -change))
                            / (2 * change);
            // Gradients are near 1 and rounded to single precision; differences of losses near 1
            // are exact to 1e-15 / 1e-6.
            assertEquals(
                    (1 - weight) * other[at] + weight * slope,
                    gradient.data()[at],
                    1e-6,
                    "at " + at);
        }
    }

    @Test
    void aStudentThatAgreesHasNothingToLearn() {
        SequenceBlock teacher = block(1);
        SequenceBlock gradient = block(3);
        try (Workers workers = new ThreadWorkers(1)) {
            DistillationLoss loss = new DistillationLoss();
            assertEquals(0, loss.mix(teacher, block(1), LENGTHS.length, 1, gradient, workers));
        }
        assertArrayEquals(
                new float[gradient.size()], Arrays.copyOf(gradient.data(), gradient.size()));
    }

    @Test
    void largeLogitsStayFiniteAndNanIsTold() {
        SequenceBlock teacher = block(1);
        SequenceBlock student = block(2);
        student.data()[student.offset(0, 1)] = 1e30f;
        teacher.data()[teacher.offset(0, 1)] = 2e30f;
        try (Workers workers = new ThreadWorkers(1)) {
            DistillationLoss loss = new DistillationLoss();
            assertTrue(
                    Double.isFinite(
                            loss.mix(teacher, student, LENGTHS.length, 0.5, block(3), workers)));
            student.data()[student.offset(0, 1)] = Float.NaN;
            assertTrue(
                    Double.isNaN(
                            loss.mix(teacher, student, LENGTHS.length, 0.5, block(3), workers)));
        }
    }

    @Test
    void shapesMustAgree() {
        SequenceBlock shorter = new SequenceBlock();
        shorter.reshape(STEPS, SYMBOLS, LANES, new int[] {3, 0, 1});
        try (Workers workers = new ThreadWorkers(1)) {
            DistillationLoss loss = new DistillationLoss();
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> loss.mix(shorter, block(2), 3, 0.5, block(3), workers));
            assertTrue(e.getMessage().startsWith("the teacher's logits must have"), e.getMessage());
            e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> loss.mix(block(1), block(2), 3, 0.5, shorter, workers));
            assertTrue(e.getMessage().startsWith("the gradient must have"), e.getMessage());
        }
    }
}
