package hlstm.runtime;

import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.runtime.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The content of a model file, to be changed and written again. */
final class StoredTensors {
    /** A tensor as a Java array of its type; U16 as int[]. */
    record Stored(Object array, long[] shape, boolean shorts) {}

    final Map<String, String> metadata;
    final Map<String, Stored> tensors = new TreeMap<>();

    StoredTensors(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            metadata = new TreeMap<>(reader.metadata());
            for (TensorInfo tensor : reader.tensors().values()) {
                Object array =
                        switch (tensor.type()) {
                            case F32 -> reader.floats(tensor);
                            case I32 -> reader.ints(tensor);
                            case U16 -> reader.unsignedShorts(tensor);
                            case U8 -> reader.bytes(tensor);
                            default -> throw new IllegalArgumentException(tensor.toString());
                        };
                long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
                boolean shorts = array instanceof int[] && tensor.type().bytes() == 2;
                tensors.put(tensor.name(), new Stored(array, shape, shorts));
            }
        }
    }

    float[] floats(String name) {
        return (float[]) tensors.get(name).array();
    }

    int[] ints(String name) {
        return (int[]) tensors.get(name).array();
    }

    byte[] bytes(String name) {
        return (byte[]) tensors.get(name).array();
    }

    /** Replaces or adds a tensor. */
    void put(String name, Object array, long... shape) {
        tensors.put(name, new Stored(array, shape, false));
    }

    /** Replaces or adds a U16 tensor. */
    void putShorts(String name, int[] array) {
        tensors.put(name, new Stored(array, new long[] {array.length}, true));
    }

    /** With the digest of the content as it is now, so that the checks behind it are reached. */
    void write(Path file) throws IOException {
        SafetensorsWriter writer = writer();
        if (metadata.containsKey(ModelFile.DIGEST_KEY)) {
            writer.metadata(ModelFile.DIGEST_KEY, ModelFile.digest(writer.contents()));
        }
        writer.write(file);
    }

    /** With the digest that the content had when it was read. */
    void writeWithOldDigest(Path file) throws IOException {
        writer().write(file);
    }

    private SafetensorsWriter writer() {
        SafetensorsWriter writer = new SafetensorsWriter();
        metadata.forEach(writer::metadata);
        tensors.forEach(
                (name, stored) -> {
                    switch (stored.array()) {
                        case float[] values -> writer.floats(name, values, stored.shape());
                        case byte[] values -> writer.bytes(name, values, stored.shape());
                        case int[] values -> {
                            if (stored.shorts()) {
                                writer.unsignedShorts(name, values, stored.shape());
                            } else {
                                writer.ints(name, values, stored.shape());
                            }
                        }
                        default -> throw new IllegalArgumentException(name);
                    }
                });
        return writer;
    }
}
