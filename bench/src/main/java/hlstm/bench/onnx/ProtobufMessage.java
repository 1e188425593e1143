package hlstm.bench.onnx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of Protocol Buffers, written field by field. Nested messages and
 * byte arrays are kept as they are and copied once, by {@link #toByteArray}: weights are large.
 * Arrays must keep their content until then.
 */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 1 << PAYLOAD_BITS;

    private final List<byte[]> chunks = new ArrayList<>();
    private long length;

    /** Adds an integer field; negative numbers take ten bytes, as the format wants it. */
    ProtobufMessage integer(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /** Adds a field of bytes. */
    ProtobufMessage bytes(int field, byte[] value) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(value.length);
        append(value);
        return this;
    }

    /** Adds a field of text. */
    ProtobufMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a nested message, which must be complete. */
    ProtobufMessage message(int field, ProtobufMessage value) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(value.length);
        chunks.addAll(value.chunks);
        length += value.length;
        return this;
    }

    /**
     * The message as bytes.
     *
     * @throws ArithmeticException if it is longer than an array may be
     */
    byte[] toByteArray() {
        byte[] message = new byte[Math.toIntExact(length)];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, message, at, chunk.length);
            at += chunk.length;
        }
        return message;
    }

    /** Seven bits a byte, the lowest first; the highest bit of a byte says that more follow. */
    private void varint(long value) {
        byte[] bytes = new byte[varintLength(value)];
        long rest = value;
        for (int k = 0; k < bytes.length; k++) {
            boolean last = k == bytes.length - 1;
            bytes[k] = (byte) (rest & MORE - 1 | (last ? 0 : MORE));
            rest >>>= PAYLOAD_BITS;
        }
        append(bytes);
    }

    private static int varintLength(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (bits + PAYLOAD_BITS - 1) / PAYLOAD_BITS;
    }

    private void append(byte[] chunk) {
        chunks.add(chunk);
        length += chunk.length;
    }
}
