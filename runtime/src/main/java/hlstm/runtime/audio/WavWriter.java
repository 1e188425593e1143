package hlstm.runtime.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes mono WAV files of 16-bit PCM. */
public final class WavWriter {
    private static final int HEADER_BYTES = 44;

    private WavWriter() {}

    /**
     * Writes a file, replacing one that exists. Samples beyond [-1, 1) are clipped.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Waveform sound) throws IOException {
        Files.write(file, bytes(sound));
    }

    /** The content of the file. */
    static byte[] bytes(Waveform sound) {
        float[] samples = sound.samples();
        int dataBytes = Math.multiplyExact(2, samples.length);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.addExact(HEADER_BYTES, dataBytes))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER_BYTES - 8 + dataBytes)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(sound.sampleRate())
                .putInt(2 * sound.sampleRate())
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataBytes);
        for (float sample : samples) {
            int value = Math.round(sample * 32_768);
            bytes.putShort((short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE));
        }
        return bytes.array();
    }
}
