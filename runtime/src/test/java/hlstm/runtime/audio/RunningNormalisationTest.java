package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunningNormalisationTest {
    /** Three bands, a hundred frames a second. */
    private static final FeatureSpec SPEC =
            new FeatureSpec(8_000, 20, 10, 3, FeatureSpec.POWER, 1, FeatureSpec.RUNNING, 1, 1);

    RunningNormalisationTest() {}

    private static float[] noise(int frames, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[3 * frames];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (mean + 10 * (k % 3) + deviation * random.nextGaussian());
        }
        return values;
    }

    /** Up to three seconds, mean and variance are those of all frames so far. */
    @Test
    void theBeginningIsOfAllThereHasBeen() {
        float[] values = noise(200, 5, 2);
        float[] normalised = values.clone();
        new RunningNormalisation(SPEC).apply(normalised, 0, 200);
        for (int frame : new int[] {0, 1, 50, 199}) {
            for (int band = 0; band < 3; band++) {
                double sum = 0;
                double squares = 0;
                for (int t = 0; t <= frame; t++) {
                    sum += values[3 * t + band];
                }
                double mean = sum / (frame + 1);
                for (int t = 0; t <= frame; t++) {
                    squares += Math.pow(values[3 * t + band] - mean, 2);
                }
                double variance = (100 * 9 + squares) / (100 + frame + 1);
                double expected = (values[3 * frame + band] - mean) / Math.sqrt(variance);
                assertEquals(expected, normalised[3 * frame + band], 1e-5, "frame " + frame);
            }
        }
    }

    /** A louder voice sounds as the one before, some seconds later. */
    @Test
    void aChangeIsForgotten() {
        RunningNormalisation normalisation = new RunningNormalisation(SPEC);
        normalisation.apply(noise(1000, 5, 2), 0, 1000);
        float[] louder = noise(3000, 25, 2);
        normalisation.apply(louder, 0, 3000);
        double atOnce = mean(louder, 0, 10);
        double later = mean(louder, 2000, 3000);
        assertTrue(atOnce > 3, "at once " + atOnce);
        assertEquals(0, later, 0.05);
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int k = 3 * from; k < 3 * to; k++) {
            sum += values[k];
        }
        return sum / (3 * (to - from));
    }

    @Test
    void portionsAndASecondSoundGiveTheSame() {
        float[] whole = noise(500, 5, 2);
        float[] parts = whole.clone();
        RunningNormalisation normalisation = new RunningNormalisation(SPEC);
        normalisation.apply(whole, 0, 500);
        normalisation.reset();
        for (int frame = 0; frame < 500; frame += 4) {
            normalisation.apply(parts, 3 * frame, 4);
        }
        assertArrayEquals(whole, parts);
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] values = noise(4, 0, 1);
            values[7] = value;
            RunningNormalisation normalisation = new RunningNormalisation(SPEC);
            assertThrows(IllegalArgumentException.class, () -> normalisation.apply(values, 0, 4));
        }
    }
}
