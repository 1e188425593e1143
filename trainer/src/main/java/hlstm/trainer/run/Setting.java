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
        TEXT("text"),
        /** True or false. */
        FLAG("true or false"),
        /** A whole number. */
        WHOLE("whole number"),
        /** A number. */
        NUMBER("number"),
        /** Whole numbers, written {@code 64,64} or {@code []}. */
        LIST("whole numbers");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        /** The type as people read it. */
        public String label() {
            return label;
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
     * Checks a value as far as it is of this type; other types are for the reader of the file to
     * refuse.
     *
     * @throws IllegalArgumentException if it may not be; the message names the setting, what it may
     *     be and what was found
     */
    void check(JsonNode value) {
        if (type == Type.LIST && value.isArray()) {
            if (value.size() > Settings.MOST_ELEMENTS) {
                throw new IllegalArgumentException(
                        "%s must have at most %d elements, found %d"
                                .formatted(key, Settings.MOST_ELEMENTS, value.size()));
            }
            value.forEach(this::checkNumber);
        } else if (range != null) {
            checkNumber(value);
        } else if (!choices.isEmpty() && value.isTextual() && !choices.contains(value.asText())) {
            throw new IllegalArgumentException(
                    "%s must be one of %s, found '%s'"
                            .formatted(key, String.join(", ", choices), value.asText()));
        }
    }

    private void checkNumber(JsonNode value) {
        if (value.isNumber() && !range.contains(value.doubleValue())) {
            throw new IllegalArgumentException(
                    "%s must lie in %s, found %s".formatted(key, range, value.asText()));
        }
    }
}
