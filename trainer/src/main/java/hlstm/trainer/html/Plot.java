package hlstm.trainer.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A plot of lines or points, drawn as SVG: sharp at any size, its text in the fonts of whoever
 * looks at it. Lines that lie on each other all stay visible: those below are drawn wider.
 */
public final class Plot {
    private static final int WIDTH = 860;
    private static final int LEFT = 66;
    private static final int RIGHT = 18;
    private static final int TOP = 52;
    private static final int INNER_HEIGHT = 240;
    private static final int AXIS = 44;
    private static final int LEGEND_LINE = 20;

    /** A character of 12 pixels, on the average; a little much, so that nothing overlaps. */
    private static final double CHARACTER = 6.6;

    private static final double LINE = 1.8;
    private static final double WIDER = 3.4;

    /** A point. */
    public record Point(double x, double y) {}

    /** A line through points. */
    private record Line(String name, String colour, List<Point> points) {}

    /** A point with its name beside it. */
    private record Mark(String name, String colour, Point point) {}

    /** A stretch of the x axis. */
    private record Band(double from, double to, String label, String colour) {}

    /** Something that happened at places of the x axis. */
    private record Events(String name, String colour, List<Double> places) {}

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final List<Events> events = new ArrayList<>();

    /** An empty plot. */
    public Plot(String title, Axis x, Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /**
     * Adds a line; points that an axis cannot show are left out.
     *
     * @param name in the legend
     * @param colour in CSS
     */
    public Plot line(String name, String colour, List<Point> points) {
        List<Point> shown = points.stream().filter(this::shows).toList();
        if (!shown.isEmpty()) {
            lines.add(new Line(name, colour, shown));
        }
        return this;
    }

    /** Adds a point with its name beside it. */
    public Plot point(String name, String colour, Point point) {
        if (shows(point)) {
            marks.add(new Mark(name, colour, point));
        }
        return this;
    }

    /** Adds a stretch of the x axis with its name at the top; a pale colour suits it. */
    public Plot band(double from, double to, String label, String colour) {
        bands.add(new Band(from, to, label, colour));
        return this;
    }

    /** Adds dashed lines over the whole height. */
    public Plot events(String name, String colour, List<Double> places) {
        if (!places.isEmpty()) {
            events.add(new Events(name, colour, places));
        }
        return this;
    }

    private boolean shows(Point point) {
        return x.shows(point.x()) && y.shows(point.y());
    }

    /** Whether there is anything to be seen. */
    public boolean isEmpty() {
        return lines.isEmpty() && marks.isEmpty();
    }

    /** The plot as an element of a page. */
    public String svg() {
        if (isEmpty()) {
            throw new IllegalStateException("the plot '" + title + "' has nothing to show");
        }
        Scale across = scale(x, Point::x);
        Scale up = scale(y, Point::y);
        StringBuilder legend = new StringBuilder();
        int legendLines = legend(legend);
        int height = TOP + INNER_HEIGHT + AXIS + legendLines * LEGEND_LINE;
        StringBuilder svg = new StringBuilder();
        svg.append(
                        "<svg class=\"plot\" role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">\n"
                                .formatted(WIDTH, height, HtmlPage.escape(title)))
                .append(text(LEFT, 18, "start", "title", title));
        bands.forEach(band -> draw(svg, across, band));
        axes(svg, across, up);
        for (Events each : events) {
            for (double place : each.places()) {
                svg.append(
                        path(
                                "M%s %dV%d"
                                        .formatted(n(px(across, place)), TOP, TOP + INNER_HEIGHT),
                                each.colour(),
                                1,
                                " stroke-dasharray=\"3 3\""));
            }
        }
        lines(svg, across, up);
        points(svg, across, up);
        return svg.append(legend).append("</svg>\n").toString();
    }

    private Scale scale(Axis axis, Function<Point, Double> coordinate) {
        DoubleSummaryStatistics values = new DoubleSummaryStatistics();
        lines.forEach(line -> line.points().forEach(p -> values.accept(coordinate.apply(p))));
        marks.forEach(mark -> values.accept(coordinate.apply(mark.point())));
        return new Scale(axis, values.getMin(), values.getMax());
    }

    private static void draw(StringBuilder svg, Scale across, Band band) {
        double from = px(across, band.from());
        double to = px(across, band.to());
        svg.append(
                "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"/>\n"
                        .formatted(
                                n(from), TOP - 18, n(to - from), INNER_HEIGHT + 18, band.colour()));
        if (to - from >= CHARACTER * band.label().length()) {
            svg.append(text((from + to) / 2, TOP - 5, "middle", "band", band.label()));
        }
    }

    private void axes(StringBuilder svg, Scale across, Scale up) {
        int bottom = TOP + INNER_HEIGHT;
        for (Scale.Tick tick : up.ticks()) {
            double at = py(up, tick.value());
            svg.append(path("M%d %sH%d".formatted(LEFT, n(at), WIDTH - RIGHT), "#d9dde3", 1, ""))
                    .append(text(LEFT - 8, at + 4, "end", "tick", tick.label()));
        }
        double free = 0;
        for (Scale.Tick tick : across.ticks()) {
            double at = px(across, tick.value());
            svg.append(path("M%s %dv5".formatted(n(at), bottom), "#8a929e", 1, ""));
            double half = CHARACTER * tick.label().length() / 2;
            if (at - half >= free) {
                svg.append(text(at, bottom + 18, "middle", "tick", tick.label()));
                free = at + half + CHARACTER;
            }
        }
        svg.append(path("M%d %dH%d".formatted(LEFT, bottom, WIDTH - RIGHT), "#8a929e", 1, ""))
                .append(
                        text(
                                (LEFT + WIDTH - RIGHT) / 2.0,
                                bottom + 36,
                                "middle",
                                "axis",
                                x.label()))
                .append(
                        "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(14 %d) rotate(-90)\">%s</text>\n"
                                .formatted(TOP + INNER_HEIGHT / 2, HtmlPage.escape(y.label())));
    }

    private void lines(StringBuilder svg, Scale across, Scale up) {
        for (int k = 0; k < lines.size(); k++) {
            Line line = lines.get(k);
            StringBuilder data = new StringBuilder();
            for (Point point : line.points()) {
                data.append(data.isEmpty() ? "M" : "L")
                        .append(n(px(across, point.x())))
                        .append(' ')
                        .append(n(py(up, point.y())));
            }
            double width = LINE + WIDER * hiddenBy(k, up);
            if (line.points().size() == 1) {
                // A line of one point has no length; round ends make a dot of it.
                data.append("h0");
                width += WIDER;
            }
            svg.append(path(data.toString(), line.colour(), width, ""));
        }
    }

    /** How many later lines lie on more than half of a line's points. */
    private int hiddenBy(int index, Scale up) {
        int count = 0;
        List<Point> own = lines.get(index).points();
        for (Line later : lines.subList(index + 1, lines.size())) {
            long same =
                    own.stream()
                            .filter(p -> later.points().stream().anyMatch(q -> near(p, q, up)))
                            .count();
            count += 2 * same > own.size() ? 1 : 0;
        }
        return count;
    }

    private static boolean near(Point p, Point q, Scale up) {
        return p.x() == q.x() && Math.abs(py(up, p.y()) - py(up, q.y())) < LINE;
    }

    private void points(StringBuilder svg, Scale across, Scale up) {
        List<Mark> downwards = new ArrayList<>(marks);
        downwards.sort(Comparator.comparingDouble(mark -> py(up, mark.point().y())));
        double free = 0;
        for (Mark mark : downwards) {
            double cx = px(across, mark.point().x());
            double cy = py(up, mark.point().y());
            double baseline = Math.max(cy + 4, free);
            free = baseline + 15;
            boolean fits = cx + 10 + CHARACTER * mark.name().length() < WIDTH - RIGHT;
            svg.append(
                            "<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"%s\"/>\n"
                                    .formatted(n(cx), n(cy), mark.colour()))
                    .append(
                            text(
                                    fits ? cx + 10 : cx - 10,
                                    baseline,
                                    fits ? "start" : "end",
                                    "mark",
                                    mark.name()));
        }
    }

    /** Writes the names of lines and events below the axis; returns how many lines they take. */
    private int legend(StringBuilder svg) {
        double at = LEFT;
        int row = 0;
        for (int k = 0; k < lines.size() + events.size(); k++) {
            boolean isLine = k < lines.size();
            Events event = isLine ? null : events.get(k - lines.size());
            String name = isLine ? lines.get(k).name() : event.name();
            String colour = isLine ? lines.get(k).colour() : event.colour();
            double width = 30 + CHARACTER * name.length() + 18;
            if (at > LEFT && at + width > WIDTH) {
                at = LEFT;
                row++;
            }
            int line = TOP + INNER_HEIGHT + AXIS + row * LEGEND_LINE + 10;
            svg.append(
                            path(
                                    "M%s %dh22".formatted(n(at), line - 4),
                                    colour,
                                    isLine ? 2 * LINE : 1,
                                    isLine ? "" : " stroke-dasharray=\"3 3\""))
                    .append(text(at + 28, line, "start", "legend", name));
            at += width;
        }
        return lines.isEmpty() && events.isEmpty() ? 0 : row + 1;
    }

    private static double px(Scale across, double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * across.at(value);
    }

    private static double py(Scale up, double value) {
        return TOP + INNER_HEIGHT * (1 - up.at(value));
    }

    private static String path(String data, String colour, double width, String more) {
        return "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\" stroke-linecap=\"round\"%s/>\n"
                .formatted(data, colour, n(width), more);
    }

    private static String text(double x, double y, String anchor, String style, String text) {
        return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(style, n(x), n(y), anchor, HtmlPage.escape(text));
    }

    private static String n(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
