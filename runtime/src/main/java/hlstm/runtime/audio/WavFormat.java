package hlstm.runtime.audio;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What the 'fmt ' chunk of a WAV file declares about its samples. */
record WavFormat(Encoding encoding, int channels, int sampleRate) {
    /** How a sample is stored. */
    enum Encoding {
        UNSIGNED_8(1),
        SIGNED_16(2),
        SIGNED_24(3),
        SIGNED_32(4),
        FLOAT_32(4),
        FLOAT_64(8),
        A_LAW(1),
        MU_LAW(1);

        private final int bytes;

        Encoding(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    /** What follows the format code in the identifier of a sub-format. */
    private static final byte[] SUB_FORMAT_TAIL =
            HexFormat.of().parseHex("000000001000800000aa00389b71");

    /** Bytes of one sample of every channel. */
    int frameBytes() {
        return encoding.bytes * channels;
    }

    /**
     * Reads the chunk's content.
     *
     * @param name what messages call the file
     * @throws WavFormatException if the samples are of a kind not supported, or inconsistent
     */
    static WavFormat parse(ByteBuffer chunk, String name) throws WavFormatException {
        int code = Short.toUnsignedInt(chunk.getShort());
        int channels = Short.toUnsignedInt(chunk.getShort());
        long rate = Integer.toUnsignedLong(chunk.getInt());
        chunk.getInt();
        int frameBytes = Short.toUnsignedInt(chunk.getShort());
        int bits = Short.toUnsignedInt(chunk.getShort());
        if (code == EXTENSIBLE) {
            code = subFormat(chunk, bits, name);
        }
        Encoding encoding = encoding(code, bits, name);
        if (channels < 1 || channels > 2) {
            throw new WavFormatException(
                    name, "expected 1 or 2 channels, found %d".formatted(channels));
        }
        if (rate < Waveform.MINIMUM_RATE || rate > Waveform.MAXIMUM_RATE) {
            throw new WavFormatException(
                    name,
                    "expected a sample rate of %d to %d Hz, found %d"
                            .formatted(Waveform.MINIMUM_RATE, Waveform.MAXIMUM_RATE, rate));
        }
        WavFormat format = new WavFormat(encoding, channels, (int) rate);
        if (frameBytes != format.frameBytes()) {
            throw new WavFormatException(
                    name,
                    "inconsistent: expected frames of %d bytes for %d channels of %d bits, found %d"
                            .formatted(format.frameBytes(), channels, bits, frameBytes));
        }
        return format;
    }

    private static int subFormat(ByteBuffer chunk, int bits, String name)
            throws WavFormatException {
        if (chunk.remaining() < 24) {
            throw new WavFormatException(
                    name,
                    "expected a 'fmt ' chunk of 40 bytes for WAVE_FORMAT_EXTENSIBLE, found %d"
                            .formatted(chunk.limit()));
        }
        chunk.getShort();
        int validBits = Short.toUnsignedInt(chunk.getShort());
        chunk.getInt();
        if (validBits > bits) {
            throw new WavFormatException(
                    name,
                    "inconsistent: expected at most %d valid bits, found %d"
                            .formatted(bits, validBits));
        }
        int code = Short.toUnsignedInt(chunk.getShort());
        byte[] tail = new byte[SUB_FORMAT_TAIL.length];
        chunk.get(tail);
        if (!Arrays.equals(tail, SUB_FORMAT_TAIL)) {
            throw new WavFormatException(
                    name,
                    "unsupported: expected PCM or floating point, found an unknown sub-format of"
                            + " WAVE_FORMAT_EXTENSIBLE");
        }
        return code;
    }

    private static Encoding encoding(int code, int bits, String name) throws WavFormatException {
        Encoding encoding =
                switch (code) {
                    case PCM -> pcm(bits);
                    case IEEE_FLOAT ->
                            bits == 32 ? Encoding.FLOAT_32 : bits == 64 ? Encoding.FLOAT_64 : null;
                    case A_LAW -> bits == 8 ? Encoding.A_LAW : null;
                    case MU_LAW -> bits == 8 ? Encoding.MU_LAW : null;
                    default -> null;
                };
        if (encoding == null) {
            throw new WavFormatException(
                    name,
                    "unsupported: expected PCM of 8, 16, 24 or 32 bits, floating point of 32 or 64, A-law"
                            + " or mu-law of 8, found %s of %d bits; convert the file to 16-bit PCM"
                                    .formatted(label(code), bits));
        }
        return encoding;
    }

    private static Encoding pcm(int bits) {
        return switch (bits) {
            case 8 -> Encoding.UNSIGNED_8;
            case 16 -> Encoding.SIGNED_16;
            case 24 -> Encoding.SIGNED_24;
            case 32 -> Encoding.SIGNED_32;
            default -> null;
        };
    }

    private static String label(int code) {
        return switch (code) {
            case PCM -> "PCM";
            case 2, 0x11 -> "ADPCM";
            case IEEE_FLOAT -> "floating point";
            case A_LAW -> "A-law";
            case MU_LAW -> "mu-law";
            case 0x31 -> "GSM 6.10";
            case 0x55 -> "MP3";
            default -> "format code 0x%04x".formatted(code);
        };
    }

    /**
     * Decodes whole frames to mono.
     *
     * @param bytes frames, little-endian
     * @param samples receives a sample for each frame, from {@code offset} on
     */
    void decode(ByteBuffer bytes, float[] samples, int offset, String name)
            throws WavFormatException {
        int frames = bytes.remaining() / frameBytes();
        for (int i = offset; i < offset + frames; i++) {
            float sum = sample(bytes);
            if (channels == 2) {
                sum = 0.5f * (sum + sample(bytes));
            }
            if (!Float.isFinite(sum)) {
                throw new WavFormatException(
                        name, "expected finite samples, found %s at sample %d".formatted(sum, i));
            }
            samples[i] = sum;
        }
    }

    private float sample(ByteBuffer bytes) {
        return switch (encoding) {
            case UNSIGNED_8 -> (Byte.toUnsignedInt(bytes.get()) - 128) * 0x1p-7f;
            case SIGNED_16 -> bytes.getShort() * 0x1p-15f;
            case SIGNED_24 ->
                    (Short.toUnsignedInt(bytes.getShort()) | bytes.get() << 16) * 0x1p-23f;
            case SIGNED_32 -> bytes.getInt() * 0x1p-31f;
            case FLOAT_32 -> bytes.getFloat();
            case FLOAT_64 -> (float) bytes.getDouble();
            case A_LAW -> G711.aLaw(bytes.get()) * 0x1p-15f;
            case MU_LAW -> G711.muLaw(bytes.get()) * 0x1p-15f;
        };
    }
}
