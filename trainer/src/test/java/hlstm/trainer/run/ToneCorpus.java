package hlstm.trainer.run;

import hlstm.runtime.audio.Waveform;
import hlstm.trainer.data.AudioSource;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One to three tones in a row, with a letter for each: learnt within a few epochs. */
final class ToneCorpus {
    /** The alphabet of a recipe for this corpus. */
    static final String ALPHABET = " ABCD";

    static final int RATE = 8_000;

    private static final int[] HERTZ = {300, 800, 1_500, 2_500};
    private static final int TONE = RATE / 10;

    private ToneCorpus() {}

    static Corpus of(int utterances) {
        SplittableRandom random = new SplittableRandom(1);
        List<Utterance> list = new ArrayList<>();
        for (int i = 0; i < utterances; i++) {
            int tones = 1 + i % 3;
            // A pause before each tone and after the last.
            float[] samples = new float[(2 * tones + 1) * TONE];
            for (int k = 0; k < samples.length; k++) {
                samples[k] = (float) random.nextDouble(-0.01, 0.01);
            }
            List<String> letters = new ArrayList<>();
            for (int n = 0; n < tones; n++) {
                int letter = random.nextInt(HERTZ.length);
                letters.add(ALPHABET.substring(letter + 1, letter + 2));
                for (int k = 0; k < TONE; k++) {
                    double phase = 2 * Math.PI * HERTZ[letter] * k / RATE;
                    samples[(2 * n + 1) * TONE + k] += (float) (0.3 * Math.sin(phase));
                }
            }
            list.add(
                    new Utterance(
                            "u" + i,
                            "none",
                            String.join(" ", letters),
                            AudioSource.of(new Waveform(samples, RATE))));
        }
        return new Corpus("tones", list);
    }
}
