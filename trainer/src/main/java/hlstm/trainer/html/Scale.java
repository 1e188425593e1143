package hlstm.trainer.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the values of an axis lie, and which of them are labelled. */
final class Scale {
    private static final int TICKS = 6;
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final double TINY = 1e-9;

    /** A labelled value. */
    record Tick(double value, String label) {}

    private final boolean logarithmic;
    private final double first;
    private final double last;
    private final List<Tick> ticks = new ArrayList<>();

    /**
     * A scale on which all values from the least to the most lie.
     *
     * @param least at most {@code most}, and positive on a logarithmic axis
     */
    Scale(Axis axis, double least, double most) {
        logarithmic = axis.logarithmic();
        if (logarithmic) {
            first = stepBelow(least);
            last = Math.max(step(most), 2 * first);
            tickRatios();
        } else {
            double from = axis.fromZero() ? Math.min(0, least) : least;
            double span = most > from ? most - from : 1;
            double step = step(span / TICKS);
            first = step * Math.floor(from / step + TINY);
            last = axis.tight() ? from + span : step * Math.ceil((from + span) / step - TINY);
            tickSteps(step);
        }
    }

    /** The largest of 1, 2, 5 times a power of ten that is not more. */
    private static double stepBelow(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most) + TINY));
        double digit = most / power * (1 + TINY);
        return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not less. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least) + TINY));
        for (double digit : ROUND) {
            if (digit * power >= least * (1 - TINY)) {
                return digit * power;
            }
        }
        throw new AssertionError(least);
    }

    private void tickSteps(double step) {
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - TINY));
        for (long k = Math.round(first / step); k * step <= last + TINY * step; k++) {
            ticks.add(
                    new Tick(
                            k * step,
                            String.format(Locale.ROOT, "%,." + decimals + "f", k * step)));
        }
    }

    private void tickRatios() {
        boolean powersOnly = last / first > 2e4;
        int from = (int) Math.floor(Math.log10(first) + TINY);
        int to = (int) Math.floor(Math.log10(last) + TINY);
        for (int exponent = from; exponent <= to; exponent++) {
            for (int digit : powersOnly ? new int[] {1} : new int[] {1, 2, 5}) {
                double value = digit * Math.pow(10, exponent);
                if (value >= first * (1 - TINY) && value <= last * (1 + TINY)) {
                    String format = "%,." + Math.max(0, -exponent) + "f";
                    ticks.add(new Tick(value, String.format(Locale.ROOT, format, value)));
                }
            }
        }
    }

    /** Where a value lies: 0 at the beginning, 1 at the end. */
    double at(double value) {
        return logarithmic
                ? Math.log(value / first) / Math.log(last / first)
                : (value - first) / (last - first);
    }

    List<Tick> ticks() {
        return ticks;
    }
}
