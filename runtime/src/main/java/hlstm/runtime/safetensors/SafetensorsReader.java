package hlstm.runtime.safetensors;

import hlstm.runtime.json.JsonException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, then the tensors, all little
 * endian. The file is mapped, not read; each call copies one tensor into a new array.
 *
 * <p>The header is checked in full when the file is opened: its length against the file's, strict
 * JSON without duplicate keys, types, shapes and offsets that agree, no overlap, no hole, alignment
 * of each tensor to its elements, nothing missing at the end and nothing left over. Values are not
 * looked at. Whatever is declared, no array is made that is longer than the file.
 *
 * <p>Belongs to the thread that opened it, until it is closed. A file that another process
 * truncates meanwhile gives an {@link IOException}.
 */
public final class SafetensorsReader implements AutoCloseable {
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int DIGEST_CHUNK_BYTES = 1 << 16;

    private final Path file;
    private final Arena arena;
    private final MemorySegment data;
    private final Header header;
    private final long fileBytes;

    private SafetensorsReader(Path file, Arena arena) throws IOException {
        this.file = file;
        this.arena = arena;
        // Asked before it is opened, which for a pipe without a writer would never end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refusal(
                    "expected a regular file, found a %s; name %s"
                            .formatted(
                                    Files.isDirectory(file) ? "folder" : "pipe or device",
                                    Files.exists(file.resolve("model.safetensors"))
                                            ? "its model.safetensors"
                                            : "a file on a disk"));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            fileBytes = channel.size();
            if (fileBytes < Long.BYTES) {
                throw refusal(
                        "expected at least the 8 bytes of a header length, found " + fileBytes);
            }
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, fileBytes, arena);
            long headerBytes = mapped.get(I64, 0);
            checkHeaderLength(headerBytes);
            data = mapped.asSlice(Long.BYTES + headerBytes);
            header = header(mapped.asSlice(Long.BYTES, headerBytes));
        }
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws SafetensorsException if the file is not a well-formed safetensors file
     * @throws IOException if it cannot be read, {@link java.nio.file.NoSuchFileException} if there
     *     is none
     */
    public static SafetensorsReader open(Path file) throws IOException {
        Arena arena = Arena.ofConfined();
        try {
            return new SafetensorsReader(file, arena);
        } catch (InternalError e) {
            arena.close();
            throw changed(file, e);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private void checkHeaderLength(long headerBytes) throws SafetensorsException {
        if (headerBytes < 2 || headerBytes > Header.MAX_BYTES) {
            throw refusal(
                    "header length: expected 2 to %d bytes, found %s; this is no safetensors file"
                            .formatted(Header.MAX_BYTES, Long.toUnsignedString(headerBytes)));
        }
        if (headerBytes > fileBytes - Long.BYTES) {
            throw refusal(
                    "truncated: expected a header of %d bytes, found %d bytes behind its length"
                            .formatted(headerBytes, fileBytes - Long.BYTES));
        }
        if (headerBytes % Header.ALIGNMENT != 0) {
            throw refusal(
                    "header length: expected a multiple of %d, so that the tensors are aligned,"
                                    .formatted(Header.ALIGNMENT)
                            + " found "
                            + headerBytes);
        }
    }

    private Header header(MemorySegment bytes) throws SafetensorsException {
        try {
            String json =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)))
                            .toString();
            return Header.parse(json, data.byteSize());
        } catch (CharacterCodingException e) {
            throw new SafetensorsException(file + ": the header is not UTF-8", e);
        } catch (JsonException e) {
            throw new SafetensorsException(file + ": " + e.getMessage(), e);
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Length of the file in bytes. */
    public long fileBytes() {
        return fileBytes;
    }

    /** The free strings of the file. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The tensors by name, in the order in which they lie in the file. */
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /**
     * The tensor of a name.
     *
     * @throws SafetensorsException if there is none
     */
    public TensorInfo tensor(String name) throws SafetensorsException {
        TensorInfo tensor = header.tensors().get(name);
        if (tensor == null) {
            throw refusal("expected a tensor '%s', found none".formatted(name));
        }
        return tensor;
    }

    /**
     * The tensor of a name, of a shape that is known.
     *
     * @throws SafetensorsException if there is none, or one of another shape
     */
    public TensorInfo tensor(String name, long... shape) throws SafetensorsException {
        TensorInfo tensor = tensor(name);
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(expected)) {
            throw refusal(
                    "tensor '%s': expected shape %s, found %s"
                            .formatted(name, expected, tensor.shape()));
        }
        return tensor;
    }

    /** A copy of an {@link TensorType#F64} tensor. */
    public double[] doubles(TensorInfo tensor) throws IOException {
        double[] values = new double[elements(tensor, TensorType.F64)];
        return copied(() -> copy(tensor, F64, values, values.length), values);
    }

    /** A copy of an {@link TensorType#F32} tensor. */
    public float[] floats(TensorInfo tensor) throws IOException {
        float[] values = new float[elements(tensor, TensorType.F32)];
        return copied(() -> copy(tensor, F32, values, values.length), values);
    }

    /**
     * A copy of a tensor of real numbers of any precision ({@link TensorType#F16}, {@link
     * TensorType#BF16}, {@link TensorType#F32}, {@link TensorType#F64}); those of double precision
     * are rounded.
     *
     * @throws SafetensorsException if its elements are of another type
     */
    public float[] anyFloats(TensorInfo tensor) throws IOException {
        return switch (tensor.type()) {
            case F32 -> floats(tensor);
            case F64 -> {
                double[] values = doubles(tensor);
                float[] rounded = new float[values.length];
                for (int k = 0; k < values.length; k++) {
                    rounded[k] = (float) values[k];
                }
                yield rounded;
            }
            case F16, BF16 -> {
                short[] bits = new short[elements(tensor, tensor.type())];
                copied(() -> copy(tensor, I16, bits, bits.length), bits);
                boolean half = tensor.type() == TensorType.F16;
                float[] widened = new float[bits.length];
                for (int k = 0; k < bits.length; k++) {
                    widened[k] =
                            half
                                    ? Float.float16ToFloat(bits[k])
                                    : Float.intBitsToFloat(bits[k] << Short.SIZE);
                }
                yield widened;
            }
            default ->
                    throw refusal(
                            "tensor '%s': expected dtype F16, BF16, F32 or F64, found %s"
                                    .formatted(tensor.name(), tensor.type()));
        };
    }

    /** A copy of an {@link TensorType#I64} tensor. */
    public long[] longs(TensorInfo tensor) throws IOException {
        long[] values = new long[elements(tensor, TensorType.I64)];
        return copied(() -> copy(tensor, I64, values, values.length), values);
    }

    /** A copy of an {@link TensorType#I32} tensor. */
    public int[] ints(TensorInfo tensor) throws IOException {
        int[] values = new int[elements(tensor, TensorType.I32)];
        return copied(() -> copy(tensor, I32, values, values.length), values);
    }

    /** A copy of a {@link TensorType#U16} tensor, each element in [0, 65535]. */
    public int[] unsignedShorts(TensorInfo tensor) throws IOException {
        short[] values = new short[elements(tensor, TensorType.U16)];
        copied(() -> copy(tensor, I16, values, values.length), values);
        int[] widened = new int[values.length];
        Arrays.setAll(widened, k -> Short.toUnsignedInt(values[k]));
        return widened;
    }

    /** A copy of a {@link TensorType#U8} tensor. */
    public byte[] bytes(TensorInfo tensor) throws IOException {
        byte[] values = new byte[elements(tensor, TensorType.U8)];
        return copied(() -> copy(tensor, ValueLayout.JAVA_BYTE, values, values.length), values);
    }

    /** What the file holds, each tensor by a digest of its bytes: reads all of it once. */
    public Contents contents() throws IOException {
        byte[] chunk = new byte[DIGEST_CHUNK_BYTES];
        Map<String, TensorDigest> digests = new TreeMap<>();
        for (TensorInfo tensor : header.tensors().values()) {
            Sha256 digest = new Sha256();
            for (long from = tensor.begin(); from < tensor.end(); from += chunk.length) {
                long begin = from;
                int count = (int) Math.min(chunk.length, tensor.end() - from);
                copied(
                        () ->
                                MemorySegment.copy(
                                        data, ValueLayout.JAVA_BYTE, begin, chunk, 0, count),
                        chunk);
                digest.add(chunk, count);
            }
            digests.put(
                    tensor.name(), new TensorDigest(tensor.type(), tensor.shape(), digest.hex()));
        }
        return new Contents(header.metadata(), digests);
    }

    private int elements(TensorInfo tensor, TensorType type) throws SafetensorsException {
        if (header.tensors().get(tensor.name()) != tensor) {
            throw new IllegalArgumentException("%s is no tensor of %s".formatted(tensor, file));
        }
        if (tensor.type() != type) {
            throw refusal(
                    "tensor '%s': expected dtype %s, found %s"
                            .formatted(tensor.name(), type, tensor.type()));
        }
        // Some virtual machines cannot make arrays of the last few lengths.
        if (tensor.elements() > Integer.MAX_VALUE - 8) {
            throw refusal(
                    "tensor '%s': expected at most %d elements, found %d"
                            .formatted(tensor.name(), Integer.MAX_VALUE - 8, tensor.elements()));
        }
        return (int) tensor.elements();
    }

    private void copy(TensorInfo tensor, ValueLayout layout, Object array, int length) {
        MemorySegment.copy(data, layout, tensor.begin(), array, 0, length);
    }

    private <T> T copied(Runnable copy, T values) throws IOException {
        try {
            copy.run();
            return values;
        } catch (InternalError e) {
            throw changed(file, e);
        }
    }

    /** The virtual machine reports a mapped page that no longer exists as an internal error. */
    private static IOException changed(Path file, InternalError cause) {
        return new IOException(file + ": was truncated or became unreadable while read", cause);
    }

    private SafetensorsException refusal(String message) {
        return new SafetensorsException(file + ": " + message);
    }

    @Override
    public void close() {
        arena.close();
    }
}
