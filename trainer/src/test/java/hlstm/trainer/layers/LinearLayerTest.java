package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearLayerTest {
    private static final int INPUTS = 300;
    private static final int OUTPUTS = 20;

    private static float[] initialWeights(float scale) {
        LinearLayer layer =
                new LinearLayer("layers.0", Parameter.Kind.OUTPUT, INPUTS, OUTPUTS, scale);
        layer.initialise(new SplittableRandom(7));
        return layer.weight().values().clone();
    }

    @Test
    void weightsKeepTheVarianceOfTheirInputs() {
        float[] weights = initialWeights(1);
        double squares =
                IntStream.range(0, weights.length)
                        .mapToDouble(k -> (double) weights[k] * weights[k])
                        .sum();
        assertEquals(1.0 / INPUTS, squares / weights.length, 0.05 / INPUTS);
    }

    @Test
    void theScaleChangesTheSameDraws() {
        float[] whole = initialWeights(1);
        float[] quarter = initialWeights(0.25f);
        for (int k = 0; k < whole.length; k++) {
            assertEquals(whole[k] / 4, quarter[k]);
        }
        assertTrue(IntStream.range(0, whole.length).anyMatch(k -> whole[k] != 0));
    }

    @Test
    void aScaleOfZeroLeavesZeros() {
        assertArrayEquals(new float[INPUTS * OUTPUTS], initialWeights(0), 0f);
    }
}
