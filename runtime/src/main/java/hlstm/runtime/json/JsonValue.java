package hlstm.runtime.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value. Immutable. */
public sealed interface JsonValue {
    /** What kind of value it is, for messages. */
    String kind();

    /** An object; its fields keep their order. */
    record JsonObject(Map<String, JsonValue> fields) implements JsonValue {
        /** Copies the fields. */
        public JsonObject {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        /** Copies the elements. */
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /** A string. */
    record JsonString(String value) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number as it is written, so that no digit is lost. */
    record JsonNumber(String text) implements JsonValue {
        /** An integer. */
        public static JsonNumber of(long value) {
            return new JsonNumber(Long.toString(value));
        }

        /**
         * A single-precision number, in the shortest form that reads back as the same.
         *
         * @throws IllegalArgumentException if it is not finite: JSON has no such number
         */
        public static JsonNumber of(float value) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("JSON holds finite numbers, found " + value);
            }
            return new JsonNumber(Float.toString(value));
        }

        /** A double-precision number, likewise. */
        public static JsonNumber of(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON holds finite numbers, found " + value);
            }
            return new JsonNumber(Double.toString(value));
        }

        @Override
        public String kind() {
            return "the number " + text;
        }
    }

    /** A literal. */
    enum JsonLiteral implements JsonValue {
        TRUE,
        FALSE,
        NULL;

        /** The literal of a truth value. */
        public static JsonLiteral of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String kind() {
            return toString();
        }

        @Override
        public String toString() {
            return switch (this) {
                case TRUE -> "true";
                case FALSE -> "false";
                case NULL -> "null";
            };
        }
    }
}
