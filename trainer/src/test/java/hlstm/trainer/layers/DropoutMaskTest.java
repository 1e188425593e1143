package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
    private static final int FEATURES = 256;
    private static final int LANES = 64;

    private static float[] mask(float rate, long seed, int layer, int step) {
        float[] mask = new float[FEATURES * LANES];
        Arrays.fill(mask, 1);
        DropoutMask.apply(
                rate, DropoutMask.key(seed, layer, step), mask, 0, LANES, FEATURES, LANES, 0);
        return mask;
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f})
    void dropsItsRateAndKeepsTheMean(float rate) {
        int steps = 20;
        int dropped = 0;
        for (int step = 0; step < steps; step++) {
            for (float factor : mask(rate, 1, 2, step)) {
                if (factor == 0) {
                    dropped++;
                } else {
                    assertEquals(1 / (1 - rate), factor);
                }
            }
        }
        double count = (double) steps * FEATURES * LANES;
        double deviation = Math.sqrt(rate * (1 - rate) / count);
        assertEquals(rate, dropped / count, 5 * deviation);
    }

    @Test
    void neighboursAreIndependent() {
        float[] mask = mask(0.5f, 1, 2, 3);
        int equalLanes = 0;
        int equalFeatures = 0;
        for (int k = 0; k < mask.length - LANES; k++) {
            equalLanes += mask[k] == mask[k + 1] ? 1 : 0;
            equalFeatures += mask[k] == mask[k + LANES] ? 1 : 0;
        }
        double count = mask.length - LANES;
        double deviation = Math.sqrt(0.25 / count);
        assertEquals(0.5, equalLanes / count, 5 * deviation);
        assertEquals(0.5, equalFeatures / count, 5 * deviation);
    }

    @Test
    void seedLayerAndStepDecide() {
        float[] mask = mask(0.5f, 1, 2, 3);
        assertArrayEquals(mask, mask(0.5f, 1, 2, 3));
        assertNotEquals(Arrays.hashCode(mask), Arrays.hashCode(mask(0.5f, 2, 2, 3)));
        assertNotEquals(Arrays.hashCode(mask), Arrays.hashCode(mask(0.5f, 1, 3, 3)));
        assertNotEquals(Arrays.hashCode(mask), Arrays.hashCode(mask(0.5f, 1, 2, 4)));
    }

    @Test
    void aPartOfTheLanesDropsWhatTheWholeDrops() {
        float[] whole = mask(0.5f, 1, 2, 3);
        float[] part = new float[FEATURES * 16];
        Arrays.fill(part, 1);
        DropoutMask.apply(0.5f, DropoutMask.key(1, 2, 3), part, 0, 16, FEATURES, 16, 32);
        for (int feature = 0; feature < FEATURES; feature++) {
            assertArrayEquals(
                    Arrays.copyOfRange(whole, feature * LANES + 32, feature * LANES + 48),
                    Arrays.copyOfRange(part, feature * 16, feature * 16 + 16));
        }
    }

    @Test
    void refusesRatesOfOneAndMore() {
        assertThrows(IllegalArgumentException.class, () -> new DropoutLayer("d", 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new DropoutLayer("d", 3, Float.NaN));
    }
}
