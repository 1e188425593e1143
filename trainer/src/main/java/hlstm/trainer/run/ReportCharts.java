package hlstm.trainer.run;

import hlstm.trainer.html.Axis;
import hlstm.trainer.html.Plot;
import hlstm.trainer.html.Plot.Point;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plots of a report, with the phases of grow-and-prune marked. */
final class ReportCharts {
    private static final Color BLUE = new Color(0x1f5fa8);
    private static final Color ORANGE = new Color(0xd9822b);
    private static final Color GREEN = new Color(0x3a8f5a);
    private static final Color RED = new Color(0xb5383d);

    /** Lines as near as this, in percent, cannot be told apart where a percent is three pixels. */
    private static final double NEAR = 0.5;

    private static final String FROM_INPUT = "from the input";
    private static final String FROM_OUTPUT = "from the previous output";
    private static final String FROM_HIDDEN = "from gate hidden layers";

    private static final Set<String> MARKED_PHASES = Set.of("grow", "settle", "prune", "retrain");

    private ReportCharts() {}

    /** Mean loss of each epoch; empty without an epoch. */
    static Plot loss(List<RunEvent> events, String label) {
        Plot plot = new Plot("Training loss", Axis.fromZero("epoch"), Axis.logarithmic(label));
        plot.line("training set", BLUE, points(events, RunEvent::loss));
        return withPhases(plot, events);
    }

    /** Scores of each evaluation; empty without one. */
    static Plot scores(List<RunEvent> events, List<ScoreKind> kinds) {
        String axis = kinds.getFirst().higherIsBetter() ? "score" : "error rate, %";
        Plot plot = new Plot("Development set", Axis.fromZero("epoch"), Axis.fromZero(axis));
        for (int k = 0; k < kinds.size(); k++) {
            ScoreKind kind = kinds.get(k);
            List<Point> points = points(events, event -> event.score(kind));
            if (!points.isEmpty()) {
                String last = kind.figure(points.getLast().y()) + " in the last epoch";
                plot.line(kind.meaning() + ", " + last, k == 0 ? BLUE : ORANGE, points);
            }
        }
        return withPhases(plot, events);
    }

    /**
     * Density of each kind of gate matrix, kinds that cannot be told apart in one line; empty if
     * none was ever logged, or all stay dense.
     */
    static Plot densities(List<RunEvent> events) {
        Plot plot = new Plot("Connections", Axis.fromZero("epoch"), Axis.fromZero("density, %"));
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        int last = 0;
        boolean sparse = false;
        for (RunEvent event : events) {
            last = Math.max(last, event.epoch());
            if (event.matrices() != null && event.event() != RunEvent.Kind.END) {
                for (Map.Entry<String, Double> kind : byKind(event.matrices()).entrySet()) {
                    sparse |= kind.getValue() < 1;
                    step(
                            lines.computeIfAbsent(kind.getKey(), k -> new ArrayList<>()),
                            event.epoch(),
                            100 * kind.getValue());
                }
            }
        }
        if (!sparse) {
            return plot;
        }
        for (List<Point> points : lines.values()) {
            points.add(new Point(last, points.getLast().y()));
        }
        for (List<String> kinds : alike(lines)) {
            String first = kinds.getFirst();
            boolean all = kinds.size() > 1 && kinds.size() == lines.size();
            String name = all ? "all gate matrices" : String.join(" and ", kinds);
            plot.line(name, colour(first), lines.get(first));
        }
        return withPhases(plot, events);
    }

    /** The kinds in groups whose lines lie on one another. */
    private static List<List<String>> alike(Map<String, List<Point>> lines) {
        List<List<String>> groups = new ArrayList<>();
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            groups.stream()
                    .filter(group -> isNear(lines.get(group.getFirst()), line.getValue()))
                    .findFirst()
                    .orElseGet(
                            () -> {
                                groups.add(new ArrayList<>());
                                return groups.getLast();
                            })
                    .add(line.getKey());
        }
        return groups;
    }

    private static boolean isNear(List<Point> one, List<Point> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int k = 0; k < one.size(); k++) {
            if (one.get(k).x() != other.get(k).x()
                    || Math.abs(one.get(k).y() - other.get(k).y()) > NEAR) {
                return false;
            }
        }
        return true;
    }

    /** A density holds until the event that changes it, so the line goes in steps. */
    private static void step(List<Point> points, int epoch, double density) {
        if (!points.isEmpty()) {
            points.add(new Point(epoch, points.getLast().y()));
        }
        points.add(new Point(epoch, density));
    }

    private static Map<String, Double> byKind(List<MatrixFigures> matrices) {
        return matrices.stream()
                .collect(
                        Collectors.groupingBy(
                                matrix -> kind(matrix.name()),
                                LinkedHashMap::new,
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        kind -> new GateMatrices(kind).density())));
    }

    private static String kind(String parameter) {
        if (parameter.endsWith("gates.0.input")) {
            return FROM_INPUT;
        }
        return parameter.endsWith("gates.0.recurrent") ? FROM_OUTPUT : FROM_HIDDEN;
    }

    private static Color colour(String kind) {
        return switch (kind) {
            case FROM_INPUT -> BLUE;
            case FROM_OUTPUT -> ORANGE;
            default -> GREEN;
        };
    }

    private static List<Point> points(List<RunEvent> events, Function<RunEvent, Double> value) {
        return events.stream()
                .filter(e -> e.event() == RunEvent.Kind.EPOCH && value.apply(e) != null)
                .map(e -> new Point(e.epoch(), value.apply(e)))
                .toList();
    }

    /** Marks each phase, from the end of the epoch before it to the end of its last epoch. */
    private static Plot withPhases(Plot plot, List<RunEvent> events) {
        String phase = null;
        int from = 0;
        int to = 0;
        for (RunEvent event : events) {
            if (event.event() == RunEvent.Kind.EPOCH) {
                if (!event.phase().equals(phase)) {
                    mark(plot, from, to, phase);
                    from = to;
                    phase = event.phase();
                }
                to = event.epoch();
            }
        }
        mark(plot, from, to, phase);
        return plot.events(
                "rollback",
                RED,
                events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.ROLLBACK)
                        .map(e -> (double) e.epoch())
                        .toList());
    }

    private static void mark(Plot plot, int from, int to, String phase) {
        if (phase != null && MARKED_PHASES.contains(phase)) {
            plot.phase(from, to, phase);
        }
    }
}
