package hlstm.trainer.growth;

import static hlstm.trainer.growth.PolicyEvent.Type.FINISH;
import static hlstm.trainer.growth.PolicyEvent.Type.GROW;
import static hlstm.trainer.growth.PolicyEvent.Type.PRUNE;
import static hlstm.trainer.growth.PolicyEvent.Type.SEED;
import static hlstm.trainer.growth.PolicyEvent.Type.SWAP_ACTIVATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.trainer.growth.GrowAndPruneState.Phase;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The course of a whole training. */
class GrowAndPruneTest {
    @Test
    void denseTrainingChangesNothing() {
        ScriptedRun run = ScriptedRun.prepared(GrowAndPruneConfig.dense(4), epoch -> 0.5).finish();
        assertEquals(List.of(FINISH), run.types());
        assertEquals(4, run.policy.state().epoch());
        assertTrue(run.parameters.stream().noneMatch(Parameter::isSparse));
        assertTrue(run.gatheringBatches.isEmpty());
        assertEquals(1, run.policy.density());
    }

    @Test
    void phasesHappenInOrder() {
        ScriptedRun run =
                ScriptedRun.prepared(
                        Configs.growAndPrune(
                                99, Configs.NO_TARGET, Configs.PLAIN, Configs.ITERATIVE),
                        epoch -> 0.5);
        List<Phase> phases = new ArrayList<>(List.of(run.policy.phase()));
        while (!run.isFinished()) {
            run.epoch();
            if (run.policy.phase() != phases.getLast()) {
                phases.add(run.policy.phase());
            }
        }
        assertEquals(List.of(Phase.GROW, Phase.SETTLE, Phase.PRUNE, Phase.DONE), phases);
        // From density 0.5 by cuts of a fifth to 0.1: eight, the last one smaller.
        List<PolicyEvent.Type> expected =
                new ArrayList<>(List.of(SEED, GROW, GROW, GROW, SWAP_ACTIVATION));
        expected.addAll(Stream.generate(() -> PRUNE).limit(8).toList());
        expected.add(FINISH);
        assertEquals(expected, run.types());
        // Growth after epochs 2, 4, 6; settled from 8 to 10; cuts three epochs apart from there.
        assertEquals(10 + 8 * 3, run.policy.state().epoch());
        assertEquals(0.2, run.densities.get(0), 0.01);
        assertEquals(0.3, run.densities.get(2), 0.01);
        assertEquals(0.4, run.densities.get(4), 0.01);
        assertEquals(0.5, run.densities.get(6), 0.01);
        assertEquals(0.4, run.densities.get(10), 0.01);
        assertEquals(0.32, run.densities.get(13), 0.01);
        assertEquals(0.1, run.policy.density(), 0.001);
        for (String name : List.of("input", "recurrent", "hidden")) {
            assertEquals(0.1, ScriptedRun.density(run.parameter(name)), 0.005);
        }
        assertFalse(run.parameter("linear").isSparse());
        assertFalse(run.parameter("bias").isSparse());
    }

    @Test
    void kindsHaveTheirOwnGeometry() {
        Map<Kind, Geometry> geometries =
                Map.of(Kind.INPUT, Geometry.ROWS_8, Kind.RECURRENT, Geometry.BANKED_8);
        ScriptedRun run =
                ScriptedRun.prepared(
                                Configs.growAndPrune(
                                        30, Configs.NO_TARGET, geometries, Configs.GRADUAL),
                                epoch -> 0.5)
                        .finish();
        assertEquals(Geometry.ROWS_8, run.parameter("input").pattern().geometry());
        assertEquals(Geometry.BANKED_8, run.parameter("recurrent").pattern().geometry());
        assertFalse(run.parameter("hidden").isSparse());
        assertEquals(
                run.parameter("input").values().length + run.parameter("recurrent").values().length,
                run.policy.weights());
    }

    @Test
    void pruningEndsAtACountOfWeights() {
        for (Pruning pruning :
                List.of(
                        new Pruning.Iterative(0.3, 0.01, 1, TargetSize.ofWeights(500)),
                        new Pruning.Gradual(3, 1, TargetSize.ofWeights(500)))) {
            ScriptedRun run =
                    ScriptedRun.prepared(
                                    Configs.pruningOnly(
                                            50, Configs.NO_TARGET, Configs.PLAIN, pruning),
                                    epoch -> 0.5)
                            .finish();
            assertTrue(run.policy.weights() <= 500);
            assertTrue(run.policy.weights() > 495);
        }
    }

    @Test
    void theRecurrentDiagonalIsKept() {
        for (Geometry geometry : List.of(Geometry.PLAIN, Geometry.BANKED_8)) {
            Pruning pruning = new Pruning.Iterative(0.5, 0.1, 1, TargetSize.ofWeights(1));
            GrowAndPruneConfig config =
                    new GrowAndPruneConfig(
                            99,
                            Configs.NO_TARGET,
                            Map.of(Kind.RECURRENT, geometry),
                            1,
                            Growth.none(),
                            1,
                            pruning,
                            true);
            ScriptedRun run = ScriptedRun.prepared(config, epoch -> 0.5).finish();
            assertEquals(64, run.policy.weights());
            assertTrue(run.events.getLast().detail().contains("nothing is left"));
            for (int row = 0; row < 64; row++) {
                assertTrue(run.parameter("recurrent").pattern().position(row, row % 16) >= 0);
            }
        }
    }
}
