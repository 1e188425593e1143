package hlstm.runtime.json;

import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonLiteral;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Typed access to the fields of a JSON object. Every refusal names the field by its path, what was
 * expected and what was found; {@link #end} refuses fields that nobody asked for.
 */
public final class JsonFields {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");

    private final String path;
    private final Map<String, JsonValue> fields;
    private final Set<String> unread;

    private JsonFields(String path, Map<String, JsonValue> fields) {
        this.path = path;
        this.fields = fields;
        this.unread = new LinkedHashSet<>(fields.keySet());
    }

    /**
     * The fields of a value that has to be an object.
     *
     * @param path where the value stands, for messages
     */
    public static JsonFields of(String path, JsonValue value) throws JsonException {
        if (!(value instanceof JsonObject object)) {
            throw mismatch(path, "an object", value);
        }
        return new JsonFields(path, object.fields());
    }

    /** The names of all fields. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** Whether there is a field of this name. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** A field that has to exist. */
    public JsonValue value(String name) throws JsonException {
        JsonValue value = fields.get(name);
        if (value == null) {
            throw new JsonException("%s: expected a field '%s', found none".formatted(path, name));
        }
        unread.remove(name);
        return value;
    }

    /** A string. */
    public String string(String name) throws JsonException {
        return string(path(name), value(name));
    }

    /** An integer in a range, ends included. */
    public long integer(String name, long min, long max) throws JsonException {
        return integer(path(name), value(name), min, max);
    }

    /** A single-precision number. */
    public float singlePrecision(String name) throws JsonException {
        float parsed = Float.parseFloat(number(name).text());
        if (!Float.isFinite(parsed)) {
            throw mismatch(path(name), "a single-precision number", value(name));
        }
        return parsed;
    }

    /** A double-precision number. */
    public double doublePrecision(String name) throws JsonException {
        double parsed = Double.parseDouble(number(name).text());
        if (!Double.isFinite(parsed)) {
            throw mismatch(path(name), "a double-precision number", value(name));
        }
        return parsed;
    }

    private JsonNumber number(String name) throws JsonException {
        if (value(name) instanceof JsonNumber number) {
            return number;
        }
        throw mismatch(path(name), "a number", value(name));
    }

    /** A truth value. */
    public boolean truth(String name) throws JsonException {
        JsonValue value = value(name);
        if (value == JsonLiteral.TRUE || value == JsonLiteral.FALSE) {
            return value == JsonLiteral.TRUE;
        }
        throw mismatch(path(name), "true or false", value);
    }

    /** An object. */
    public JsonFields object(String name) throws JsonException {
        return of(path(name), value(name));
    }

    /** An array of objects. */
    public List<JsonFields> objects(String name) throws JsonException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonValue element : elements(name)) {
            objects.add(of(elementPath(name, objects.size()), element));
        }
        return objects;
    }

    /** An array of strings. */
    public List<String> strings(String name) throws JsonException {
        List<String> strings = new ArrayList<>();
        for (JsonValue element : elements(name)) {
            strings.add(string(elementPath(name, strings.size()), element));
        }
        return strings;
    }

    /** An array of integers, each in a range, ends included. */
    public List<Long> integers(String name, long min, long max) throws JsonException {
        List<Long> integers = new ArrayList<>();
        for (JsonValue element : elements(name)) {
            integers.add(integer(elementPath(name, integers.size()), element, min, max));
        }
        return integers;
    }

    /** All fields, each of which has to be a string. */
    public Map<String, String> allStrings() throws JsonException {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String name : fields.keySet()) {
            strings.put(name, string(name));
        }
        return strings;
    }

    /** Refuses fields that have not been read. */
    public void end() throws JsonException {
        if (!unread.isEmpty()) {
            throw new JsonException(
                    "%s: unknown field '%s'".formatted(path, unread.iterator().next()));
        }
    }

    private List<JsonValue> elements(String name) throws JsonException {
        JsonValue value = value(name);
        if (value instanceof JsonArray array) {
            return array.elements();
        }
        throw mismatch(path(name), "an array", value);
    }

    private String path(String name) {
        return path + "." + name;
    }

    private String elementPath(String name, int index) {
        return "%s.%s[%d]".formatted(path, name, index);
    }

    private static String string(String path, JsonValue value) throws JsonException {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw mismatch(path, "a string", value);
    }

    private static long integer(String path, JsonValue value, long min, long max)
            throws JsonException {
        if (value instanceof JsonNumber number && INTEGER.matcher(number.text()).matches()) {
            try {
                long parsed = Long.parseLong(number.text());
                if (parsed >= min && parsed <= max) {
                    return parsed;
                }
            } catch (NumberFormatException e) {
                throw mismatch(path, "an integer of 64 bits", value);
            }
        }
        throw mismatch(path, "an integer from %d to %d".formatted(min, max), value);
    }

    private static JsonException mismatch(String path, String expected, JsonValue found) {
        return new JsonException(
                "%s: expected %s, found %s".formatted(path, expected, found.kind()));
    }
}
