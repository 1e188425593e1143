package hlstm.bench.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot with two logarithmic axes and a line for each series. */
final class LatencyChart {
    private static final List<Color> COLOURS =
            List.of(
                    new Color(0x1f5fa8),
                    new Color(0xd9822b),
                    new Color(0x3a8f5a),
                    new Color(0xb5383d),
                    new Color(0x7a4fa3));
    private static final int WIDTH = 860;
    private static final int HEIGHT = 520;

    private final XYChart chart;

    /**
     * A plot of points.
     *
     * @param level name of the series that has one point and is drawn as a line across, or null
     */
    LatencyChart(
            String title, String xTitle, String xPattern, List<PlotPoint> points, String level) {
        chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(xTitle)
                        .yAxisTitle("median, us")
                        .build();
        style(xPattern);
        double[] ends = {
            points.stream().mapToDouble(PlotPoint::x).min().orElseThrow(),
            points.stream().mapToDouble(PlotPoint::x).max().orElseThrow()
        };
        Map<String, List<PlotPoint>> lines = new LinkedHashMap<>();
        for (PlotPoint point : points) {
            lines.computeIfAbsent(point.series(), n -> new ArrayList<>()).add(point);
        }
        lines.forEach(
                (name, line) -> {
                    if (name.equals(level)) {
                        double micros = line.getFirst().p50Micros();
                        XYSeries series =
                                chart.addSeries(name, ends, new double[] {micros, micros});
                        series.setMarker(SeriesMarkers.NONE);
                        style(series);
                    } else {
                        style(
                                chart.addSeries(
                                        name,
                                        line.stream().mapToDouble(PlotPoint::x).toArray(),
                                        line.stream().mapToDouble(PlotPoint::p50Micros).toArray()));
                    }
                });
    }

    private void style(String xPattern) {
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        chart.getStyler()
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setPlotGridLinesColor(new Color(0xe3e6ea))
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisDecimalPattern(xPattern)
                .setYAxisDecimalPattern("#,##0.##");
    }

    private void style(XYSeries series) {
        Color colour = COLOURS.get((chart.getSeriesMap().size() - 1) % COLOURS.size());
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setLineStyle(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        if (series.getXData().length > 2) {
            series.setMarker(SeriesMarkers.CIRCLE);
        }
    }

    /**
     * Writes the plot as a PNG picture.
     *
     * @throws IOException if the file cannot be written
     */
    void write(Path file) throws IOException {
        Picture.write(chart, WIDTH, HEIGHT, file);
    }
}
