package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loops that drive the policy wrongly, and trainings that have diverged. */
class GrowAndPruneMisuseTest {
    @Test
    void divergedWeightsAndGradientsAreNamed() {
        ScriptedRun run =
                ScriptedRun.prepared(
                        Configs.growAndPrune(20, Configs.NO_TARGET, Configs.PLAIN, Configs.GRADUAL),
                        epoch -> 0.5);
        run.epoch();
        run.policy.beforeBatch(0, 1);
        run.parameter("input").denseGradient()[25] = Float.NaN;
        run.parameter("input").denseGradient()[0] = 1;
        String message =
                assertThrows(IllegalStateException.class, () -> run.policy.afterEpoch(0.5, run))
                        .getMessage();
        assertTrue(message.contains("of input"), message);
        assertTrue(message.contains("row 1, column 1 is NaN"), message);
    }

    @Test
    void aGradientThatNobodyGatheredIsRefused() {
        GrowAndPruneConfig config =
                Configs.growAndPrune(20, Configs.NO_TARGET, Configs.PLAIN, Configs.GRADUAL);
        ScriptedRun none = ScriptedRun.prepared(config, epoch -> 0.5);
        none.policy.afterEpoch(0.5, none);
        String message =
                assertThrows(IllegalStateException.class, () -> none.policy.afterEpoch(0.5, none))
                        .getMessage();
        assertTrue(message.contains("beforeBatch"), message);
        ScriptedRun zero = ScriptedRun.prepared(config, epoch -> 0.5);
        zero.policy.afterEpoch(0.5, zero);
        zero.policy.beforeBatch(0, 1);
        message =
                assertThrows(IllegalStateException.class, () -> zero.policy.afterEpoch(0.5, zero))
                        .getMessage();
        assertTrue(message.contains("zero everywhere"), message);
    }

    @Test
    void refusesToBeDrivenWrongly() {
        ScriptedRun run =
                ScriptedRun.prepared(
                        Configs.growAndPrune(4, Configs.NO_TARGET, Configs.PLAIN, Configs.GRADUAL),
                        epoch -> 0.5);
        assertThrows(IllegalStateException.class, run.policy::prepare);
        assertThrows(IllegalArgumentException.class, () -> run.policy.afterEpoch(Double.NaN, run));
        run.epoch();
        assertThrows(IllegalStateException.class, run.policy::prepare);
        run.finish();
        assertThrows(IllegalStateException.class, () -> run.policy.afterEpoch(0.5, run));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new GrowAndPrune(
                                Configs.growAndPrune(
                                        4, Configs.NO_TARGET, Configs.PLAIN, Configs.GRADUAL),
                                List.of(new Parameter("bias", Kind.VECTOR, 3, 1)),
                                1));
    }
}
