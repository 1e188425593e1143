package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {
    private static final FeatureSpec BARE =
            new FeatureSpec(16_000, 20, 10, 0, FeatureSpec.MAGNITUDE, 1, FeatureSpec.NONE, 1, 1);

    private static float[] noise(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return noise;
    }

    /** The magnitude of a bin of a Hamming-windowed frame, by definition. */
    private static double magnitude(float[] samples, int begin, int window, int bin) {
        double x = 0;
        double y = 0;
        for (int n = 0; n < window && begin + n < samples.length; n++) {
            double value = samples[begin + n] * (0.54 - 0.46 * Math.cos(2 * Math.PI * n / window));
            double angle = 2 * Math.PI * ((long) bin * n % window) / window;
            x += value * Math.cos(angle);
            y -= value * Math.sin(angle);
        }
        return Math.hypot(x, y);
    }

    @ParameterizedTest
    @CsvSource({"16000, 1600", "16000, 1760", "8000, 999", "22050, 3000", "16000, 320", "16000, 7"})
    void linearBinsEqualTheDefinition(int rate, int count) {
        FeatureSpec spec =
                new FeatureSpec(rate, 20, 10, 0, FeatureSpec.MAGNITUDE, 1, FeatureSpec.NONE, 1, 1);
        float[] samples = noise(count, rate + count);

        float[] features = new FeatureExtractor(spec).extract(samples);

        int frames = spec.frames(count);
        assertEquals(frames * spec.bins(), features.length);
        for (int frame = 0; frame < frames; frame++) {
            for (int bin = 0; bin < spec.bins(); bin++) {
                double expected =
                        Math.log1p(
                                magnitude(
                                        samples,
                                        frame * spec.hopSamples(),
                                        spec.windowSamples(),
                                        bin));
                assertEquals(expected, features[frame * spec.bins() + bin], 1e-6);
            }
        }
    }

    @Test
    void theSpectrogramOfDeepSpeech2HasItsPublishedShape() {
        FeatureSpec spec = FeatureSpec.deepSpeech2();
        assertEquals(320, spec.windowSamples());
        assertEquals(160, spec.hopSamples());
        assertEquals(161, spec.width());
        assertEquals(99, spec.frames(16_000));
        assertEquals(0.01, spec.secondsPerStep());
    }

    @ParameterizedTest
    @ValueSource(strings = {FeatureSpec.UTTERANCE, FeatureSpec.BAND})
    void normalisedFeaturesHaveMeanZeroAndDeviationOne(String normalisation) {
        FeatureSpec spec =
                new FeatureSpec(16_000, 20, 10, 20, FeatureSpec.POWER, 32_768, normalisation, 1, 1);
        float[] samples = noise(8_000, 3);
        float[] features = new FeatureExtractor(spec).extract(samples);
        int groups = normalisation.equals(FeatureSpec.BAND) ? 20 : 1;
        for (int group = 0; group < groups; group++) {
            double sum = 0;
            double squares = 0;
            for (int i = group; i < features.length; i += groups) {
                sum += features[i];
                squares += features[i] * features[i];
            }
            int count = features.length / groups;
            assertEquals(0, sum / count, 1e-6);
            assertEquals(1, squares / count, 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FeatureSpec.UTTERANCE,
                FeatureSpec.BAND,
                FeatureSpec.RUNNING,
                FeatureSpec.NONE
            })
    void silenceGivesZeros(String normalisation) {
        FeatureSpec spec =
                new FeatureSpec(16_000, 20, 10, 0, FeatureSpec.POWER, 1, normalisation, 1, 1);
        float[] features = new FeatureExtractor(spec).extract(new float[4_000]);
        assertArrayEquals(new float[features.length], features);
    }

    @Test
    void stepsStackFramesAndPadWithZeros() {
        float[] samples = noise(320 + 4 * 160, 5);
        float[] frames = new FeatureExtractor(BARE).extract(samples);
        FeatureSpec stacked = BARE.withStacking(3, 2);
        float[] steps = new FeatureExtractor(stacked).extract(samples);
        assertEquals(3, stacked.steps(samples.length));
        assertEquals(3 * 483, steps.length);
        for (int step = 0; step < 3; step++) {
            for (int i = 0; i < 483; i++) {
                int at = step * 2 * 161 + i;
                float expected = at < frames.length ? frames[at] : 0;
                assertEquals(expected, steps[step * 483 + i]);
            }
        }
    }

    @Test
    void stackingMayBeginLater() {
        FeatureExtractor extractor = new FeatureExtractor(BARE.withStacking(2, 2));
        float[] frames = extractor.frames(noise(320 + 3 * 160, 6));
        float[] later = extractor.stack(frames, 1);
        float[] expected = Arrays.copyOf(Arrays.copyOfRange(frames, 161, 4 * 161), 4 * 161);
        assertArrayEquals(expected, later);
        assertThrows(IllegalArgumentException.class, () -> extractor.stack(frames, 4));
        assertThrows(IllegalArgumentException.class, () -> extractor.stack(frames, -1));
        assertThrows(IllegalArgumentException.class, () -> extractor.stack(new float[100], 0));
    }

    @Test
    void aToneFallsIntoTheMelBandThatHoldsItsFrequency() {
        FeatureSpec spec =
                new FeatureSpec(16_000, 20, 10, 40, FeatureSpec.POWER, 1, FeatureSpec.NONE, 1, 1);
        double step = MelBands.mel(8_000) / 41;
        for (double hertz : new double[] {300, 1_000, 2_500, 6_000}) {
            float[] tone = new float[320];
            for (int i = 0; i < tone.length; i++) {
                tone[i] = (float) Math.sin(2 * Math.PI * hertz * i / 16_000);
            }
            float[] bands = new FeatureExtractor(spec).extract(tone);
            int loudest = 0;
            for (int band = 1; band < 40; band++) {
                if (bands[band] > bands[loudest]) {
                    loudest = band;
                }
            }
            assertEquals(MelBands.mel(hertz) / step - 1, loudest, 0.8, hertz + " Hz");
        }
    }

    @Test
    void melScaleHasItsFixedPoint() {
        assertEquals(1_000, MelBands.mel(1_000), 0.1);
        assertEquals(440, MelBands.hertz(MelBands.mel(440)), 1e-9);
    }

    @Test
    void neighbouringMelTrianglesAddUpToOne() {
        MelBands mel = new MelBands(10, 161, 16_000);
        double low = MelBands.hertz(MelBands.mel(8_000) / 11) / 50;
        double high = MelBands.hertz(MelBands.mel(8_000) * 10 / 11) / 50;
        for (int bin = (int) Math.ceil(low); bin <= high; bin++) {
            double[] one = new double[161];
            one[bin] = 1;
            double sum = 0;
            for (int band = 0; band < 10; band++) {
                sum += mel.sum(band, one);
            }
            assertEquals(1, sum, 1e-6);
        }
    }

    @Test
    void soundOfAnotherRateIsResampled() {
        float[] tone = new float[48_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 1_000 * i / 48_000));
        }
        FeatureExtractor extractor = new FeatureExtractor(BARE);
        float[] features = extractor.extract(new Waveform(tone, 48_000));
        assertEquals(99 * 161, features.length);
        int frame = 50 * 161;
        assertEquals(Math.log1p(0.5 * 0.54 * 320 / 2), features[frame + 20], 1e-3);
        assertTrue(features[frame + 40] < 0.01);
    }

    @Test
    void badSamplesAreRefused() {
        FeatureExtractor plain = new FeatureExtractor(BARE);
        FeatureExtractor normalised = new FeatureExtractor(FeatureSpec.deepSpeech2());
        assertThrows(IllegalArgumentException.class, () -> plain.extract(new float[0]));
        float[] samples = noise(2_000, 1);
        samples[1_000] = Float.NaN;
        assertThrows(IllegalArgumentException.class, () -> plain.extract(samples));
        assertThrows(IllegalArgumentException.class, () -> normalised.extract(samples));
        samples[1_000] = Float.POSITIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> normalised.extract(samples));
    }

    @Test
    void tooManyMelBandsAreRefused() {
        FeatureSpec spec = FeatureSpec.mel(16_000, 120, 1);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new FeatureExtractor(spec));
        assertTrue(refusal.getMessage().contains("120 mel bands"), refusal.getMessage());
    }

    @Test
    void inconsistentSpecificationsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BARE.withStacking(0, 1));
        assertThrows(IllegalArgumentException.class, () -> BARE.withStacking(2, 3));
        assertThrows(IllegalArgumentException.class, () -> spec(10, 20, "power", "band"));
        assertThrows(IllegalArgumentException.class, () -> spec(20, 0, "power", "band"));
        assertThrows(IllegalArgumentException.class, () -> spec(Double.NaN, 10, "power", "band"));
        assertThrows(IllegalArgumentException.class, () -> spec(1e300, 10, "power", "band"));
        assertThrows(IllegalArgumentException.class, () -> spec(20, 10, "cepstrum", "band"));
        assertThrows(IllegalArgumentException.class, () -> spec(20, 10, "power", null));
    }

    private static FeatureSpec spec(
            double window, double hop, String spectrum, String normalisation) {
        return new FeatureSpec(16_000, window, hop, 0, spectrum, 1, normalisation, 1, 1);
    }
}
