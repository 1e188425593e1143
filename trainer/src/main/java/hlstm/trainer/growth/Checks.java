package hlstm.trainer.growth;

/** Refuses numbers that a recipe cannot mean. */
final class Checks {
    private Checks() {}

    static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s must be at least %d, found %d".formatted(what, least, value));
        }
    }

    static void share(String what, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "%s must lie in (0, 1], found %s".formatted(what, value));
        }
    }
}
