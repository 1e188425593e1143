package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureStreamTest {
    private static FeatureSpec spec(int stack, int stride) {
        return spec(FeatureSpec.NONE, stack, stride);
    }

    private static FeatureSpec spec(String normalisation, int stack, int stride) {
        return new FeatureSpec(
                8_000, 20, 10, 12, FeatureSpec.POWER, 32_768, normalisation, stack, stride);
    }

    @ParameterizedTest
    @CsvSource({
        "none, 1, 1",
        "none, 3, 3",
        "none, 4, 2",
        "none, 5, 1",
        "none, 2, 1",
        "running, 1, 1",
        "running, 3, 3",
        "running, 4, 2"
    })
    void stepsHaveTheBitsOfTheWhole(String normalisation, int stack, int stride) {
        FeatureSpec spec = spec(normalisation, stack, stride);
        FeatureExtractor extractor = new FeatureExtractor(spec);
        FeatureStream stream = new FeatureStream(spec);
        SplittableRandom random = new SplittableRandom(stack * 10L + stride);
        // Around a window of 160 samples and hops of 80, and longer.
        for (int length : new int[] {1, 79, 159, 160, 161, 239, 240, 241, 320, 400, 999, 4000}) {
            float[] sound = noise(length, random);
            for (int portion : new int[] {1, 7, 80, 160, 5000}) {
                float[] found = stream(stream, sound, portion);
                assertArrayEquals(
                        extractor.extract(sound), found, length + " samples by " + portion);
            }
        }
    }

    private static float[] stream(FeatureStream stream, float[] sound, int portion) {
        int width = stream.spec().width();
        float[] all = new float[(stream.spec().steps(sound.length) + 1) * width];
        int at = 0;
        stream.reset();
        for (int from = 0; from < sound.length; from += portion) {
            stream.accept(sound, from, Math.min(portion, sound.length - from));
            while (stream.next(all, at)) {
                at += width;
            }
        }
        stream.end();
        while (stream.next(all, at)) {
            at += width;
        }
        return Arrays.copyOf(all, at);
    }

    private static float[] noise(int length, SplittableRandom random) {
        float[] noise = new float[length];
        for (int n = 0; n < length; n++) {
            noise[n] = (float) (0.1 * random.nextGaussian());
        }
        return noise;
    }

    @Test
    void aStepComesAsSoonAsItsFramesAreThere() {
        FeatureStream stream = new FeatureStream(spec(1, 1));
        float[] step = new float[12];
        stream.accept(new float[239], 0, 239);
        assertFalse(stream.next(step, 0));
        stream.accept(new float[1], 0, 1);
        assertTrue(stream.next(step, 0));
        assertTrue(stream.next(step, 0));
        assertFalse(stream.next(step, 0));
    }

    @Test
    void noSoundGivesNoSteps() {
        FeatureStream stream = new FeatureStream(spec(2, 2));
        stream.end();
        assertFalse(stream.next(new float[24], 0));
        assertThrows(IllegalStateException.class, () -> stream.accept(new float[1], 0, 1));
    }

    @Test
    void whatCannotBeStreamedIsRefused() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new FeatureStream(FeatureSpec.mel(8_000, 12, 1)));
        assertTrue(
                e.getMessage().contains("expected the normalisation running or none, found band"));
        FeatureStream stream = new FeatureStream(spec(1, 1));
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> stream.accept(new float[] {Float.NaN}, 0, 1));
        assertEquals("features need finite samples: found NaN", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> stream.accept(new float[1], 1, 1));
    }
}
