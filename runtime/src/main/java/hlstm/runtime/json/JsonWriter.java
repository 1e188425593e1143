package hlstm.runtime.json;

import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonLiteral;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;

/** Writes JSON without blanks; the same value always gives the same text. */
public final class JsonWriter {
    private final StringBuilder text = new StringBuilder();

    private JsonWriter() {}

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException if a string holds half a surrogate pair
     */
    public static String write(JsonValue value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value);
        return writer.text.toString();
    }

    private void value(JsonValue value) {
        switch (value) {
            case JsonObject object -> {
                char separator = '{';
                for (var field : object.fields().entrySet()) {
                    text.append(separator);
                    string(field.getKey());
                    text.append(':');
                    value(field.getValue());
                    separator = ',';
                }
                text.append(separator == '{' ? "{}" : "}");
            }
            case JsonArray array -> {
                char separator = '[';
                for (JsonValue element : array.elements()) {
                    text.append(separator);
                    value(element);
                    separator = ',';
                }
                text.append(separator == '[' ? "[]" : "]");
            }
            case JsonString string -> string(string.value());
            case JsonNumber number -> text.append(number.text());
            case JsonLiteral literal -> text.append(literal);
        }
    }

    private void string(String value) {
        if (Surrogates.unpaired(value)) {
            throw new IllegalArgumentException(
                    "half a surrogate pair in the string '%s'".formatted(value));
        }
        text.append('"');
        for (int k = 0; k < value.length(); k++) {
            char c = value.charAt(k);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
