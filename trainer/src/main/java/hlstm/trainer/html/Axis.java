package hlstm.trainer.html;

/**
 * An axis of a plot.
 *
 * @param label what it measures, with the unit
 * @param scale where values lie on it
 */
public record Axis(String label, Scale scale) {
    /** Where values lie. */
    public enum Scale {
        /** From 0, equal differences equally far apart. */
        LINEAR,
        /** Equal ratios equally far apart; only positive values are shown. */
        LOGARITHMIC
    }

    /** A linear axis from 0. */
    public static Axis fromZero(String label) {
        return new Axis(label, Scale.LINEAR);
    }

    /** A logarithmic axis. */
    public static Axis logarithmic(String label) {
        return new Axis(label, Scale.LOGARITHMIC);
    }

    boolean isLogarithmic() {
        return scale == Scale.LOGARITHMIC;
    }

    /** Whether a value can be shown. */
    boolean shows(double value) {
        return Double.isFinite(value) && (isLogarithmic() ? value > 0 : value >= 0);
    }
}
