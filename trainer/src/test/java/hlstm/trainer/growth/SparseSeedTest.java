package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SparseSeedTest {
    @Test
    void theSeedKeepsTheVarianceOfPreActivations() {
        ScriptedRun run =
                new ScriptedRun(
                        Configs.growAndPrune(4, Configs.NO_TARGET, Configs.BANKED, Configs.GRADUAL),
                        1,
                        epoch -> 0.5);
        double before = energy(run.parameter("input").values());
        run.prepare();
        assertEquals(1, energy(run.parameter("input").values()) / before, 0.2);
    }

    private static double energy(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum;
    }
}
