package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WavStreamTest {
    private static final int SAMPLES = 9_001;
    private static final int DATA_SIZE_AT = 40;
    private static final int HEADER = 44;

    /** A pipe that has a few bytes at a time. */
    private static final class Trickle extends InputStream {
        private final InputStream in;
        private final SplittableRandom random = new SplittableRandom(1);

        Trickle(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(length, 1 + random.nextInt(7)));
        }
    }

    private static byte[] wav() {
        SplittableRandom random = new SplittableRandom(2);
        float[] samples = new float[SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            samples[n] = (float) random.nextDouble(-1, 1);
        }
        return WavWriter.bytes(new Waveform(samples, 16_000));
    }

    private static byte[] withSize(byte[] wav, int size) {
        ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(DATA_SIZE_AT, size);
        return wav;
    }

    private static float[] readAll(InputStream in, int most) throws IOException {
        WavStream stream = WavStream.open(in, "test");
        assertEquals(16_000, stream.sampleRate());
        float[] samples = new float[SAMPLES + 1];
        int count = 0;
        while (true) {
            int read = stream.read(samples, count, Math.min(most, samples.length - count));
            if (read < 0) {
                return Arrays.copyOf(samples, count);
            }
            assertTrue(read > 0 && read <= most, "read " + read);
            count += read;
        }
    }

    @Test
    void samplesAreThoseOfTheWhole() throws IOException {
        float[] expected = WavReader.read(new ByteArrayInputStream(wav()), "test").samples();
        for (int most : new int[] {1, 100, 5_000, 100_000}) {
            assertArrayEquals(expected, readAll(new ByteArrayInputStream(wav()), most));
            assertArrayEquals(expected, readAll(new Trickle(wav()), most));
            // Of a recorder that could not know the size.
            assertArrayEquals(expected, readAll(new Trickle(withSize(wav(), -1)), most));
        }
    }

    @Test
    void whatIsBehindTheSamplesIsNotRead() throws IOException {
        byte[] longer = Arrays.copyOf(wav(), HEADER + 2 * SAMPLES + 10);
        ByteArrayInputStream in = new ByteArrayInputStream(longer);
        assertEquals(SAMPLES, readAll(in, 1_000).length);
        assertEquals(10, in.available());
    }

    @Test
    void streamsThatAreCutOffAreRefused() {
        byte[] half = Arrays.copyOf(wav(), 2_000);
        Exception e = assertThrows(WavFormatException.class, () -> readAll(new Trickle(half), 100));
        assertTrue(
                e.getMessage().contains("expected 18002 bytes of samples, found 1956 bytes"),
                e.getMessage());
        byte[] torn = withSize(Arrays.copyOf(wav(), 2_001), -1);
        e = assertThrows(WavFormatException.class, () -> readAll(new Trickle(torn), 100));
        assertTrue(e.getMessage().contains("whole frames of 2 bytes"), e.getMessage());
        assertThrows(
                WavFormatException.class, () -> WavStream.open(new Trickle(new byte[20]), "test"));
    }
}
