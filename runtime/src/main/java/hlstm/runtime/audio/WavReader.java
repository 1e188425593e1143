package hlstm.runtime.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads WAV files (RIFF WAVE, little-endian): integer PCM of 8, 16, 24 and 32 bits, floating point
 * of 32 and 64, A-law and mu-law, mono or stereo; stereo is averaged. Integers are scaled to [-1,
 * 1).
 *
 * <p>Nothing in a file is trusted: memory grows with the bytes that are really there and not with
 * declared sizes, and a file that is cut off, inconsistent or of another kind is refused with a
 * {@link WavFormatException}. Writers that cannot seek back (pipes) declare a data size of about 2
 * or 4 GiB; such data are read to the end of the stream.
 */
public final class WavReader {
    /** The most samples, after mixing to mono, that are read: over an hour at 16 kHz. */
    public static final int MAXIMUM_SAMPLES = 1 << 26;

    private static final int RIFF = code("RIFF");
    private static final int WAVE = code("WAVE");
    private static final int FORMAT = code("fmt ");
    private static final int DATA = code("data");
    private static final int MAXIMUM_FORMAT_BYTES = 4096;

    /** From this declared size on, the writer did not know the size. */
    private static final long UNKNOWN_SIZE = 0x7fff_0000L;

    private final InputStream in;
    private final String name;
    private final int maximumSamples;
    private long position;

    private WavReader(InputStream in, String name, int maximumSamples) {
        this.in = in;
        this.name = name;
        this.maximumSamples = maximumSamples;
    }

    /**
     * Reads a regular file; pipes are streams.
     *
     * @throws WavFormatException if it is not a WAV file that is supported, or no regular file
     * @throws IOException if it cannot be read
     */
    public static Waveform read(Path file) throws IOException {
        // Asked before it is opened, which for a pipe without a writer would never end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new WavFormatException(
                    file.toString(),
                    "expected a regular file, found a %s; a pipe is read as a stream (transcribe: -)"
                            .formatted(Files.isDirectory(file) ? "folder" : "pipe or device"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads a stream up to the end of its sound, and does not close it.
     *
     * @param name what messages call the stream
     * @throws WavFormatException if it is not a WAV file that is supported
     * @throws IOException if it cannot be read
     */
    public static Waveform read(InputStream in, String name) throws IOException {
        return read(in, name, MAXIMUM_SAMPLES);
    }

    /** The same with another limit to the length. */
    static Waveform read(InputStream in, String name, int maximumSamples) throws IOException {
        return new WavReader(in, name, maximumSamples).read();
    }

    /** What the samples of a file are, and how many bytes of them it declares. */
    record Data(WavFormat format, long declared) {
        /** Whether the writer did not know the size, so that samples go on to the end. */
        boolean isOpen() {
            return declared >= UNKNOWN_SIZE;
        }
    }

    /** Reads all before the samples. */
    static Data header(InputStream in, String name) throws IOException {
        return new WavReader(in, name, MAXIMUM_SAMPLES).header();
    }

    private Waveform read() throws IOException {
        Data data = header();
        return new Waveform(samples(data), data.format().sampleRate());
    }

    private Data header() throws IOException {
        ByteBuffer header = block(12, "the RIFF header");
        int riff = header.getInt();
        header.getInt();
        int wave = header.getInt();
        if (riff != RIFF || wave != WAVE) {
            throw refuse(
                    "not a WAV file: expected 'RIFF....WAVE', found '%s....%s'",
                    text(riff), text(wave));
        }
        WavFormat format = null;
        while (true) {
            ByteBuffer chunk = block(8, format == null ? "a 'fmt ' chunk" : "a 'data' chunk");
            int kind = chunk.getInt();
            long size = Integer.toUnsignedLong(chunk.getInt());
            if (kind == FORMAT) {
                if (format != null) {
                    throw refuse("expected one 'fmt ' chunk, found a second");
                }
                format = format(size);
            } else if (kind == DATA) {
                if (format == null) {
                    throw refuse("expected a 'fmt ' chunk before the 'data' chunk, found none");
                }
                Data data = new Data(format, size);
                if (!data.isOpen() && size % format.frameBytes() != 0) {
                    throw refuse(
                            "expected a 'data' chunk of whole frames of %d bytes, found %d bytes",
                            format.frameBytes(), size);
                }
                return data;
            } else {
                skip(size + (size & 1), kind);
            }
        }
    }

    private WavFormat format(long size) throws IOException {
        if (size < 16 || size > MAXIMUM_FORMAT_BYTES) {
            throw refuse(
                    "expected a 'fmt ' chunk of 16 to %d bytes, found one of %d",
                    MAXIMUM_FORMAT_BYTES, size);
        }
        ByteBuffer chunk = block((int) (size + (size & 1)), "the 'fmt ' chunk");
        return WavFormat.parse(chunk.limit((int) size), name);
    }

    private float[] samples(Data data) throws IOException {
        WavFormat format = data.format();
        long declared = data.declared();
        int frameBytes = format.frameBytes();
        boolean open = data.isOpen();
        if (!open) {
            requireNotTooLong(declared / frameBytes);
        }
        float[] samples = new float[(int) Math.min(open ? 16_384 : declared / frameBytes, 1 << 16)];
        byte[] bytes = new byte[4096 * frameBytes];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        long read = 0;
        while (open || read < declared) {
            int wanted = open ? bytes.length : (int) Math.min(bytes.length, declared - read);
            int found = in.readNBytes(bytes, 0, wanted);
            read += found;
            boolean ended = found < wanted;
            if (ended && (!open || found % frameBytes != 0)) {
                throw refuse(
                        "cut off: expected %s of samples, found %d bytes",
                        open
                                ? "whole frames of %d bytes".formatted(frameBytes)
                                : declared + " bytes",
                        read);
            }
            int frames = found / frameBytes;
            requireNotTooLong(count + (long) frames);
            if (count + frames > samples.length) {
                samples = Arrays.copyOf(samples, Math.max(count + frames, 2 * samples.length));
            }
            format.decode(buffer.clear().limit(frames * frameBytes), samples, count, name);
            count += frames;
            if (ended) {
                break;
            }
        }
        if (count == 0) {
            throw refuse("holds no samples");
        }
        return samples.length == count ? samples : Arrays.copyOf(samples, count);
    }

    private void requireNotTooLong(long samples) throws WavFormatException {
        if (samples > maximumSamples) {
            throw refuse(
                    "too long: expected at most %d samples, found %d or more; cut the file into"
                            + " pieces",
                    maximumSamples, samples);
        }
    }

    private ByteBuffer block(int size, String what) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw refuse(
                    "cut off: expected %s (%d bytes) at byte %d, found %d bytes",
                    what, size, position, bytes.length);
        }
        position += size;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(long size, int kind) throws IOException {
        try {
            in.skipNBytes(size);
        } catch (EOFException e) {
            throw refuse(
                    "cut off: expected %d bytes in chunk '%s' at byte %d, and 'data' after it",
                    size, text(kind), position);
        }
        position += size;
    }

    private WavFormatException refuse(String complaint, Object... arguments) {
        return new WavFormatException(name, complaint.formatted(arguments));
    }

    private static int code(String letters) {
        return ByteBuffer.wrap(letters.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    private static String text(int code) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int letter = code >>> (8 * i) & 0xff;
            text.append(letter >= ' ' && letter < 127 ? (char) letter : '?');
        }
        return text.toString();
    }
}
