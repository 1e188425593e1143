package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.trainer.growth.GrowAndPruneState.Phase;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings that are broken off and go on from a state. */
class GrowAndPruneResumeTest {
    static Stream<GrowAndPruneConfig> resumable() {
        ScoreTarget target = new ScoreTarget.Fixed(0.3);
        return Stream.of(
                GrowAndPruneConfig.dense(3),
                Configs.growAndPrune(40, target, Configs.BANKED, Configs.ITERATIVE),
                Configs.growAndPrune(40, Configs.NO_TARGET, Configs.PLAIN, Configs.ITERATIVE),
                Configs.growAndPrune(
                        40, Configs.NO_TARGET, Configs.gates(Geometry.ROWS_4), Configs.GRADUAL),
                new GrowAndPruneConfig(
                        40,
                        Configs.NO_TARGET,
                        Configs.BANKED,
                        0.1,
                        new Growth(GrowthScore.RANDOM, 1, 0.1, 1, 4, 0.4, 0.1),
                        1,
                        Configs.GRADUAL,
                        true),
                Configs.pruningOnly(40, target, Configs.BANKED, Configs.ITERATIVE),
                Configs.growAndPrune(
                        40, new ScoreTarget.NearBest(0.05), Configs.PLAIN, Configs.ITERATIVE));
    }

    @ParameterizedTest
    @MethodSource("resumable")
    void aKilledRunGoesOnToTheSameEnd(GrowAndPruneConfig config) {
        // Meets the target three epochs out of four until epoch 14, and never after.
        IntToDoubleFunction scores =
                epoch -> epoch > 6 && epoch < 15 && epoch % 4 > 0 ? 0.25 : 0.35;
        ScriptedRun whole = new ScriptedRun(config, 5, scores).prepare().finish();
        int epochs = whole.policy.state().epoch();
        for (int killed = 1; killed < epochs; killed++) {
            ScriptedRun first = new ScriptedRun(config, 5, scores).prepare();
            for (int epoch = 0; epoch < killed; epoch++) {
                first.epoch();
            }
            ScriptedRun second = new ScriptedRun(config, 5, scores).resume(first).finish();
            assertEquals(whole.events, second.events);
            assertEquals(whole.policy.state(), second.policy.state());
            second.assertHolds(whole.kept());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GROW", "PRUNE", "RETRAIN"})
    void refusesTheStateOfAnotherRecipe(Phase phase) {
        GrowAndPrune policy = new GrowAndPrune(GrowAndPruneConfig.dense(9), List.of(), 1);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        policy.resume(
                                                new GrowAndPruneState(
                                                        phase, 2, 1, 0, 0, 0, 0, 0, 1)))
                        .getMessage();
        assertTrue(message.contains("phase " + phase), message);
    }
}
