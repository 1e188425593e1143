package hlstm.trainer.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of a report, as pictures. Needs fonts on the machine, but no display. */
final class ReportCharts {
    private static final Color BLUE = new Color(0x1f5fa8);
    private static final Color ORANGE = new Color(0xd9822b);
    private static final Color GREEN = new Color(0x3a8f5a);
    private static final Color RED = new Color(0xb5383d);
    private static final Color PURPLE = new Color(0x7a4fa3);

    private static final int SCALE = 2;

    private ReportCharts() {}

    /** Why this machine cannot draw text; null if it can. */
    static String obstacle() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            return null;
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What the platform throws where no font, or no library to find one, is installed.
            return e.getMessage() == null ? e.toString() : e.getMessage();
        } finally {
            graphics.dispose();
        }
    }

    /** Mean loss of each epoch; null without an epoch. */
    static String loss(List<RunEvent> events) {
        XYChart chart = chart("Training loss", "loss per utterance");
        add(chart, "training set", events, RunEvent::loss, BLUE, true);
        return pngUri(chart);
    }

    /** Error rates of each evaluation; null without one. */
    static String scores(List<RunEvent> events) {
        XYChart chart = chart("Development set", "error rate, %");
        add(chart, "words (WER)", events, RunEvent::wer, BLUE, true);
        add(chart, "characters (CER)", events, RunEvent::cer, ORANGE, true);
        markStructure(chart, events);
        return pngUri(chart);
    }

    /** Density of each gate matrix; null if none was ever logged. */
    static String densities(List<RunEvent> events) {
        XYChart chart = chart("Connections", "density, %");
        Map<String, List<double[]>> lines = new LinkedHashMap<>();
        int last = 0;
        for (RunEvent event : events) {
            last = Math.max(last, event.epoch());
            if (event.matrices() != null) {
                for (MatrixFigures matrix : event.matrices()) {
                    step(
                            lines.computeIfAbsent(matrix.name(), n -> new ArrayList<>()),
                            event,
                            matrix);
                }
            }
        }
        List<String> kinds = new ArrayList<>();
        for (Map.Entry<String, List<double[]>> line : lines.entrySet()) {
            List<double[]> points = line.getValue();
            points.add(new double[] {last, points.getLast()[1]});
            String kind = kind(line.getKey());
            XYSeries series =
                    chart.addSeries(
                            line.getKey(),
                            points.stream().mapToDouble(p -> p[0]).toArray(),
                            points.stream().mapToDouble(p -> p[1]).toArray());
            style(series, colour(kind), 1.2f);
            series.setLabel(kind);
            series.setShowInLegend(!kinds.contains(kind));
            kinds.add(kind);
        }
        markStructure(chart, events);
        return pngUri(chart);
    }

    /** A density holds until the event that changes it, so the line goes in steps. */
    private static void step(List<double[]> points, RunEvent event, MatrixFigures matrix) {
        if (!points.isEmpty()) {
            points.add(new double[] {event.epoch(), points.getLast()[1]});
        }
        points.add(new double[] {event.epoch(), 100 * matrix.density()});
    }

    private static String kind(String parameter) {
        if (parameter.endsWith("gates.0.input")) {
            return "from the input";
        }
        return parameter.endsWith("gates.0.recurrent")
                ? "from the previous output"
                : "from gate hidden layers";
    }

    private static Color colour(String kind) {
        return switch (kind) {
            case "from the input" -> BLUE;
            case "from the previous output" -> ORANGE;
            default -> GREEN;
        };
    }

    private static XYChart chart(String title, String yAxis) {
        XYChart chart =
                new XYChartBuilder()
                        .width(860)
                        .height(340)
                        .title(title)
                        .xAxisTitle("epoch")
                        .yAxisTitle(yAxis)
                        .build();
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
                .setXAxisMin(0.0);
        return chart;
    }

    private static void add(
            XYChart chart,
            String name,
            List<RunEvent> events,
            Function<RunEvent, Double> value,
            Color colour,
            boolean markers) {
        List<RunEvent> points =
                events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.EPOCH)
                        .filter(e -> value.apply(e) != null && Double.isFinite(value.apply(e)))
                        .toList();
        if (points.isEmpty()) {
            return;
        }
        XYSeries series =
                chart.addSeries(
                        name,
                        points.stream().mapToDouble(RunEvent::epoch).toArray(),
                        points.stream().mapToDouble(value::apply).toArray());
        style(series, colour, 1.8f);
        if (markers && points.size() <= 60) {
            series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour);
        }
    }

    private static void style(XYSeries series, Color colour, float width) {
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    /** Dashed lines over the whole height where the structure changed. */
    private static void markStructure(XYChart chart, List<RunEvent> events) {
        double top = 0;
        for (XYSeries series : chart.getSeriesMap().values()) {
            top = Math.max(top, series.getYMax());
        }
        if (top == 0) {
            return;
        }
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.05 * top);
        mark(chart, events, RunEvent.Kind.GROW, "growth", GREEN, 1.05 * top);
        mark(chart, events, RunEvent.Kind.PRUNE, "pruning", PURPLE, 1.05 * top);
        mark(chart, events, RunEvent.Kind.ROLLBACK, "rollback", RED, 1.05 * top);
    }

    private static void mark(
            XYChart chart,
            List<RunEvent> events,
            RunEvent.Kind kind,
            String label,
            Color colour,
            double top) {
        double[] epochs =
                events.stream()
                        .filter(e -> e.event() == kind)
                        .mapToDouble(RunEvent::epoch)
                        .toArray();
        if (epochs.length == 0) {
            return;
        }
        double[] x = new double[3 * epochs.length];
        double[] y = new double[3 * epochs.length];
        for (int k = 0; k < epochs.length; k++) {
            Arrays.fill(x, 3 * k, 3 * k + 3, epochs[k]);
            y[3 * k + 1] = top;
            y[3 * k + 2] = Double.NaN; // ends the line
        }
        XYSeries series = chart.addSeries(label, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(
                new BasicStroke(
                        1f,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_BEVEL,
                        1,
                        new float[] {2, 3},
                        0));
    }

    /** Drawn at twice the size at which it is shown, for screens of high resolution. */
    private static String pngUri(XYChart chart) {
        if (chart.getSeriesMap().isEmpty()) {
            return null;
        }
        BufferedImage image =
                new BufferedImage(
                        SCALE * chart.getWidth(),
                        SCALE * chart.getHeight(),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        return PngUri.of(image);
    }
}
