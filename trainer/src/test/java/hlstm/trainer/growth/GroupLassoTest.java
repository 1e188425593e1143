package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupLassoTest {
    private static final int ROWS = 21;
    private static final int COLUMNS = 18;
    private static final float AMOUNT = 0.3f;

    /** Gradual pruning never goes back. */
    private static final GoodState NOTHING_KEPT =
            new GoodState() {
                @Override
                public void keep() {
                    throw new AssertionError("kept");
                }

                @Override
                public void restore() {
                    throw new AssertionError("restored");
                }
            };

    private static Parameter matrix(Geometry geometry, double density) {
        Parameter parameter = new Parameter("w", Parameter.Kind.RECURRENT, ROWS, COLUMNS);
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < parameter.values().length; k++) {
            parameter.values()[k] = random.nextFloat(-1, 1);
        }
        if (density < 1) {
            parameter.restructure(SparsityPattern.random(ROWS, COLUMNS, geometry, density, random));
        }
        return parameter;
    }

    /** Element by element from the definition, over all elements of the group. */
    private static double[][] expected(Parameter parameter, int height) {
        double[][] dense = dense(parameter);
        double[][] shrunk = new double[ROWS][COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            int first = row / height * height;
            int last = Math.min(ROWS, first + height);
            for (int column = 0; column < COLUMNS; column++) {
                double norm = 0;
                for (int member = first; member < last; member++) {
                    norm = Math.hypot(norm, dense[member][column]);
                }
                double factor =
                        norm == 0 ? 0 : Math.max(0, 1 - AMOUNT * Math.sqrt(last - first) / norm);
                shrunk[row][column] = dense[row][column] * factor;
            }
        }
        return shrunk;
    }

    private static double[][] dense(Parameter parameter) {
        double[][] dense = new double[ROWS][COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < parameter.connections(row); k++) {
                int column =
                        parameter.isSparse()
                                ? parameter.pattern().column(at(parameter, row, k))
                                : k;
                dense[row][column] = parameter.values()[at(parameter, row, k)];
            }
        }
        return dense;
    }

    private static int at(Parameter parameter, int row, int k) {
        return parameter.rowStart(row) + k;
    }

    @ParameterizedTest
    @EnumSource(Geometry.class)
    void shrinksTheGroupsThatPruningTakes(Geometry geometry) {
        for (double density : new double[] {1, 0.5, 0.1}) {
            Parameter parameter = matrix(geometry, density);
            int height = geometry.tileColumns() == 1 ? geometry.tileRows() : 1;
            double[][] expected = expected(parameter, height);

            GroupLasso.shrink(parameter, geometry, AMOUNT);

            double[][] found = dense(parameter);
            for (int row = 0; row < ROWS; row++) {
                assertArrayEquals(expected[row], found[row], 1e-6, geometry + " " + density);
            }
        }
    }

    @Test
    void weightsThatDivergedStayVisible() {
        Parameter parameter = matrix(Geometry.ROWS_8, 1);
        parameter.values()[5] = Float.NaN;
        GroupLasso.shrink(parameter, Geometry.ROWS_8, AMOUNT);
        assertTrue(Float.isNaN(parameter.values()[5]));
        Parameter single = matrix(Geometry.PLAIN, 1);
        single.values()[5] = Float.NaN;
        GroupLasso.shrink(single, Geometry.PLAIN, AMOUNT);
        assertTrue(Float.isNaN(single.values()[5]));
    }

    private static GrowAndPruneConfig config(double groupLasso, Pruning pruning) {
        return new GrowAndPruneConfig(
                8,
                new ScoreTarget.None(),
                Map.of(Parameter.Kind.RECURRENT, Geometry.ROWS_4),
                0.5,
                new Growth(GrowthScore.RANDOM, 1, 0.1, 1, 1, 0.9, 0),
                2,
                pruning,
                false,
                groupLasso);
    }

    /** It pulls from the end of growth to the last cut, by the learning rate times its strength. */
    @Test
    void pullsBetweenGrowthAndTheLastCut() {
        Parameter parameter = matrix(Geometry.ROWS_4, 1);
        Pruning pruning = new Pruning.Gradual(2, 3, TargetSize.ofDensity(0.25));
        GrowAndPrune policy = new GrowAndPrune(config(20, pruning), List.of(parameter), 1);
        policy.prepare();
        for (int epoch = 0; policy.phase() != GrowAndPruneState.Phase.DONE; epoch++) {
            boolean pulled =
                    policy.phase() == GrowAndPruneState.Phase.SETTLE
                            || policy.phase() == GrowAndPruneState.Phase.PRUNE;
            double[][] before = dense(parameter);
            double[][] expected = expected(parameter, 4);
            policy.afterBatch(AMOUNT / 20);
            double[][] found = dense(parameter);
            for (int row = 0; row < ROWS; row++) {
                assertArrayEquals(
                        pulled ? expected[row] : before[row], found[row], 1e-6, "epoch " + epoch);
            }
            policy.afterEpoch(1, NOTHING_KEPT);
        }
    }

    @Test
    void needsPruning() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> config(0.1, new Pruning.None()));
        assertTrue(e.getMessage().contains("nothing is pruned"), e.getMessage());
        assertEquals(0, config(0, new Pruning.None()).groupLasso());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void strengthsOutOfRangeAreRefused(double strength) {
        Pruning pruning = new Pruning.Gradual(2, 3, TargetSize.ofDensity(0.25));
        assertThrows(IllegalArgumentException.class, () -> config(strength, pruning));
    }
}
