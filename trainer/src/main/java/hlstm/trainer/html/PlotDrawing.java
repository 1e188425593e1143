package hlstm.trainer.html;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws plots with XChart, as SVG. Needs fonts on the machine, but no display. */
final class PlotDrawing {
    static final Color PHASE_LINE = new Color(0x9aa3af);
    static final Color PHASE_LABEL = new Color(0x596170);

    private static final int WIDTH = 860;
    private static final int HEIGHT = 350;

    /** Of the width, what is left for the x axis, within the margins and labels. */
    private static final int INNER_WIDTH = 720;

    /** A character of a label in pixels, on the average; a little much, so that labels part. */
    private static final double CHARACTER = 7;

    private static final float LINE = 1.8f;

    /** How much of a line can be seen beside the one that lies on it, on both sides together. */
    private static final float WIDER = 2.6f;

    /** Each leaves corners of the one before it to be seen. */
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.SQUARE, SeriesMarkers.CIRCLE, SeriesMarkers.CROSS);

    private PlotDrawing() {}

    /** The plot as an SVG document. */
    static String svg(Plot plot) {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart(plot), svg, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return svg.toString(StandardCharsets.UTF_8);
    }

    static XYChart chart(Plot plot) {
        if (plot.isEmpty()) {
            throw new IllegalStateException("the plot '" + plot.title() + "' has nothing to show");
        }
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(plot.title())
                        .xAxisTitle(plot.x().label())
                        .yAxisTitle(plot.y().label())
                        .build();
        style(chart.getStyler());
        PlotRange range = PlotRange.of(plot);
        range.applyTo(chart.getStyler());
        for (int k = 0; k < plot.series().size(); k++) {
            add(chart, plot, k);
        }
        plot.events().forEach(events -> add(chart, events, range));
        for (Plot.Phase phase : plot.phases()) {
            add(chart, phase, range);
        }
        return chart;
    }

    private static void style(XYStyler styler) {
        styler.setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(font(Font.PLAIN, 12))
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(font(Font.BOLD, 15))
                .setPlotBorderVisible(false)
                .setAnnotationLineColor(PHASE_LINE)
                .setAnnotationLineStroke(new BasicStroke(1))
                .setAnnotationTextFont(font(Font.ITALIC, 12))
                .setAnnotationTextFontColor(PHASE_LABEL);
        // Numbers do not follow the locale of the machine. A grid of dashes would make most of
        // the file, since each dash is an outline of its own.
        styler.setLocale(Locale.ROOT)
                .setAxisTitleFont(font(Font.PLAIN, 12))
                .setAxisTickLabelsFont(font(Font.PLAIN, 11))
                .setPlotGridLinesColor(new Color(0xe3e6ea))
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setYAxisDecimalPattern("#,##0.######");
        styler.setMarkerSize(9);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Adds a series, wider than the later ones, which may lie on it. */
    private static void add(XYChart chart, Plot plot, int index) {
        Plot.Series line = plot.series().get(index);
        XYSeries series =
                chart.addSeries(
                        line.name(),
                        line.points().stream().mapToDouble(Plot.Point::x).toArray(),
                        line.points().stream().mapToDouble(Plot.Point::y).toArray());
        int above = plot.series().size() - 1 - index;
        series.setLineColor(line.colour());
        series.setLineStyle(
                new BasicStroke(
                        LINE + WIDER * above, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarkerColor(line.colour());
        // A line of one point has no length and is seen by its marker.
        boolean lone = line.points().size() == 1;
        series.setMarker(lone ? MARKERS.get(index % MARKERS.size()) : SeriesMarkers.NONE);
        if (!line.connected()) {
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        }
    }

    private static void add(XYChart chart, Plot.Events events, PlotRange range) {
        int count = events.places().size();
        double[] x = new double[3 * count];
        double[] y = new double[3 * count];
        for (int k = 0; k < count; k++) {
            x[3 * k] = x[3 * k + 1] = x[3 * k + 2] = events.places().get(k);
            y[3 * k] = range.yMin();
            y[3 * k + 1] = range.yMax();
            y[3 * k + 2] = Double.NaN; // lifts the pen
        }
        XYSeries series = chart.addSeries(events.name(), x, y);
        series.setLineColor(events.colour());
        series.setLineStyle(
                new BasicStroke(
                        1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {3, 3}, 0));
        series.setMarker(SeriesMarkers.NONE);
    }

    /** Adds a line where a phase begins, and its name in its middle if there is room. */
    private static void add(XYChart chart, Plot.Phase phase, PlotRange range) {
        if (phase.from() > 0) {
            chart.addAnnotation(new AnnotationLine(phase.from(), true, false));
        }
        double room = INNER_WIDTH * (phase.to() - phase.from()) / range.xMax();
        if (room >= CHARACTER * phase.label().length()) {
            chart.addAnnotation(
                    new AnnotationText(
                            phase.label(), (phase.from() + phase.to()) / 2, range.yMax(), false));
        }
    }
}
