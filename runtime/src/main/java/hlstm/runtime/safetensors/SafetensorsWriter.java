package hlstm.runtime.safetensors;

import hlstm.runtime.json.JsonValue;
import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import hlstm.runtime.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers tensors and strings and writes them as one safetensors file. The same content always
 * gives the same bytes, in whatever order it was added: tensors lie in the file by descending
 * element size, then by name. Arrays are not copied: they must keep their values until {@link
 * #write}. Not safe for use by several threads at once.
 */
public final class SafetensorsWriter {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Tensor> tensors = new TreeMap<>();

    /** With nothing in it yet. */
    public SafetensorsWriter() {}

    /** Puts elements [from, from + count) of a tensor into a little-endian buffer. */
    private interface Elements {
        void put(ByteBuffer buffer, int from, int count);
    }

    private record Tensor(
            String name, TensorType type, List<Long> shape, int length, Elements elements) {
        int perChunk() {
            return CHUNK_BYTES / type.bytes();
        }

        /** Puts the elements of a chunk, as they lie in the file, between position and limit. */
        void fill(ByteBuffer buffer, int from) {
            int count = Math.min(perChunk(), length - from);
            buffer.clear();
            elements.put(buffer, from, count);
            buffer.limit(count * type.bytes());
        }
    }

    /**
     * Adds a free string; a key given twice keeps the later value.
     *
     * @return this
     */
    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Adds an {@link TensorType#F64} tensor.
     *
     * @return this
     */
    public SafetensorsWriter doubles(String name, double[] values, long... shape) {
        return add(
                name,
                TensorType.F64,
                shape,
                values.length,
                (buffer, from, count) -> buffer.asDoubleBuffer().put(values, from, count));
    }

    /**
     * Adds an {@link TensorType#F32} tensor.
     *
     * @return this
     */
    public SafetensorsWriter floats(String name, float[] values, long... shape) {
        return add(
                name,
                TensorType.F32,
                shape,
                values.length,
                (buffer, from, count) -> buffer.asFloatBuffer().put(values, from, count));
    }

    /**
     * Adds an {@link TensorType#I64} tensor.
     *
     * @return this
     */
    public SafetensorsWriter longs(String name, long[] values, long... shape) {
        return add(
                name,
                TensorType.I64,
                shape,
                values.length,
                (buffer, from, count) -> buffer.asLongBuffer().put(values, from, count));
    }

    /**
     * Adds an {@link TensorType#I32} tensor.
     *
     * @return this
     */
    public SafetensorsWriter ints(String name, int[] values, long... shape) {
        return add(
                name,
                TensorType.I32,
                shape,
                values.length,
                (buffer, from, count) -> buffer.asIntBuffer().put(values, from, count));
    }

    /**
     * Adds a {@link TensorType#U16} tensor.
     *
     * @param values each in [0, 65535]
     * @return this
     */
    public SafetensorsWriter unsignedShorts(String name, int[] values, long... shape) {
        for (int value : values) {
            if (value < 0 || value > 0xFFFF) {
                throw new IllegalArgumentException(
                        "tensor '%s': expected values in [0, 65535], found %d"
                                .formatted(name, value));
            }
        }
        return add(
                name,
                TensorType.U16,
                shape,
                values.length,
                (buffer, from, count) -> {
                    for (int k = 0; k < count; k++) {
                        buffer.putShort(k * Short.BYTES, (short) values[from + k]);
                    }
                });
    }

    /**
     * Adds a {@link TensorType#U8} tensor.
     *
     * @return this
     */
    public SafetensorsWriter bytes(String name, byte[] values, long... shape) {
        return add(
                name,
                TensorType.U8,
                shape,
                values.length,
                (buffer, from, count) -> buffer.put(0, values, from, count));
    }

    private SafetensorsWriter add(
            String name, TensorType type, long[] shape, int length, Elements elements) {
        if (name.equals(Header.METADATA)) {
            throw new IllegalArgumentException("a tensor cannot be named " + name);
        }
        long size = 1;
        for (long extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException(
                        "tensor '%s': no extent is negative: %s"
                                .formatted(name, Arrays.toString(shape)));
            }
            size = Math.multiplyExact(size, extent);
        }
        if (size != length) {
            throw new IllegalArgumentException(
                    "tensor '%s': shape %s needs %d values, found %d"
                            .formatted(name, Arrays.toString(shape), size, length));
        }
        List<Long> extents = Arrays.stream(shape).boxed().toList();
        if (tensors.putIfAbsent(name, new Tensor(name, type, extents, length, elements)) != null) {
            throw new IllegalArgumentException("two tensors are named '%s'".formatted(name));
        }
        return this;
    }

    /**
     * Writes everything added so far, atomically: first to a temporary file in the same folder,
     * forced to the disk and then renamed.
     *
     * @throws IOException if the file cannot be written, for example because the disk is full; an
     *     older file of this name is then unchanged
     */
    public void write(Path file) throws IOException {
        List<Tensor> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingInt((Tensor t) -> t.type.bytes()).reversed());
        byte[] header = header(ordered);
        AtomicFile.write(
                file,
                channel -> {
                    ByteBuffer buffer =
                            ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    writeFully(channel, buffer.putLong(header.length).flip());
                    writeFully(channel, ByteBuffer.wrap(header));
                    for (Tensor tensor : ordered) {
                        writeElements(channel, buffer, tensor);
                    }
                });
    }

    /** What {@link #write} would write now, each tensor by a digest of its bytes. */
    public Contents contents() {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, TensorDigest> digests = new TreeMap<>();
        for (Tensor tensor : tensors.values()) {
            Sha256 digest = new Sha256();
            for (int from = 0; from < tensor.length; from += tensor.perChunk()) {
                tensor.fill(buffer, from);
                digest.add(buffer.array(), buffer.limit());
            }
            digests.put(tensor.name, new TensorDigest(tensor.type, tensor.shape, digest.hex()));
        }
        return new Contents(metadata, digests);
    }

    private static void writeElements(WritableByteChannel channel, ByteBuffer buffer, Tensor tensor)
            throws IOException {
        for (int from = 0; from < tensor.length; from += tensor.perChunk()) {
            tensor.fill(buffer, from);
            writeFully(channel, buffer);
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer buffer)
            throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private byte[] header(List<Tensor> ordered) throws IOException {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            Map<String, JsonValue> strings = new LinkedHashMap<>();
            metadata.forEach((key, value) -> strings.put(key, new JsonString(value)));
            fields.put(Header.METADATA, new JsonObject(strings));
        }
        long offset = 0;
        for (Tensor tensor : ordered) {
            long end = offset + (long) tensor.length * tensor.type.bytes();
            Map<String, JsonValue> entry = new LinkedHashMap<>();
            entry.put("dtype", new JsonString(tensor.type.name()));
            entry.put("shape", integers(tensor.shape));
            entry.put("data_offsets", integers(List.of(offset, end)));
            fields.put(tensor.name, new JsonObject(entry));
            offset = end;
        }
        byte[] json = JsonWriter.write(new JsonObject(fields)).getBytes(StandardCharsets.UTF_8);
        byte[] padded =
                Arrays.copyOf(json, Math.ceilDiv(json.length, Header.ALIGNMENT) * Header.ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        if (padded.length > Header.MAX_BYTES) {
            throw new IOException(
                    "a header takes at most %d bytes, the names and metadata given take %d"
                            .formatted(Header.MAX_BYTES, padded.length));
        }
        return padded;
    }

    private static JsonArray integers(List<Long> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonNumber::of).toList());
    }
}
