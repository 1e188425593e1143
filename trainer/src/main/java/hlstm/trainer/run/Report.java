package hlstm.trainer.run;

import hlstm.sparse.SparsityPattern;
import hlstm.trainer.html.HtmlPage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The report of a run: one HTML file that needs no other, with plots of loss, scores and density,
 * maps of the connections before and after, and the final figures of every matrix. Made from the
 * run's folder, finished or not.
 */
public final class Report {
    private Report() {}

    /**
     * Writes the report of a run into its folder.
     *
     * @return the file
     * @throws RunException if the folder holds no run, or a file of it is damaged
     * @throws IOException if the folder cannot be read or written
     */
    public static Path write(RunFolder folder) throws IOException {
        return write(folder, HtmlPage::new);
    }

    /** Writes the report on a page that is made from its title. */
    static Path write(RunFolder folder, Function<String, HtmlPage> pages) throws IOException {
        Recipe recipe = folder.recipe();
        List<RunEvent> events = EventLog.read(folder.events());
        ConnectionHistory connections = ConnectionHistory.read(folder, events);
        HtmlPage page = pages.apply("Run of " + recipe.name());
        fill(page, recipe, events, connections);
        AtomicFile.writeString(folder.report(), page.toString());
        return folder.report();
    }

    private static void fill(
            HtmlPage page, Recipe recipe, List<RunEvent> events, ConnectionHistory connections) {
        page.paragraph(recipe.description());
        page.paragraph(state(events));
        page.figures(summary(recipe, events));
        page.plot(ReportCharts.loss(events, recipe.lossLabel()));
        page.plot(ReportCharts.scores(events, recipe.scores()));
        page.plot(ReportCharts.densities(events));
        changes(page, events);
        matrices(page, events);
        maps(page, recipe, connections);
        settings(page, recipe);
    }

    private static String state(List<RunEvent> events) {
        if (events.isEmpty()) {
            return "The run has not finished its first epoch.";
        }
        RunEvent last = events.getLast();
        String reason =
                events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.STOP)
                        .map(e -> " Ended early: " + e.message() + ".")
                        .reduce("", (a, b) -> b);
        return last.event() == RunEvent.Kind.END
                ? "Finished after %d epochs.%s %s".formatted(last.epoch(), reason, last.message())
                : "Not finished: %d epochs so far.%s".formatted(last.epoch(), reason);
    }

    /** Of a finished run the model that was written, of another the best so far. */
    private static List<String[]> summary(Recipe recipe, List<RunEvent> events) {
        List<String[]> figures = new ArrayList<>();
        ScoreKind deciding = recipe.scores().getFirst();
        RunEvent best = best(events, deciding);
        RunEvent end = null;
        RunEvent sized = null;
        double seconds = 0;
        for (RunEvent event : events) {
            end = event.event() == RunEvent.Kind.END ? event : end;
            sized = event.weights() == null ? sized : event;
            seconds = event.seconds();
        }
        if (end != null) {
            rates(figures, recipe, end, "of the model");
        }
        if (best != null && (end == null || isBetter(best, end, deciding))) {
            rates(figures, recipe, best, "at best, epoch %d".formatted(best.epoch()));
        }
        if (sized != null) {
            String of = end == null ? "now" : "of the model";
            figures.add(new String[] {grouped(sized.weights()), "gate weights " + of});
            figures.add(new String[] {percent(100 * sized.density()) + " %", "density"});
        }
        figures.add(new String[] {duration(seconds), "training time"});
        figures.add(new String[] {Long.toString(recipe.seed()), "seed"});
        return figures;
    }

    private static boolean isBetter(RunEvent event, RunEvent other, ScoreKind kind) {
        return kind.cost(event.score(kind)) < kind.cost(other.score(kind));
    }

    private static RunEvent best(List<RunEvent> events, ScoreKind kind) {
        RunEvent best = null;
        for (RunEvent event : events) {
            if (event.event() == RunEvent.Kind.EPOCH
                    && event.score(kind) != null
                    && (best == null || isBetter(event, best, kind))) {
                best = event;
            }
        }
        return best;
    }

    private static void rates(List<String[]> figures, Recipe recipe, RunEvent event, String of) {
        for (ScoreKind kind : recipe.scores()) {
            figures.add(new String[] {kind.figure(event.score(kind)), kind.label() + " " + of});
        }
    }

    private static void changes(HtmlPage page, List<RunEvent> events) {
        List<List<String>> rows = new ArrayList<>();
        for (RunEvent event : events) {
            switch (event.event()) {
                case PHASE, GROW, PRUNE, LATENCY, ROLLBACK, STOP, RESUME, WARNING ->
                        rows.add(
                                List.of(
                                        Integer.toString(event.epoch()),
                                        event.event().label(),
                                        event.weights() == null ? "" : grouped(event.weights()),
                                        event.density() == null
                                                ? ""
                                                : percent(100 * event.density()),
                                        event.message() == null ? "" : event.message()));
                default -> {}
            }
        }
        page.table(
                "What changed",
                List.of("epoch", "event", "gate weights", "density, %", ""),
                List.of(true, false, true, true, false),
                rows);
    }

    private static void matrices(HtmlPage page, List<RunEvent> events) {
        List<MatrixFigures> last = List.of();
        for (RunEvent event : events) {
            last = event.matrices() == null ? last : event.matrices();
        }
        List<List<String>> rows = new ArrayList<>();
        for (MatrixFigures matrix : last) {
            rows.add(
                    List.of(
                            matrix.name(),
                            "%d × %d".formatted(matrix.rows(), matrix.columns()),
                            grouped(matrix.weights()),
                            percent(100 * matrix.density()),
                            grouped(2L * matrix.weights())));
        }
        if (!rows.isEmpty()) {
            GateMatrices all = new GateMatrices(last);
            rows.add(
                    List.of(
                            "all gate matrices",
                            "",
                            grouped(all.weights()),
                            percent(100 * all.density()),
                            grouped(2 * all.weights())));
        }
        page.table(
                "Gate matrices at the end",
                List.of("matrix", "shape", "weights", "density, %", "FLOPs a step"),
                List.of(false, true, true, true, true),
                rows);
    }

    private static void maps(HtmlPage page, Recipe recipe, ConnectionHistory connections) {
        TreeSet<String> names = new TreeSet<>(connections.before().keySet());
        names.retainAll(connections.after().keySet());
        if (names.isEmpty()) {
            return;
        }
        page.heading("Connections before and after");
        page.paragraph(
                "A pixel is one connection, or a square of them in a large matrix: the darker, the"
                        + " more of them exist. Connections that come in blocks of rows or in banks"
                        + " show as small stripes and squares, and places without any as holes.");
        for (String name : names) {
            SparsityPattern pattern = connections.before().get(name);
            BufferedImage before = ConnectionMap.draw(pattern);
            page.pair(
                    name,
                    axes(name, pattern, recipe.gatesShareHidden()),
                    ConnectionMap.shownWidth(before),
                    "before: " + label(pattern),
                    before,
                    "after: " + label(connections.after().get(name)),
                    ConnectionMap.draw(connections.after().get(name)));
        }
    }

    /** What goes down and what goes across in a map. */
    private static String axes(String name, SparsityPattern pattern, boolean sharedHidden) {
        boolean ofAllGates = name.contains("gates.0.") && !sharedHidden;
        int side = ConnectionMap.side(pattern.rows(), pattern.columns());
        return "down: %s outputs%s; across: %s inputs%s"
                .formatted(
                        grouped(pattern.rows()),
                        ofAllGates
                                ? ", a quarter for each of the gates i, f, g, o in this order"
                                : "",
                        grouped(pattern.columns()),
                        side == 1 ? "" : "; a pixel is %d x %d connections".formatted(side, side));
    }

    private static String label(SparsityPattern pattern) {
        return "%s connections (%s), %s %%"
                .formatted(
                        grouped(pattern.nonzeros()),
                        pattern.geometry().label(),
                        percent(100 * pattern.density()));
    }

    private static void settings(HtmlPage page, Recipe recipe) {
        List<List<String>> rows = new ArrayList<>();
        RecipeSettings.effective(recipe).forEach((key, value) -> rows.add(List.of(key, value)));
        page.foldedTable("Recipe", List.of("setting", "value"), List.of(false, false), rows);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60
                ? "%d s".formatted(whole)
                : "%d min %02d s".formatted(whole / 60, whole % 60);
    }
}
