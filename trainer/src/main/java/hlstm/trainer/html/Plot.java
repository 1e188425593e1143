package hlstm.trainer.html;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a plot of lines or points shows; {@link PlotDrawing} draws it. The x axis is linear, the y
 * axis as asked for.
 */
public final class Plot {
    /** A point. */
    public record Point(double x, double y) {}

    /** A line through points, or a lone point. */
    record Series(String name, Color colour, List<Point> points, boolean connected) {}

    /** A stretch of the x axis. */
    record Phase(double from, double to, String label) {}

    /** Something that happened at places of the x axis. */
    record Events(String name, Color colour, List<Double> places) {}

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Series> series = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Events> events = new ArrayList<>();

    /**
     * An empty plot.
     *
     * @throws IllegalArgumentException if the x axis is logarithmic
     */
    public Plot(String title, Axis x, Axis y) {
        if (x.isLogarithmic()) {
            throw new IllegalArgumentException(
                    "plot '%s': the x axis is logarithmic; only the y axis can be"
                            .formatted(title));
        }
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /**
     * Adds a line; points that an axis cannot show are left out.
     *
     * @param name in the legend, used once in the plot
     */
    public Plot line(String name, Color colour, List<Point> points) {
        return add(name, colour, points, true);
    }

    /** Adds a point, under its name in the legend; nothing if an axis cannot show it. */
    public Plot point(String name, Color colour, Point point) {
        return add(name, colour, List.of(point), false);
    }

    private Plot add(String name, Color colour, List<Point> points, boolean connected) {
        List<Point> shown = points.stream().filter(p -> x.shows(p.x()) && y.shows(p.y())).toList();
        if (!shown.isEmpty()) {
            series.add(new Series(name, colour, shown, connected));
        }
        return this;
    }

    /** Adds a stretch of the x axis with its name at the top. */
    public Plot phase(double from, double to, String label) {
        phases.add(new Phase(from, to, label));
        return this;
    }

    /** Adds dashed lines over the whole height, under their name in the legend. */
    public Plot events(String name, Color colour, List<Double> places) {
        if (!places.isEmpty()) {
            events.add(new Events(name, colour, List.copyOf(places)));
        }
        return this;
    }

    /** Whether there is anything to be seen. */
    public boolean isEmpty() {
        return series.isEmpty();
    }

    /** What is to be seen, in words, for those who cannot see it. */
    public String description() {
        StringBuilder text = new StringBuilder(title).append(": ");
        text.append(series.stream().map(Series::name).collect(Collectors.joining("; ")));
        if (!phases.isEmpty()) {
            text.append(". Phases: ")
                    .append(phases.stream().map(Phase::label).collect(Collectors.joining(", ")));
        }
        return text.append('.').toString();
    }

    String title() {
        return title;
    }

    Axis x() {
        return x;
    }

    Axis y() {
        return y;
    }

    List<Series> series() {
        return series;
    }

    List<Phase> phases() {
        return phases;
    }

    List<Events> events() {
        return events;
    }
}
