package hlstm.runtime.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The samples of a WAV file while it is being written, as from a microphone: {@link WavReader} for
 * sound of any length. Waits for samples where there are none yet. Belongs to one thread at a time.
 */
public final class WavStream {
    private static final int BUFFERED_FRAMES = 4096;

    private final InputStream in;
    private final String name;
    private final WavReader.Data data;
    private final int frameBytes;
    private final byte[] bytes;
    private final ByteBuffer buffer;

    /** Bytes of a frame that is not there as a whole yet. */
    private int held;

    private long read;

    private WavStream(InputStream in, String name, WavReader.Data data) {
        this.in = in;
        this.name = name;
        this.data = data;
        frameBytes = data.format().frameBytes();
        bytes = new byte[BUFFERED_FRAMES * frameBytes];
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a stream up to its samples; it stays the caller's to close.
     *
     * @param name what messages call the stream
     * @throws WavFormatException if it is not a WAV file that is supported
     * @throws IOException if it cannot be read
     */
    public static WavStream open(InputStream in, String name) throws IOException {
        return new WavStream(in, name, WavReader.header(in, name));
    }

    /** Samples a second. */
    public int sampleRate() {
        return data.format().sampleRate();
    }

    /**
     * Takes the samples that are there, or waits for one; stereo is averaged.
     *
     * @param most the most samples to take, 1 or more
     * @return how many were taken; -1 at the end
     * @throws WavFormatException if the stream is cut off, or a sample is not finite
     * @throws IOException if it cannot be read
     */
    public int read(float[] samples, int offset, int most) throws IOException {
        int wanted = Math.min(most, BUFFERED_FRAMES) * frameBytes;
        if (!data.isOpen()) {
            wanted = (int) Math.min(wanted, data.declared() - read + held);
        }
        if (wanted == 0) {
            return -1;
        }
        int found = held;
        while (found < frameBytes) {
            int more = in.read(bytes, found, wanted - found);
            if (more < 0) {
                return atEnd(found);
            }
            found += more;
            read += more;
        }
        int frames = found / frameBytes;
        data.format().decode(buffer.clear().limit(frames * frameBytes), samples, offset, name);
        held = found - frames * frameBytes;
        System.arraycopy(bytes, frames * frameBytes, bytes, 0, held);
        return frames;
    }

    private int atEnd(int found) throws WavFormatException {
        if (found > 0 || !data.isOpen()) {
            throw new WavFormatException(
                    name,
                    "cut off: expected %s of samples, found %d bytes"
                            .formatted(
                                    data.isOpen()
                                            ? "whole frames of %d bytes".formatted(frameBytes)
                                            : data.declared() + " bytes",
                                    read));
        }
        return -1;
    }
}
