package hlstm.runtime.safetensors;

import hlstm.runtime.json.JsonException;
import hlstm.runtime.json.JsonFields;
import hlstm.runtime.json.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a file: which tensors lie where. The tensors fill the data behind the
 * header without overlap or hole, each aligned to the size of its elements.
 *
 * @param metadata the free strings of the file
 * @param tensors the tensors by name, in the order in which they lie in the file
 */
record Header(Map<String, String> metadata, Map<String, TensorInfo> tensors) {
    /** The key under which a header holds the free strings. */
    static final String METADATA = "__metadata__";

    /**
     * Longest header that is read or written, in bytes: enough for a hundred thousand tensors, and
     * little enough that a hostile file cannot exhaust the memory.
     */
    static final int MAX_BYTES = 16 << 20;

    /** Headers are padded with blanks to a multiple of this, which aligns the data behind them. */
    static final int ALIGNMENT = 8;

    Header {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Reads and checks the JSON text of a header.
     *
     * @param dataBytes bytes of the file behind its header
     */
    static Header parse(String json, long dataBytes) throws JsonException {
        if (!json.startsWith("{")) {
            throw new JsonException("header: expected an object at its first byte");
        }
        JsonFields root = JsonFields.of("header", JsonParser.parse(json));
        Map<String, String> metadata = Map.of();
        List<TensorInfo> tensors = new ArrayList<>();
        for (String name : root.names()) {
            if (name.equals(METADATA)) {
                metadata = root.object(name).allStrings();
            } else {
                tensors.add(tensor(name, root.object(name), dataBytes));
            }
        }
        tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparing(TensorInfo::end));
        checkLayout(tensors, dataBytes);
        Map<String, TensorInfo> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        return new Header(metadata, byName);
    }

    private static TensorInfo tensor(String name, JsonFields fields, long dataBytes)
            throws JsonException {
        TensorType type = type(name, fields.string("dtype"));
        List<Long> shape = fields.integers("shape", 0, Long.MAX_VALUE);
        List<Long> offsets = fields.integers("data_offsets", 0, Long.MAX_VALUE);
        fields.end();
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new JsonException(
                    "tensor '%s': expected its begin and end as data_offsets, found %s"
                            .formatted(name, offsets));
        }
        if (offsets.get(1) > dataBytes) {
            throw new JsonException(
                    "truncated: expected tensor '%s' to end %d bytes behind the header, where the file has only %d"
                            .formatted(name, offsets.get(1), dataBytes));
        }
        TensorInfo tensor = new TensorInfo(name, type, shape, offsets.get(0), offsets.get(1));
        long bytes = bytes(name, type, shape);
        if (tensor.end() - tensor.begin() != bytes) {
            throw new JsonException(
                    "tensor '%s': %s of shape %s takes %d bytes, its data_offsets %s hold %d"
                            .formatted(
                                    name,
                                    type,
                                    shape,
                                    bytes,
                                    offsets,
                                    tensor.end() - tensor.begin()));
        }
        if (tensor.begin() % type.bytes() != 0) {
            throw new JsonException(
                    "tensor '%s': %s begins at a multiple of %d bytes, found %d"
                            .formatted(name, type, type.bytes(), tensor.begin()));
        }
        return tensor;
    }

    private static TensorType type(String name, String dtype) throws JsonException {
        for (TensorType type : TensorType.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw new JsonException(
                "tensor '%s': expected a dtype of %s, found '%s'"
                        .formatted(name, List.of(TensorType.values()), dtype));
    }

    private static long bytes(String name, TensorType type, List<Long> shape) throws JsonException {
        if (shape.contains(0L)) {
            return 0;
        }
        long bytes = type.bytes();
        for (long extent : shape) {
            if (Math.multiplyHigh(bytes, extent) != 0 || bytes * extent < 0) {
                throw new JsonException(
                        "tensor '%s': its shape %s exceeds any file".formatted(name, shape));
            }
            bytes *= extent;
        }
        return bytes;
    }

    private static void checkLayout(List<TensorInfo> tensors, long dataBytes) throws JsonException {
        long end = 0;
        String previous = "the header";
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != end) {
                throw new JsonException(
                        "tensor '%s' %s %s: expected it to begin at byte %d, found %d"
                                .formatted(
                                        tensor.name(),
                                        tensor.begin() < end ? "overlaps" : "leaves a hole behind",
                                        previous,
                                        end,
                                        tensor.begin()));
            }
            end = tensor.end();
            previous = "'" + tensor.name() + "'";
        }
        if (end != dataBytes) {
            throw new JsonException(
                    "expected %d bytes behind the header, as its tensors take, found %d"
                            .formatted(end, dataBytes));
        }
    }
}
