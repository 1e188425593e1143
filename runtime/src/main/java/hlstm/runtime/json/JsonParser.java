package hlstm.runtime.json;

import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonLiteral;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259) strictly: no duplicate keys, no lone surrogates, no comments, a
 * limited depth and a limited number of values, so that a hostile text costs no more memory than a
 * small multiple of its length.
 */
public final class JsonParser {
    /** Deepest nesting of arrays and objects. */
    static final int MAX_DEPTH = 32;

    /** Most values of one text. */
    static final int MAX_VALUES = 1_000_000;

    private final String text;
    private int at;
    private int values;

    private JsonParser(String text) {
        this.text = text;
    }

    /**
     * The value of a text; blanks may stand around it.
     *
     * @throws JsonException if the text is not JSON
     */
    public static JsonValue parse(String text) throws JsonException {
        JsonParser parser = new JsonParser(text);
        parser.skipBlanks();
        JsonValue value = parser.value(0);
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.unexpected("the end of the text");
        }
        return value;
    }

    private JsonValue value(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw new JsonException(
                    "nested deeper than %d levels at character %d".formatted(MAX_DEPTH, at));
        }
        if (++values > MAX_VALUES) {
            throw new JsonException("more than %d values".formatted(MAX_VALUES));
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(string());
            case 't' -> literal(JsonLiteral.TRUE);
            case 'f' -> literal(JsonLiteral.FALSE);
            case 'n' -> literal(JsonLiteral.NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) throws JsonException {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        at++;
        skipBlanks();
        if (take('}')) {
            return new JsonObject(fields);
        }
        while (true) {
            skipBlanks();
            if (peek() != '"') {
                throw unexpected("a key in quotes");
            }
            int keyAt = at;
            String key = string();
            skipBlanks();
            expect(':');
            skipBlanks();
            if (fields.put(key, value(depth + 1)) != null) {
                throw new JsonException("duplicate key '%s' at character %d".formatted(key, keyAt));
            }
            skipBlanks();
            if (take('}')) {
                return new JsonObject(fields);
            }
            expect(',');
        }
    }

    private JsonArray array(int depth) throws JsonException {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        skipBlanks();
        if (take(']')) {
            return new JsonArray(elements);
        }
        while (true) {
            skipBlanks();
            elements.add(value(depth + 1));
            skipBlanks();
            if (take(']')) {
                return new JsonArray(elements);
            }
            expect(',');
        }
    }

    private String string() throws JsonException {
        int start = at++;
        StringBuilder built = null;
        int copied = at;
        while (true) {
            char c = peek();
            if (c == '"') {
                String tail = text.substring(copied, at++);
                String value = built == null ? tail : built.append(tail).toString();
                checkSurrogates(value, start);
                return value;
            }
            if (c < 0x20) {
                throw unexpected(at < text.length() ? "no control character" : "a closing quote");
            }
            if (c == '\\') {
                built = built == null ? new StringBuilder() : built;
                built.append(text, copied, at++).append(escape());
                copied = at;
            } else {
                at++;
            }
        }
    }

    private char escape() throws JsonException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int k = 0; k < 4; k++) {
                    char digit = peek();
                    int hex = digit < 0x80 ? Character.digit(digit, 16) : -1;
                    if (hex < 0) {
                        throw unexpected("a hexadecimal digit");
                    }
                    code = code * 16 + hex;
                    at++;
                }
                yield (char) code;
            }
            default -> {
                at--;
                throw unexpected("an escape");
            }
        };
    }

    private void checkSurrogates(String value, int start) throws JsonException {
        if (Surrogates.unpaired(value)) {
            throw new JsonException("half a surrogate pair in the string at character " + start);
        }
    }

    private JsonNumber number() throws JsonException {
        int start = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        return new JsonNumber(text.substring(start, at));
    }

    private void digits() throws JsonException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected("a value");
        }
    }

    private JsonLiteral literal(JsonLiteral literal) throws JsonException {
        if (!text.startsWith(literal.toString(), at)) {
            throw unexpected("a value");
        }
        at += literal.toString().length();
        return literal;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character, or NUL at the end: NUL is legal nowhere in a JSON text. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) throws JsonException {
        if (!take(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    private JsonException unexpected(String expected) {
        String found =
                at >= text.length()
                        ? "the end of the text"
                        : peek() < 0x20
                                ? "control character %d".formatted((int) peek())
                                : "'" + peek() + "'";
        return new JsonException(
                "expected %s at character %d, found %s".formatted(expected, at, found));
    }
}
