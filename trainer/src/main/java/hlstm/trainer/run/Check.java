package hlstm.trainer.run;

/** Range checks of recipe settings; each message names the setting and what was found. */
final class Check {
    private Check() {}

    static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s must be at least %d, found %d".formatted(name, least, value));
        }
    }

    static void atLeast(String name, double value, double least) {
        if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s must be at least %s, found %s".formatted(name, least, value));
        }
    }

    /** In [0, 1). */
    static void share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s must lie in [0, 1), found %s".formatted(name, value));
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s must be 0 or more, found %s".formatted(name, value));
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s must be more than 0, found %s".formatted(name, value));
        }
    }

    static void oneOf(String name, String value, String... allowed) {
        for (String choice : allowed) {
            if (choice.equals(value)) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "%s must be one of %s, found '%s'"
                        .formatted(name, String.join(", ", allowed), value));
    }
}
