package hlstm.trainer.growth;

import static hlstm.trainer.growth.PolicyEvent.Type.FINISH;
import static hlstm.trainer.growth.PolicyEvent.Type.PRUNE;
import static hlstm.trainer.growth.PolicyEvent.Type.SWAP_ACTIVATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Cuts by a schedule. */
class GradualPruningTest {
    @ParameterizedTest
    @EnumSource
    void pruningOnlyStaysDenseUntilTheFirstCut(Geometry geometry) {
        ScriptedRun run =
                ScriptedRun.prepared(
                        Configs.pruningOnly(
                                20, Configs.NO_TARGET, Configs.gates(geometry), Configs.GRADUAL),
                        epoch -> 0.5);
        assertEquals(List.of(SWAP_ACTIVATION), run.types());
        run.epoch();
        assertFalse(run.parameter("input").isSparse());
        run.finish();
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE, PRUNE, PRUNE, FINISH), run.types());
        // Two epochs dense, cuts after epochs 2 to 5, three of retraining.
        assertEquals(8, run.policy.state().epoch());
        Parameter input = run.parameter("input");
        assertEquals(geometry, input.pattern().geometry());
        double atom = geometry.tileRows() / (64.0 * 24);
        for (int cut = 1; cut <= 4; cut++) {
            double left = 1 - cut / 4.0;
            double expected = 0.1 + 0.9 * left * left * left;
            double found = run.densities.get(1 + cut);
            assertEquals(expected, found, 0.04);
            assertTrue(found <= expected, "a cut may only go below the schedule");
        }
        assertEquals(0.1, ScriptedRun.density(input), 2 * atom);
    }

    @Test
    void movesWhilePruningAreGuidedByTheGradientOfTheLastBatches() {
        Growth moves = new Growth(GrowthScore.GRADIENT, 2, 1, 1, 0, 1, 0.1);
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        20,
                        Configs.NO_TARGET,
                        Configs.BANKED,
                        0.5,
                        moves,
                        2,
                        Configs.GRADUAL,
                        false);
        ScriptedRun run = ScriptedRun.prepared(config, epoch -> 0.5).finish();
        // Four cuts, after epochs 1 to 4.
        assertEquals(List.of(8, 9, 13, 14, 18, 19, 23, 24), run.gatheringBatches);
    }

    /** Where an output is pruned further, gates at their end stay as they are. */
    @Test
    void whatIsAtItsEndStaysAsItIs() {
        SplittableRandom random = new SplittableRandom(3);
        Parameter gates = new Parameter("gates", Kind.INPUT, 64, 32);
        Parameter output = new Parameter("output", Kind.OUTPUT, 64, 64);
        gates.restructure(SparsityPattern.random(64, 32, Geometry.BANKED_8, 0.5, random));
        output.restructure(SparsityPattern.random(64, 64, Geometry.BANKED_8, 0.25, random));
        for (Parameter parameter : List.of(gates, output)) {
            for (int k = 0; k < parameter.values().length; k++) {
                parameter.values()[k] = (float) random.nextDouble(-1, 1);
            }
        }
        SparsityPattern before = gates.pattern();
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        9,
                        Configs.NO_TARGET,
                        Map.of(Kind.INPUT, Geometry.BANKED_8, Kind.OUTPUT, Geometry.BANKED_8),
                        1,
                        Growth.none(),
                        1,
                        new Pruning.Gradual(
                                3, 2, TargetSize.ofDensity(0.5).withOutputDensity(0.125)),
                        false);
        GrowAndPrune policy = new GrowAndPrune(config, List.of(gates, output), 1);
        policy.adopt(1);
        while (policy.phase() != GrowAndPruneState.Phase.DONE) {
            policy.afterEpoch(1, null);
        }
        assertEquals(before, gates.pattern());
        assertEquals(0.125, output.pattern().density(), 0.01);
    }
}
