package hlstm.trainer.cli;

import hlstm.trainer.html.Axis;
import hlstm.trainer.html.HtmlPage;
import hlstm.trainer.html.Plot;
import hlstm.trainer.html.Plot.Point;
import hlstm.trainer.machine.Machine;
import hlstm.trainer.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The demonstration's models held against each other on one page. */
final class DemoPage {
    static final String FILE = "comparison.html";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd, HH:mm xxx", Locale.ROOT);

    private final Demo.Result result;
    private final Path folder;

    private DemoPage(Demo.Result result, Path folder) {
        this.result = result;
        this.folder = folder;
    }

    /**
     * Writes the page.
     *
     * @param folder of the demonstration
     * @return the file
     * @throws IOException if the log of a run cannot be read or the page not be written
     */
    static Path write(Demo.Result result, Path folder) throws IOException {
        return Files.writeString(
                folder.resolve(FILE), new DemoPage(result, folder).page().toString());
    }

    private HtmlPage page() throws IOException {
        HtmlPage page = new HtmlPage("Spoken digits: the models compared");
        page.paragraph(
                "All were trained on the same synthetic speech. Word errors are of voices that training"
                        + " has not heard. A ratio is to the model in the first row.");
        page.paragraph(
                "Seed %d, made on %s in %s on %s."
                        .formatted(
                                result.seed(),
                                DATE.format(result.begun()),
                                ProgressDisplay.text(
                                        Duration.ofSeconds(Math.round(result.seconds()))),
                                Machine.here().description()));
        page.table(
                "Size, accuracy, time",
                DemoTable.HEADER.stream().map(title -> title.replace(">", "")).toList(),
                DemoTable.HEADER.stream().map(title -> title.startsWith(">")).toList(),
                DemoTable.rows(result.rows()));
        page.paragraph(
                String.format(
                        Locale.ROOT,
                        "A frame is %.0f ms of sound; p50 and p99 are times of one step on one thread"
                                + " of this machine.",
                        result.frameMillis()));
        page.plot(scatter("Word errors against size", "weights", Demo.Row::weights));
        page.plot(
                scatter(
                        "Word errors against time",
                        "p50 of a step, microseconds",
                        row -> row.p50Nanos() / 1000));
        page.heading("Training");
        page.plot(
                DemoCurves.of(
                        "Training loss",
                        Axis.logarithmic("loss of an utterance"),
                        runs(),
                        RunEvent::loss));
        page.plot(
                DemoCurves.of(
                        "Word errors on the development set",
                        Axis.fromZero("word error rate, %"),
                        runs(),
                        RunEvent::wer));
        for (Demo.Row row : result.rows()) {
            page.link(
                    "Report of the " + row.name(),
                    folder.relativize(row.report()).toString().replace('\\', '/'));
        }
        return page;
    }

    private Plot scatter(String title, String label, ToDoubleFunction<Demo.Row> across) {
        Plot plot = new Plot(title, Axis.fromZero(label), Axis.fromZero("word error rate, %"));
        for (int k = 0; k < result.rows().size(); k++) {
            Demo.Row row = result.rows().get(k);
            plot.point(
                    row.name(),
                    DemoCurves.colour(k),
                    new Point(across.applyAsDouble(row), 100 * row.wer()));
        }
        return plot;
    }

    private Map<String, Path> runs() {
        Map<String, Path> runs = new LinkedHashMap<>();
        result.rows().forEach(row -> runs.put(row.name(), row.report().getParent()));
        return runs;
    }
}
