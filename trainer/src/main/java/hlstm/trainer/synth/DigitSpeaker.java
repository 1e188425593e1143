package hlstm.trainer.synth;

import hlstm.runtime.audio.Waveform;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Says strings of digits, never twice in the same way: speed, rhythm, melody, clearness of vowels,
 * pauses, loudness and background noise vary. Immutable.
 */
final class DigitSpeaker {
    private static final double SHARE_WITHOUT_PAUSE = 0.5;

    private final int sampleRate;
    private final double lowestSignalToNoise;
    private final double highestSignalToNoise;

    /**
     * A speaker.
     *
     * @param sampleRate samples per second
     * @param lowestSignalToNoise speech over background in the noisiest recordings, in dB
     * @param highestSignalToNoise the same in the quietest
     */
    DigitSpeaker(int sampleRate, double lowestSignalToNoise, double highestSignalToNoise) {
        this.sampleRate = sampleRate;
        this.lowestSignalToNoise = lowestSignalToNoise;
        this.highestSignalToNoise = highestSignalToNoise;
    }

    /** A recording of digits said in a voice. */
    Waveform say(List<Digit> digits, Voice voice, SplittableRandom random) {
        double speed = voice.speed() * random.nextDouble(0.85, 1.2);
        List<Segment> segments = new ArrayList<>();
        segments.add(Segment.silence(random.nextDouble(60, 250)).rigid());
        for (int i = 0; i < digits.size(); i++) {
            if (i > 0 && random.nextDouble() > SHARE_WITHOUT_PAUSE) {
                segments.add(Segment.silence(random.nextDouble(20, 180)));
            }
            for (Phoneme phoneme : digits.get(i).phonemes()) {
                add(segments, phoneme, voice, random);
            }
        }
        segments.add(Segment.silence(random.nextDouble(80, 250)).rigid());

        double[] millis = new double[segments.size()];
        double seconds = 0;
        for (int i = 0; i < millis.length; i++) {
            Segment segment = segments.get(i);
            double stretch = segment.elastic() ? random.nextDouble(0.8, 1.25) / speed : 1;
            millis[i] = segment.millis() * stretch;
            seconds += millis[i] / 1000;
        }
        DoubleUnaryOperator pitch = melody(voice, seconds, random);
        float[] samples =
                new FormantSynthesizer(sampleRate)
                        .speak(new ControlTracks(segments, millis), voice, pitch, random);
        record(samples, random);
        return new Waveform(samples, sampleRate);
    }

    /** A phoneme as this voice says it this time: with its accent, and a little off. */
    private static void add(
            List<Segment> segments, Phoneme phoneme, Voice voice, SplittableRandom random) {
        SplittableRandom accent = new SplittableRandom(voice.accent() + phoneme.ordinal());
        for (Segment segment : phoneme.segments()) {
            Segment said = segment;
            for (Control formant : List.of(Control.F1, Control.F2, Control.F3)) {
                double shift = accent.nextDouble(0.95, 1.05) * random.nextDouble(0.96, 1.04);
                said = said.with(formant, said.targets()[formant.ordinal()] * shift);
            }
            segments.add(said);
        }
    }

    /** A melody that sinks over the utterance, sways, and ends up or down. */
    private static DoubleUnaryOperator melody(
            Voice voice, double seconds, SplittableRandom random) {
        double start = voice.pitch() * random.nextDouble(0.98, 1.15);
        double sinking = random.nextDouble(0.05, 0.25);
        double ending = random.nextDouble() < 0.25 ? 0.2 : -0.15;
        double sway = random.nextDouble(0.03, 0.1);
        double swayHertz = random.nextDouble(1.5, 3.5);
        double swayPhase = random.nextDouble(2 * Math.PI);
        return time -> {
            double part = time / seconds;
            double end = Math.max(0, part - 0.75) / 0.25;
            return start
                    * (1
                            - sinking * part
                            + ending * end * end
                            + sway * Math.sin(2 * Math.PI * swayHertz * time + swayPhase));
        };
    }

    /** Sets the loudness, and adds a background between white noise and a rumble. */
    private void record(float[] samples, SplittableRandom random) {
        double peak = 0;
        double squares = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
            squares += (double) sample * sample;
        }
        double gain = Math.pow(10, random.nextDouble(-24, -4) / 20) / peak;
        double level = Math.sqrt(squares / samples.length) * gain;
        double signalToNoise =
                lowestSignalToNoise
                        + (highestSignalToNoise - lowestSignalToNoise) * random.nextDouble();
        double noise = level * Math.pow(10, -signalToNoise / 20);
        double memory = random.nextDouble(0, 0.95);
        double fresh = Math.sqrt(1 - memory * memory);
        double background = 0;
        for (int i = 0; i < samples.length; i++) {
            background = memory * background + fresh * random.nextGaussian();
            samples[i] = (float) (gain * samples[i] + noise * background);
        }
    }
}
