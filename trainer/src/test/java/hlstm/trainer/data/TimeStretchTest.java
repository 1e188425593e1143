package hlstm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeStretchTest {
    private static final int RATE = 16_000;
    private static final double HERTZ = 210;

    private final TimeStretch stretch = new TimeStretch(RATE);

    TimeStretchTest() {}

    private static float[] tone(int samples) {
        float[] tone = new float[samples];
        for (int k = 0; k < samples; k++) {
            tone[k] = (float) (0.5 * Math.sin(2 * Math.PI * HERTZ * k / RATE));
        }
        return tone;
    }

    /** Energy at a frequency, over the whole energy: 1 for a pure tone. */
    private static double purity(float[] samples, double hertz) {
        double sine = 0;
        double cosine = 0;
        double energy = 0;
        for (int k = 0; k < samples.length; k++) {
            sine += samples[k] * Math.sin(2 * Math.PI * hertz * k / RATE);
            cosine += samples[k] * Math.cos(2 * Math.PI * hertz * k / RATE);
            energy += samples[k] * (double) samples[k];
        }
        return 2 * (sine * sine + cosine * cosine) / (energy * samples.length);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 0.85, 0.95, 1.05, 1.15, 1.4})
    void theTempoChangesAndThePitchStays(double tempo) {
        float[] samples = tone(2 * RATE);
        float[] stretched = stretch.apply(samples, tempo);
        assertEquals(samples.length / tempo, stretched.length, 1);
        float[] middle = java.util.Arrays.copyOfRange(stretched, 1000, stretched.length - 2000);
        // Seams are shifted by whole samples, so the phase drifts a little from one to the next.
        assertTrue(purity(middle, HERTZ) > 0.8, "purity " + purity(middle, HERTZ));
        assertTrue(purity(middle, HERTZ * tempo) < 0.1, "no change of pitch");
    }

    @Test
    void eventsComeEarlierInFasterSound() {
        float[] samples = new float[2 * RATE];
        float[] burst = tone(RATE / 5);
        System.arraycopy(burst, 0, samples, RATE, burst.length);
        float[] fast = stretch.apply(samples, 1.25);
        int first = 0;
        while (Math.abs(fast[first]) < 0.1) {
            first++;
        }
        // A segment may be shifted by the search, and its fade hides the first samples.
        assertEquals(RATE / 1.25, first, 0.02 * RATE);
    }

    @Test
    void soundThatNeedsNothingOrIsTooShortStays() {
        float[] samples = tone(RATE);
        assertSame(samples, stretch.apply(samples, 1));
        float[] brief = tone(100);
        assertSame(brief, stretch.apply(brief, 1.2));
    }

    @Test
    void theSameSeedGivesTheSameSoundAndOthersAnother() {
        Augmentation tempo = new Augmentation(0, 0.15, 0, 0, 0, 0, 0, 0, false);
        SoundAugmenter augmenter = new SoundAugmenter(tempo, RATE);
        float[] samples = tone(RATE);
        assertArrayEquals(
                augmenter.vary(samples, new SplittableRandom(1)),
                augmenter.vary(samples, new SplittableRandom(1)));
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int seed = 0; seed < 50; seed++) {
            int length = augmenter.vary(samples, new SplittableRandom(seed)).length;
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
        }
        assertTrue(shortest < 0.92 * RATE && shortest >= RATE / 1.15 - 1, "shortest " + shortest);
        assertTrue(longest > 1.08 * RATE && longest <= RATE / 0.85 + 1, "longest " + longest);
    }
}
