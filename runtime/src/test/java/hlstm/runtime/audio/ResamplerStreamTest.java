package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerStreamTest {
    @ParameterizedTest
    @CsvSource({"44100, 16000", "8000, 16000", "48000, 16000", "22050, 16000", "44099, 16000"})
    void samplesHaveTheBitsOfTheWhole(int from, int to) {
        Resampler resampler = new Resampler(from, to);
        ResamplerStream stream = new ResamplerStream(resampler);
        SplittableRandom random = new SplittableRandom(from);
        for (int length : new int[] {0, 1, 50, 1000, 5000}) {
            float[] sound = new float[length];
            for (int n = 0; n < length; n++) {
                sound[n] = (float) random.nextGaussian();
            }
            float[] expected = resampler.resample(sound);
            for (int portion : new int[] {1, 33, 512, 9000}) {
                float[] found = new float[expected.length + 1];
                int at = 0;
                stream.reset();
                for (int k = 0; k < length; k += portion) {
                    stream.accept(sound, k, Math.min(portion, length - k));
                    at += readAll(stream, found, at);
                }
                stream.end();
                at += readAll(stream, found, at);
                assertArrayEquals(
                        expected, Arrays.copyOf(found, at), length + " samples by " + portion);
            }
        }
    }

    /** In bites, so that outputs are left over. */
    private static int readAll(ResamplerStream stream, float[] found, int at) {
        int total = 0;
        int most = 10;
        int count;
        do {
            count = stream.read(found, at + total, Math.min(most, found.length - at - total));
            total += count;
        } while (count > 0);
        return total;
    }
}
