package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    private static float[] tone(double hertz, int rate, int samples) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return tone;
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 16000", "11025, 16000", "22050, 16000", "32000, 16000", "44100, 16000",
        "48000, 16000", "96000, 16000", "192000, 16000", "16000, 8000", "44101, 16000",
        "16000, 44100", "10, 11"
    })
    void keepsTonesAndTheirTimeInTheLowerHalfOfTheBand(int from, int to) {
        double band = Math.min(from, to) / 2.0;
        for (double hertz : new double[] {0.02 * band, 0.4 * band, 0.85 * band}) {
            float[] output = new Resampler(from, to).resample(tone(hertz, from, from / 2 + 4_000));
            int edge = 2 + (int) (80L * Math.max(from, to) / from);
            double worst = 0;
            for (int n = edge; n < output.length - edge; n++) {
                double expected = Math.sin(2 * Math.PI * hertz * n / to);
                worst = Math.max(worst, Math.abs(expected - output[n]));
            }
            assertTrue(worst < 2e-4, "%f Hz: %g".formatted(hertz, worst));
        }
    }

    @ParameterizedTest
    @CsvSource({"48000, 16000, 9000", "44100, 16000, 12000", "16000, 8000, 4500"})
    void removesWhatTheLowerRateCannotHold(int from, int to, double hertz) {
        float[] output = new Resampler(from, to).resample(tone(hertz, from, from));
        double loudest = 0;
        for (int n = 100; n < output.length - 100; n++) {
            loudest = Math.max(loudest, Math.abs(output[n]));
        }
        assertTrue(loudest < 2e-4, "residue " + loudest);
    }

    @Test
    void shorterFiltersKeepLowTones() {
        float[] output = new Resampler(107, 100, 11).resample(tone(1_000, 16_000, 16_000));
        for (int n = 100; n < output.length - 100; n++) {
            assertEquals(Math.sin(2 * Math.PI * 1_000 * 1.07 * n / 16_000), output[n], 2e-3);
        }
    }

    @Test
    void keepsConstants() {
        float[] ones = new float[4_000];
        Arrays.fill(ones, 0.25f);
        float[] output = new Resampler(44_100, 16_000).resample(ones);
        assertEquals(1452, output.length);
        for (int n = 100; n < output.length - 100; n++) {
            assertEquals(0.25, output[n], 1e-6);
        }
    }

    @Test
    void theSameRateCopies() {
        float[] input = {1, 2, 3};
        assertArrayEquals(input, new Resampler(16_000, 16_000).resample(input));
    }

    @Test
    void emptyStaysEmpty() {
        assertEquals(0, new Resampler(8_000, 16_000).resample(new float[0]).length);
    }

    @Test
    void absurdRatiosAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Resampler(0, 16_000));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(1, 16_000));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(1, 2, 0));
    }
}
