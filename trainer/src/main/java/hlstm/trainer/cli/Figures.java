package hlstm.trainer.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private Figures() {}

    /** {@code 1,234,567}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A fraction as percent with a decimal: {@code 12.5 %}. */
    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }

    /** A ratio: {@code 0.31x}, {@code 12.5x}; a dash where there is none. */
    static String ratio(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2fx" : "%.1fx", value);
    }

    /** Nanoseconds as microseconds: {@code 12.3 us}. */
    static String micros(double nanos) {
        return String.format(Locale.ROOT, "%.1f us", nanos / 1000);
    }

    /** Bytes with a unit: {@code 812 B}, {@code 12.3 KiB}, {@code 4.0 MiB}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        if (bytes < 1024 * 1024) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }
}
