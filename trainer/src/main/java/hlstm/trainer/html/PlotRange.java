package hlstm.trainer.html;

import org.knowm.xchart.style.XYStyler;

/**
 * Which values the axes of a plot span; on both axes less than the picture, whose margins are the
 * library's.
 *
 * @param decadesOnly whether of a logarithmic y axis only powers of ten are labelled, and at least
 *     two of them are spanned
 */
record PlotRange(double xMax, double yMin, double yMax, boolean logarithmic, boolean decadesOnly) {
    /** Room for the names of phases above the lines. */
    private static final double HEADROOM = 0.1;

    /**
     * XChart labels as many values as there is room for, and not round ones at ease, if all that it
     * is given are equally far apart, the ends of the axis among them.
     */
    private static final double OFF_THE_EPOCHS = 1e-3;

    private static final double TINY = 1e-9;

    static PlotRange of(Plot plot) {
        double x = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Plot.Series series : plot.series()) {
            for (Plot.Point point : series.points()) {
                x = Math.max(x, point.x());
                least = Math.min(least, point.y());
                most = Math.max(most, point.y());
            }
        }
        for (Plot.Phase phase : plot.phases()) {
            x = Math.max(x, phase.to());
        }
        x = x > 0 ? x : 1;
        return plot.y().isLogarithmic()
                ? logarithmic(x, least, most)
                : new PlotRange(x, 0, most > 0 ? most * (1 + HEADROOM) : 1, false, false);
    }

    private static PlotRange logarithmic(double x, double least, double most) {
        double low = Math.log10(least);
        double high = Math.log10(most);
        boolean decadesOnly = high - low > 1;
        double first = Math.ceil(low - TINY);
        double last = Math.floor(high + TINY);
        if (decadesOnly && first == last) {
            if (low - (first - 1) < last + 1 - high) {
                low = first - 1;
            } else {
                high = last + 1;
            }
        } else if (!decadesOnly) {
            // Within a decade every digit is labelled; so that there are a few, span a factor of 2.
            low = Math.min(low, high - Math.log10(2));
        }
        high += HEADROOM * (high - low);
        return new PlotRange(x, Math.pow(10, low), Math.pow(10, high), true, decadesOnly);
    }

    void applyTo(XYStyler styler) {
        styler.setXAxisMin(0.0)
                .setXAxisMax(xMax * (1 + OFF_THE_EPOCHS))
                .setXAxisDecimalPattern(xMax < 1 ? "#,##0.###" : "#,##0") // no half epochs
                .setYAxisMin(yMin)
                .setYAxisMax(yMax)
                .setYAxisLogarithmic(logarithmic)
                .setYAxisLogarithmicDecadeOnly(decadesOnly);
    }
}
