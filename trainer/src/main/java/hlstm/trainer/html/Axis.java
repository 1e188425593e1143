package hlstm.trainer.html;

/**
 * An axis of a plot.
 *
 * @param label what it measures, with the unit
 * @param logarithmic whether equal ratios are equally far apart; only positive values are shown
 * @param fromZero whether a linear axis begins at 0 whatever the values
 * @param tight whether it ends at the largest value, and not at a round number above
 */
public record Axis(String label, boolean logarithmic, boolean fromZero, boolean tight) {
    /** From 0 to a round number. */
    public static Axis fromZero(String label) {
        return new Axis(label, false, true, false);
    }

    /** From 0 to the last one. */
    public static Axis epochs() {
        return new Axis("epoch", false, true, true);
    }

    /** Between round numbers, equal ratios equally far apart. */
    public static Axis logarithmic(String label) {
        return new Axis(label, true, false, false);
    }

    /** Whether a value can be shown. */
    boolean shows(double value) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }
}
