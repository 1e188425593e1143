package hlstm.bench.compare;

import hlstm.bench.plot.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot of scores against what they cost, on a logarithmic axis: a point for each model. */
final class ScoreChart {
    private static final List<Color> COLOURS =
            List.of(
                    new Color(0x1f5fa8),
                    new Color(0xd9822b),
                    new Color(0x3a8f5a),
                    new Color(0xb5383d),
                    new Color(0x7a4fa3),
                    new Color(0x5b6573));
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND);
    private static final int WIDTH = 860;
    private static final int HEIGHT = 560;
    private static final double MARGIN = 1.3;
    private static final double HEADROOM = 1.1;
    private static final int MARKER = 9;

    private final XYChart chart;

    /**
     * A plot.
     *
     * @param kinds names of the models, equal for those that share a colour
     * @param cost of a model, more than 0
     */
    ScoreChart(
            String title,
            String costTitle,
            String scoreTitle,
            List<ComparedModel> models,
            List<String> kinds,
            ToDoubleFunction<ComparedModel> cost) {
        chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(costTitle)
                        .yAxisTitle(scoreTitle)
                        .build();
        style(models, cost);
        Map<String, List<ComparedModel>> groups = new LinkedHashMap<>();
        for (int k = 0; k < models.size(); k++) {
            groups.computeIfAbsent(kinds.get(k), n -> new ArrayList<>()).add(models.get(k));
        }
        groups.forEach(
                (kind, group) ->
                        style(
                                chart.addSeries(
                                        kind,
                                        group.stream().mapToDouble(cost).toArray(),
                                        group.stream()
                                                .mapToDouble(ComparedModel::score)
                                                .toArray())));
    }

    private void style(List<ComparedModel> models, ToDoubleFunction<ComparedModel> cost) {
        var costs = models.stream().mapToDouble(cost).summaryStatistics();
        double most = models.stream().mapToDouble(ComparedModel::score).max().orElseThrow();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
                .setPlotGridLinesColor(new Color(0xe3e6ea))
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setXAxisLogarithmic(true)
                .setXAxisMin(costs.getMin() / MARGIN)
                .setXAxisMax(costs.getMax() * MARGIN)
                .setXAxisDecimalPattern("#,##0")
                .setYAxisMin(0.0)
                .setYAxisMax(most > 0 ? most * HEADROOM : 1);
        chart.getStyler().setMarkerSize(MARKER);
    }

    private void style(XYSeries series) {
        int number = chart.getSeriesMap().size() - 1;
        series.setMarkerColor(COLOURS.get(number % COLOURS.size()));
        series.setMarker(MARKERS.get(number / COLOURS.size() % MARKERS.size()));
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
