package hlstm.trainer.data;

import hlstm.runtime.audio.Waveform;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Noise with transcripts, for tests. */
final class SmallCorpus {
    private SmallCorpus() {}

    /** Utterances of growing length: the i-th has {@code 3200 + 800 i} samples at 16 kHz. */
    static Corpus of(int utterances) {
        List<Utterance> list = new ArrayList<>();
        for (int i = 0; i < utterances; i++) {
            list.add(
                    new Utterance(
                            "u" + i,
                            "s" + i % 3,
                            i % 2 == 0 ? "ONE" : "TWO TWO",
                            AudioSource.of(new Waveform(noise(3_200 + 800 * i, i), 16_000))));
        }
        return new Corpus("small", list);
    }

    static float[] noise(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return noise;
    }
}
