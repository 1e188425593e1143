package hlstm.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * A setting of a recipe: what it may be and what it means.
 *
 * @param key its dotted path
 * @param type what it holds
 * @param range the numbers it may be, or each element of its list; null where it holds none
 * @param choices the words it may be; empty where any text will do
 * @param meaning one line
 */
public record Setting(String key, Type type, Range range, List<String> choices, String meaning) {
    /** What a setting holds. */
    public enum Type {
        /** Any text, or one of some words. */
        TEXT("text", "text"),
        /** True or false. */
        FLAG("true or false", "true or false"),
        /** A whole number. */
        WHOLE("whole number", "a whole number"),
        /** A number. */
        NUMBER("number", "a number"),
        /** Whole numbers, written {@code 64,64} or {@code []}. */
        LIST("whole numbers", "a list of whole numbers such as 64,64 or []");

        private final String label;
        private final String expected;

        Type(String label, String expected) {
            this.label = label;
            this.expected = expected;
        }

        /** The type as people read it. */
        public String label() {
            return label;
        }

        /** The type in a sentence on what a setting must be. */
        String expected() {
            return expected;
        }

        private boolean fits(JsonNode value) {
            return switch (this) {
                case TEXT -> value.isTextual();
                case FLAG -> value.isBoolean();
                case WHOLE -> value.isIntegralNumber();
                case NUMBER -> value.isNumber();
                case LIST -> isList(value);
            };
        }

        private static boolean isList(JsonNode value) {
            boolean whole = value.isArray();
            for (JsonNode element : value) {
                whole &= element.isIntegralNumber();
            }
            return whole;
        }
    }

    /**
     * An interval.
     *
     * @param least the lower end
     * @param most the upper end
     * @param withLeast whether the lower end belongs to it
     * @param withMost whether the upper end belongs to it
     */
    public record Range(double least, double most, boolean withLeast, boolean withMost) {
        /** Both ends belong to it. */
        static Range of(double least, double most) {
            return new Range(least, most, true, true);
        }

        /** From 0, which belongs to it, to a number that does not. */
        static Range below(double most) {
            return new Range(0, most, true, false);
        }

        /** From 0, which does not belong to it, to a number that does. */
        static Range aboveZero(double most) {
            return new Range(0, most, false, true);
        }

        /** Whether a number belongs to it; NaN does not. */
        boolean contains(double value) {
            return (withLeast ? value >= least : value > least)
                    && (withMost ? value <= most : value < most);
        }

        /** In the notation of intervals: {@code [0, 1)}. */
        @Override
        public String toString() {
            return "%s%s, %s%s"
                    .formatted(
                            withLeast ? "[" : "(", plain(least), plain(most), withMost ? "]" : ")");
        }

        private static String plain(double end) {
            return BigDecimal.valueOf(end).stripTrailingZeros().toPlainString();
        }
    }

    /** What the setting may be, in a few words; empty where all of its type is allowed. */
    public String allowed() {
        if (range == null || range.least() == Long.MIN_VALUE) {
            return String.join(", ", choices);
        }
        return type == Type.LIST
                ? "up to %d, each in %s".formatted(Settings.MOST_ELEMENTS, range)
                : range.toString();
    }

    /**
     * Checks the type of a value, and then that it is one of those that the setting may be.
     *
     * @throws IllegalArgumentException if it may not be; the message names the setting, what it may
     *     be and what was found
     */
    void check(JsonNode value) {
        if (!type.fits(value)) {
            throw wrong("be " + type.expected(), value);
        }
        if (type == Type.LIST) {
            if (value.size() > Settings.MOST_ELEMENTS) {
                throw new IllegalArgumentException(
                        "%s must have at most %d elements, found %d"
                                .formatted(key, Settings.MOST_ELEMENTS, value.size()));
            }
            value.forEach(this::checkRange);
        } else if (range != null) {
            checkRange(value);
        } else if (!choices.isEmpty() && !choices.contains(value.asText())) {
            throw wrong("be one of " + String.join(", ", choices), value);
        }
    }

    private void checkRange(JsonNode value) {
        // The ends of the range of all long numbers are no numbers of double precision.
        boolean tooLarge = value.isIntegralNumber() && !value.canConvertToLong();
        if (tooLarge || !range.contains(value.doubleValue())) {
            throw wrong("lie in " + range, value);
        }
    }

    private IllegalArgumentException wrong(String expected, JsonNode found) {
        return new IllegalArgumentException(
                "%s must %s, found %s".formatted(key, expected, shown(found)));
    }

    /** A value in a message: text in quotes, lists as in JSON, what holds more in a word. */
    static String shown(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return value.toString();
        }
        return value.isTextual() ? "'%s'".formatted(value.asText()) : value.asText();
    }
}
