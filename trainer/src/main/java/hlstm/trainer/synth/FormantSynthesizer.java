package hlstm.trainer.synth;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Speaks control tracks: a glottal source through a cascade of formant resonators, with a nasal
 * pole and zero, beside noise through a resonator of its own for hisses and bursts. A small
 * relative of the synthesiser of Klatt, JASA 67(3), 1980.
 */
final class FormantSynthesizer {
    private static final double[] UPPER_FORMANTS = {3_500, 4_500};
    private static final double[] BANDWIDTHS = {70, 100, 150, 220, 300};
    private static final double NASAL_POLE = 270;
    private static final double NASAL_ZERO = 450;
    private static final double NASAL_BANDWIDTH = 100;

    /** Brings vowels to amplitudes below 1; over the pitch, since faster pulses are steeper. */
    private static final double VOICE_GAIN = 440;

    /** Brings a full hiss to some 10 dB below the vowels. */
    private static final double HISS_GAIN = 0.14;

    /** Resonators are kept below this share of the sample rate. */
    private static final double HIGHEST = 0.45;

    private final int sampleRate;

    /** A synthesiser of sound at a sample rate, in Hz. */
    FormantSynthesizer(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /**
     * Speaks.
     *
     * @param pitch the pitch in Hz at a time in seconds
     * @return samples, in (-1, 1) for usual voices
     */
    float[] speak(
            ControlTracks tracks, Voice voice, DoubleUnaryOperator pitch, SplittableRandom random) {
        int frameSamples = sampleRate * ControlTracks.FRAME_MILLIS / 1000;
        float[] samples = new float[tracks.frames() * frameSamples];
        GlottalSource glottis = new GlottalSource(sampleRate, voice, random);
        Resonator[] formants = resonators(BANDWIDTHS.length);
        Resonator nasalPole = new Resonator(sampleRate);
        Resonator nasalZero = new Resonator(sampleRate);
        Resonator hiss = new Resonator(sampleRate);
        nasalPole.tune(NASAL_POLE, NASAL_BANDWIDTH);
        double voiceGain = VOICE_GAIN / voice.pitch();
        int used = 0;
        double previous = 0;
        for (int frame = 0; frame < tracks.frames(); frame++) {
            int following = Math.min(frame + 1, tracks.frames() - 1);
            used = tune(formants, tracks, frame, voice);
            nasalZero.tune(
                    NASAL_POLE + (NASAL_ZERO - NASAL_POLE) * tracks.at(Control.NASALITY, frame),
                    NASAL_BANDWIDTH);
            hiss.tuneNoise(
                    reachable(tracks.at(Control.FRICATION_HERTZ, frame) * voice.formantScale()),
                    tracks.at(Control.FRICATION_BANDWIDTH, frame));
            double hertz = pitch.applyAsDouble(frame * ControlTracks.FRAME_MILLIS / 1e3);
            for (int i = 0; i < frameSamples; i++) {
                double t = (double) i / frameSamples;
                double voicing = between(tracks, Control.VOICING, frame, following, t);
                double aspiration = between(tracks, Control.ASPIRATION, frame, following, t);
                double frication = between(tracks, Control.FRICATION, frame, following, t);
                double x = glottis.next(hertz, voicing, aspiration);
                x = nasalPole.filter(nasalZero.cancel(x));
                for (int f = 0; f < used; f++) {
                    x = formants[f].filter(x);
                }
                double noise = hiss.filter(random.nextDouble(-1, 1));
                // The difference is the radiation at the lips.
                samples[frame * frameSamples + i] =
                        (float) (voiceGain * (x - previous) + HISS_GAIN * frication * noise);
                previous = x;
            }
        }
        return samples;
    }

    private Resonator[] resonators(int count) {
        Resonator[] resonators = new Resonator[count];
        for (int i = 0; i < count; i++) {
            resonators[i] = new Resonator(sampleRate);
        }
        return resonators;
    }

    /** Tunes the formants that the sample rate can hold, and returns their number. */
    private int tune(Resonator[] formants, ControlTracks tracks, int frame, Voice voice) {
        double scale = voice.formantScale();
        formants[0].tune(tracks.at(Control.F1, frame) * scale, BANDWIDTHS[0]);
        formants[1].tune(tracks.at(Control.F2, frame) * scale, BANDWIDTHS[1]);
        formants[2].tune(reachable(tracks.at(Control.F3, frame) * scale), BANDWIDTHS[2]);
        int used = 3;
        for (double hertz : UPPER_FORMANTS) {
            if (hertz * scale < HIGHEST * sampleRate) {
                formants[used].tune(hertz * scale, BANDWIDTHS[used]);
                used++;
            }
        }
        return used;
    }

    private double reachable(double hertz) {
        return Math.min(hertz, HIGHEST * sampleRate);
    }

    private static double between(
            ControlTracks tracks, Control control, int frame, int following, double t) {
        double from = tracks.at(control, frame);
        return from + t * (tracks.at(control, following) - from);
    }
}
