package hlstm.runtime.safetensors;

import hlstm.runtime.json.JsonValue;
import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import hlstm.runtime.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a file holds, wherever it lies in the file: its strings, and its tensors by digests of their
 * bytes. The values are hashed once, however many digests are made of parts of the content.
 *
 * @param metadata the free strings, by key
 * @param tensors the tensors, by name
 */
public record Contents(Map<String, String> metadata, Map<String, TensorDigest> tensors) {
    /** Sorts by key and name (UTF-16 code units). */
    public Contents {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
    }

    /**
     * A digest of a part of the content: SHA-256 of the JSON text {@code
     * {"metadata":{KEY:VALUE,...},"tensors":{NAME:{"dtype":TYPE,"sha256":DIGEST,"shape":[...]},...}}}
     * in UTF-8, without blanks, the fields of every object in ascending order.
     *
     * @param keys which strings take part
     * @param names which tensors take part
     * @return 64 lower-case hexadecimal digits
     */
    public String sha256(Predicate<String> keys, Predicate<String> names) {
        Map<String, JsonValue> strings = new TreeMap<>();
        metadata.forEach(
                (key, value) -> {
                    if (keys.test(key)) {
                        strings.put(key, new JsonString(value));
                    }
                });
        Map<String, JsonValue> digests = new TreeMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    if (names.test(name)) {
                        digests.put(name, json(tensor));
                    }
                });
        Map<String, JsonValue> both =
                new TreeMap<>(
                        Map.of(
                                "metadata",
                                new JsonObject(strings),
                                "tensors",
                                new JsonObject(digests)));
        byte[] text = JsonWriter.write(new JsonObject(both)).getBytes(StandardCharsets.UTF_8);
        return new Sha256().add(text, text.length).hex();
    }

    private static JsonObject json(TensorDigest tensor) {
        Map<String, JsonValue> fields = new TreeMap<>();
        fields.put("dtype", new JsonString(tensor.type().name()));
        fields.put(
                "shape",
                new JsonArray(tensor.shape().stream().<JsonValue>map(JsonNumber::of).toList()));
        fields.put("sha256", new JsonString(tensor.sha256()));
        return new JsonObject(fields);
    }
}
