package hlstm.trainer.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.audio.FeatureSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormantSynthesizerTest {
    private static final int RATE = 16_000;
    private static final Voice MAN = new Voice("man", 100, 1, 0.05, 0.65, 1, 1);

    /** The power spectrum of a steady sound, in bins of 25 Hz. */
    private static double[] spectrum(Segment segment, Voice voice) {
        ControlTracks tracks = new ControlTracks(List.of(segment), new double[] {500});
        float[] samples =
                new FormantSynthesizer(RATE)
                        .speak(tracks, voice, time -> voice.pitch(), new SplittableRandom(2));
        FeatureSpec spec =
                new FeatureSpec(RATE, 40, 10, 0, FeatureSpec.POWER, 1_000, FeatureSpec.NONE, 1, 1);
        float[] features = new FeatureExtractor(spec).extract(samples);
        double[] powers = new double[spec.bins()];
        for (int i = 10 * powers.length; i < features.length; i++) {
            powers[i % powers.length] += Math.expm1(features[i]);
        }
        return powers;
    }

    private static double power(double[] spectrum, double from, double to) {
        double power = 0;
        for (int bin = (int) (from / 25); bin < to / 25; bin++) {
            power += spectrum[bin];
        }
        return power;
    }

    @ParameterizedTest
    @EnumSource(names = {"IY", "IH", "EH", "AH"})
    void vowelsHaveTheirSecondFormant(Phoneme vowel) {
        Segment segment = vowel.segments().getFirst();
        double second = segment.targets()[Control.F2.ordinal()];
        double[] spectrum = spectrum(segment, MAN);
        double loudest = 0;
        double at = 0;
        for (double hertz = 0.8 * second; hertz < 1.2 * second; hertz += 50) {
            double power = power(spectrum, hertz - 50, hertz + 50);
            if (power > loudest) {
                loudest = power;
                at = hertz;
            }
        }
        assertEquals(second, at, 110, vowel.name());
    }

    @Test
    void theVoiceHasItsPitch() {
        Voice woman = new Voice("woman", 200, 1.15, 0.05, 0.65, 1, 1);
        double[] spectrum = spectrum(Phoneme.AH.segments().getFirst(), woman);
        double harmonics = 0;
        double between = 0;
        for (int n = 1; n <= 4; n++) {
            harmonics += power(spectrum, 200 * n - 25, 200 * n + 50);
            between += power(spectrum, 200 * n + 75, 200 * n + 150);
        }
        assertTrue(harmonics > 10 * between, harmonics + " over " + between);
    }

    @Test
    void hissesLieHighAndVowelsLow() {
        double[] s = spectrum(Phoneme.S.segments().getFirst(), MAN);
        double[] vowel = spectrum(Phoneme.AO.segments().getFirst(), MAN);
        assertTrue(power(s, 4_000, 8_000) > 5 * power(s, 0, 4_000));
        assertTrue(power(vowel, 0, 1_500) > 50 * power(vowel, 1_500, 8_000));
        double vowelPower = power(vowel, 0, 8_000);
        double decibels = 10 * Math.log10(vowelPower / power(s, 0, 8_000));
        assertTrue(decibels > 5 && decibels < 20, "vowel over hiss: " + decibels);
    }

    @Test
    void smallerHeadsHaveHigherFormants() {
        Voice child = new Voice("child", 100, 1.27, 0.05, 0.65, 1, 1);
        Segment vowel = Phoneme.EH.segments().getFirst();
        double ofMan = centroid(spectrum(vowel, MAN));
        double ofChild = centroid(spectrum(vowel, child));
        assertEquals(1.27, ofChild / ofMan, 0.1);
    }

    private static double centroid(double[] spectrum) {
        double sum = 0;
        double weighted = 0;
        for (int bin = 1_200 / 25; bin < 3_200 / 25; bin++) {
            sum += spectrum[bin];
            weighted += spectrum[bin] * bin;
        }
        return weighted / sum;
    }

    @Test
    void silenceIsSilent() {
        double[] spectrum = spectrum(Segment.silence(100), MAN);
        assertEquals(0, power(spectrum, 0, 8_000), 1e-6);
    }

    @Test
    void soundsRunIntoEachOther() {
        Segment from = Segment.voiced(100, 1, 300, 900, 2_200);
        Segment to = Segment.voiced(100, 1, 700, 1_900, 2_600);
        ControlTracks tracks = new ControlTracks(List.of(from, to), new double[] {100, 100});
        assertEquals(40, tracks.frames());
        double previous = tracks.at(Control.F2, 0);
        for (int frame = 1; frame < 40; frame++) {
            double second = tracks.at(Control.F2, frame);
            assertTrue(second >= previous - 1e-9 && second - previous < 160, "frame " + frame);
            previous = second;
        }
        assertEquals(900, tracks.at(Control.F2, 0), 1e-6);
        assertEquals(1_400, (tracks.at(Control.F2, 19) + tracks.at(Control.F2, 20)) / 2, 1e-6);
        assertEquals(1_900, tracks.at(Control.F2, 39), 1e-6);
    }
}
