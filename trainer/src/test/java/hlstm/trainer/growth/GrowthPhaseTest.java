package hlstm.trainer.growth;

import static hlstm.trainer.growth.PolicyEvent.Type.FINISH;
import static hlstm.trainer.growth.PolicyEvent.Type.GROW;
import static hlstm.trainer.growth.PolicyEvent.Type.SEED;
import static hlstm.trainer.growth.PolicyEvent.Type.SWAP_ACTIVATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When growth happens, what it wakes and moves, and how it ends in settling. */
class GrowthPhaseTest {
    @Test
    void growthStopsAtTheTargetScore() {
        ScriptedRun run =
                ScriptedRun.prepared(
                                Configs.growAndPrune(
                                        20,
                                        new ScoreTarget.Fixed(0.1),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                epoch -> epoch == 2 ? 0.1 : 0.2)
                        .finish();
        // The target is not met again, so that nothing may be pruned.
        assertEquals(List.of(SEED, GROW, SWAP_ACTIVATION, FINISH), run.types());
        assertTrue(run.events.getLast().detail().contains("settle"), run.events.toString());
        assertEquals(0.3, run.policy.density(), 0.01);
    }

    @Test
    void growthStopsAtTheDensityCap() {
        Growth growth = new Growth(GrowthScore.GRADIENT, 9, 0.1, 1, 99, 0.35, 0);
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        9,
                        Configs.NO_TARGET,
                        Configs.PLAIN,
                        0.2,
                        growth,
                        1,
                        new Pruning.None(),
                        false);
        ScriptedRun run = ScriptedRun.prepared(config, epoch -> 0.5).finish();
        assertEquals(List.of(SEED, GROW, GROW, SWAP_ACTIVATION, FINISH), run.types());
        assertEquals(0.35, run.policy.density(), 0.001);
    }

    @Test
    void growthDoesNotEndByATargetNearTheBest() {
        ScriptedRun run =
                ScriptedRun.prepared(
                                Configs.growAndPrune(
                                        10,
                                        new ScoreTarget.NearBest(0.05),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                epoch -> 0.3)
                        .finish();
        assertEquals(List.of(SEED, GROW, GROW, GROW, SWAP_ACTIVATION, FINISH), run.types());
    }

    @Test
    void growthFollowsTheGradient() {
        Growth growth = new Growth(GrowthScore.GRADIENT, 1, 0.01, 1, 1, 1, 0);
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        9,
                        Configs.NO_TARGET,
                        Configs.PLAIN,
                        0.2,
                        growth,
                        1,
                        new Pruning.None(),
                        false);
        ScriptedRun run = ScriptedRun.prepared(config, epoch -> 0.5);
        run.policy.beforeBatch(0, 1);
        Parameter parameter = run.parameter("input");
        for (Parameter other : run.parameters) {
            if (other.denseGradient() != null) {
                Arrays.fill(other.denseGradient(), 0.5f);
            }
        }
        List<Integer> wanted = new ArrayList<>();
        for (int k = 0; wanted.size() < 16; k += 5) {
            if (parameter.pattern().position(k / 24, k % 24) < 0) {
                wanted.add(k);
                parameter.denseGradient()[k] = k % 2 == 0 ? -1 : 1;
            }
        }
        int before = parameter.values().length;
        run.policy.afterEpoch(0.5, run);
        assertEquals(before + 16, parameter.values().length);
        for (int k : wanted) {
            int position = parameter.pattern().position(k / 24, k % 24);
            assertTrue(position >= 0);
            assertEquals(0, parameter.values()[position]);
        }
        assertNull(parameter.denseGradient());
    }

    @Test
    void theDenseGradientIsGatheredOnlyBeforeAnEvent() {
        ScriptedRun run =
                ScriptedRun.prepared(
                                Configs.growAndPrune(
                                        12, Configs.NO_TARGET, Configs.PLAIN, new Pruning.None()),
                                epoch -> 0.5)
                        .finish();
        // The last two of the five batches of epochs 1, 3 and 5.
        assertEquals(List.of(8, 9, 18, 19, 28, 29), run.gatheringBatches);
    }

    @Test
    void randomGrowthIsAControlBySeed() {
        List<GrowAndPruneState> states = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<Object> patterns = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Growth growth = new Growth(GrowthScore.RANDOM, 1, 0.1, 2, 3, 1, 0.1);
            GrowAndPruneConfig config =
                    new GrowAndPruneConfig(
                            20,
                            Configs.NO_TARGET,
                            Configs.BANKED,
                            0.2,
                            growth,
                            2,
                            Configs.GRADUAL,
                            false);
            ScriptedRun run = new ScriptedRun(config, seed, epoch -> 0.5).prepare().finish();
            assertTrue(run.gatheringBatches.isEmpty());
            states.add(run.policy.state());
            sizes.add(run.parameter("input").values().length);
            patterns.add(run.parameter("input").pattern());
        }
        assertEquals(states.get(0).epoch(), states.get(2).epoch());
        assertEquals(sizes.get(0), sizes.get(2));
        assertEquals(patterns.get(0), patterns.get(1));
        assertNotEquals(patterns.get(0), patterns.get(2));
    }

    @Test
    void banksMoveConnectionsAtEvents() {
        Growth still = new Growth(GrowthScore.GRADIENT, 1, 0.1, 1, 1, 1, 0);
        Growth moving = new Growth(GrowthScore.GRADIENT, 1, 0.1, 1, 1, 1, 0.2);
        List<ScriptedRun> runs = new ArrayList<>();
        for (Growth growth : List.of(still, moving)) {
            GrowAndPruneConfig config =
                    new GrowAndPruneConfig(
                            9,
                            Configs.NO_TARGET,
                            Configs.BANKED,
                            0.25,
                            growth,
                            1,
                            new Pruning.None(),
                            false);
            ScriptedRun run = ScriptedRun.prepared(config, epoch -> 0.5);
            run.good = run.kept();
            run.epoch();
            runs.add(run);
        }
        int[] gone = new int[2];
        for (int k = 0; k < 2; k++) {
            var before = runs.get(k).good.getFirst().pattern();
            var after = runs.get(k).parameters.getFirst().pattern();
            for (int row = 0; row < before.rows(); row++) {
                for (int c = before.rowOffset(row); c < before.rowOffset(row + 1); c++) {
                    gone[k] += after.position(row, before.column(c)) < 0 ? 1 : 0;
                }
            }
        }
        assertEquals(0, gone[0]);
        assertTrue(gone[1] > 10 && gone[1] <= 0.2 * 0.25 * 64 * 24, "moved " + gone[1]);
        for (String name : List.of("input", "recurrent", "hidden")) {
            SparsityPattern one = runs.get(0).parameter(name).pattern();
            SparsityPattern other = runs.get(1).parameter(name).pattern();
            // What grows last may be a whole tile or, of 19 rows, one of three.
            int tile = Geometry.BANKED_8.tileRows();
            int slack = one.rows() % tile == 0 ? 0 : tile;
            assertEquals(one.nonzeros(), other.nonzeros(), slack, name);
        }
    }
}
