package hlstm.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What a {@link Session} remembers between steps, to keep, copy or send to another process that has
 * loaded the same model. Immutable and safe to share among threads.
 */
public final class SessionState {
    /** "HLSS", as the first bytes read. */
    private static final int MAGIC = 0x53534C48;

    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 2 * Integer.BYTES + Long.BYTES + Integer.BYTES;

    private final long model;
    private final float[] values;

    SessionState(long model, float[] values) {
        this.model = model;
        this.values = values;
    }

    /** The {@linkplain Model#fingerprint() fingerprint} of the model it belongs to. */
    public long model() {
        return model;
    }

    /** Number of floats. */
    public int length() {
        return values.length;
    }

    /** A copy of the floats, as {@link Session#saveState} writes them. */
    public float[] toArray() {
        return values.clone();
    }

    float[] values() {
        return values;
    }

    /**
     * The state as bytes, little endian: "HLSS", the version 1, the model's fingerprint (8 bytes),
     * the number of floats, the floats, the CRC-32 of all that.
     */
    public byte[] toBytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(
                                Math.addExact(
                                        HEADER_BYTES + Integer.BYTES,
                                        Math.multiplyExact(values.length, Float.BYTES)))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(MAGIC)
                        .putInt(VERSION)
                        .putLong(model)
                        .putInt(values.length);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.putInt(checksum(bytes.array())).array();
    }

    /**
     * Reads what {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException if the bytes are no such state, or are damaged
     */
    public static SessionState fromBytes(byte[] bytes) {
        if (bytes.length < HEADER_BYTES + Integer.BYTES) {
            throw new IllegalArgumentException(
                    "session state: expected at least %d bytes, found %d"
                            .formatted(HEADER_BYTES + Integer.BYTES, bytes.length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        check("the first four bytes", MAGIC, buffer.getInt());
        check("the version", VERSION, buffer.getInt());
        long model = buffer.getLong();
        long count = buffer.getInt();
        check(
                "the number of bytes",
                HEADER_BYTES + count * Float.BYTES + Integer.BYTES,
                bytes.length);
        float[] values = new float[(int) count];
        for (int k = 0; k < values.length; k++) {
            values[k] = buffer.getFloat();
        }
        check(
                "the checksum",
                Integer.toUnsignedLong(checksum(bytes)),
                Integer.toUnsignedLong(buffer.getInt()));
        return new SessionState(model, values);
    }

    /** Of all bytes but the last four. */
    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static void check(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    "session state: %s: expected %d, found %d".formatted(what, expected, found));
        }
    }

    /** Whether the other is a state of the same model with the same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SessionState that
                && model == that.model
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(model) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "state of model %016x, %d floats".formatted(model, values.length);
    }
}
