package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A linear student learns a sparse linear teacher by gradient descent from random examples, and is
 * to find the teacher's connections.
 */
class StructureRecoveryTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 32;
    private static final double DENSITY = 0.125;
    private static final int BATCHES = 20;
    private static final int LANES = 16;
    private static final float RATE = 0.2f;

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "ROWS_4", "BANKED_8"})
    void gradientGrowthAndPruningFindTheTeachersConnections(Geometry geometry) {
        Growth growth = new Growth(GrowthScore.GRADIENT, BATCHES, 0.1, 2, 3, 1, 0);
        assertEquals(1, recovered(geometry, 0.1, growth), geometry.label());
    }

    @Test
    void randomGrowthFindsFewer() {
        Growth gradient = new Growth(GrowthScore.GRADIENT, BATCHES, 0.05, 2, 3, 1, 0);
        Growth random = new Growth(GrowthScore.RANDOM, BATCHES, 0.05, 2, 3, 1, 0);
        double found = recovered(Geometry.PLAIN, 0.1, random);
        assertTrue(found < 0.5, "found " + found);
        assertTrue(recovered(Geometry.PLAIN, 0.1, gradient) > found + 0.4);
    }

    @Test
    void movesWithinBanksFindWhatGrowthAloneCannotAfford() {
        // The cap leaves room for little more than the seed, whose slots point anywhere.
        Growth still = new Growth(GrowthScore.GRADIENT, BATCHES, 0.04, 2, 5, 0.25, 0);
        Growth moving = new Growth(GrowthScore.GRADIENT, BATCHES, 0.04, 2, 5, 0.25, 0.3);
        double alone = recovered(Geometry.BANKED_8, 0.2, still);
        double moved = recovered(Geometry.BANKED_8, 0.2, moving);
        assertTrue(moved > alone + 0.1, alone + " without moves, with them " + moved);
    }

    /** Share of the teacher's connections that the student has in the end, at equal density. */
    private static double recovered(Geometry geometry, double seedDensity, Growth growth) {
        SparsityPattern teacher =
                SparsityPattern.random(ROWS, COLUMNS, geometry, DENSITY, new SplittableRandom(21));
        SplittableRandom random = new SplittableRandom(22);
        float[] weights = new float[teacher.nonzeros()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (random.nextBoolean() ? 1 : -1) * (float) random.nextDouble(0.5, 1.5);
        }
        float[] target = teacher.transfer(weights, SparsityPattern.full(ROWS, COLUMNS, geometry));
        Parameter student = new Parameter("student", Kind.INPUT, ROWS, COLUMNS);
        GrowAndPrune policy =
                new GrowAndPrune(
                        new GrowAndPruneConfig(
                                99,
                                new ScoreTarget.None(),
                                Map.of(Kind.INPUT, geometry),
                                seedDensity,
                                growth,
                                2,
                                new Pruning.Gradual(4, 2, TargetSize.ofWeights(weights.length)),
                                false),
                        List.of(student),
                        1);
        policy.prepare();
        while (policy.phase() != GrowAndPruneState.Phase.DONE) {
            for (int batch = 0; batch < BATCHES; batch++) {
                policy.beforeBatch(batch, BATCHES);
                descend(student, target, random);
            }
            policy.afterEpoch(0, new Unreachable());
        }
        assertTrue(student.pattern().nonzeros() <= weights.length);
        int found = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int k = teacher.rowOffset(row); k < teacher.rowOffset(row + 1); k++) {
                found += student.pattern().position(row, teacher.column(k)) >= 0 ? 1 : 0;
            }
        }
        return (double) found / weights.length;
    }

    /** One step on the mean squared error of a batch of random inputs. */
    private static void descend(Parameter student, float[] target, SplittableRandom random) {
        SparsityPattern pattern = student.pattern();
        float[] values = student.values();
        float[] error = student.pattern().transfer(values, full(pattern));
        float[] gradient = new float[error.length];
        for (int k = 0; k < error.length; k++) {
            error[k] -= target[k];
        }
        float[] x = new float[COLUMNS];
        for (int lane = 0; lane < LANES; lane++) {
            for (int column = 0; column < COLUMNS; column++) {
                x[column] = (float) random.nextGaussian();
            }
            for (int row = 0; row < ROWS; row++) {
                float dy = 0;
                for (int column = 0; column < COLUMNS; column++) {
                    dy += error[row * COLUMNS + column] * x[column];
                }
                for (int column = 0; column < COLUMNS; column++) {
                    gradient[row * COLUMNS + column] += dy * x[column] / LANES;
                }
            }
        }
        for (int row = 0; row < ROWS; row++) {
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                values[k] -= RATE * gradient[row * COLUMNS + pattern.column(k)];
            }
        }
        float[] dense = student.denseGradient();
        for (int k = 0; dense != null && k < dense.length; k++) {
            dense[k] += gradient[k];
        }
    }

    private static SparsityPattern full(SparsityPattern pattern) {
        return SparsityPattern.full(pattern.rows(), pattern.columns(), pattern.geometry());
    }

    /** Nothing is kept without a target score. */
    private static final class Unreachable implements GoodState {
        @Override
        public void keep() {
            throw new AssertionError("kept without a target");
        }

        @Override
        public void restore() {
            throw new AssertionError("restored without a target");
        }
    }
}
