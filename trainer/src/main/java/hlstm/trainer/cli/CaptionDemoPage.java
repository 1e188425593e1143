package hlstm.trainer.cli;

import hlstm.trainer.html.Axis;
import hlstm.trainer.html.HtmlPage;
import hlstm.trainer.run.RunEvent;
import hlstm.trainer.run.ScoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The captioning demonstration on one page: pictures with their captions, and the models. */
final class CaptionDemoPage {
    static final String FILE = "comparison.html";

    private CaptionDemoPage() {}

    /**
     * Writes the page.
     *
     * @param score of the curves
     * @param folder of the demonstration
     * @return the file
     * @throws IOException if the log of a run cannot be read or the page not be written
     */
    static Path write(CaptionDemo.Result result, ScoreKind score, Path folder) throws IOException {
        HtmlPage page = new HtmlPage("Drawn scenes: the captions compared");
        page.paragraph(
                "All models learned from the same pictures. Those below show scenes that training has"
                        + " not seen; first come some of which a caption is wrong in a detail, if"
                        + " there are any.");
        List<String> titles = new ArrayList<>(List.of("reference"));
        result.rows().forEach(row -> titles.add(row.name()));
        List<List<String>> lines = new ArrayList<>();
        for (CaptionDemo.Shown shown : result.shown()) {
            List<String> texts = new ArrayList<>(List.of(shown.reference()));
            for (CaptionDemo.Written written : shown.written()) {
                texts.add(written.caption() + (written.right() ? "" : " (wrong)"));
            }
            lines.add(texts);
        }
        page.pictures(
                result.shown().stream().map(shown -> shown.picture().image()).toList(),
                titles,
                lines);
        page.table(
                "Size, score, time",
                CaptionDemoTable.HEADER.stream().map(title -> title.replace(">", "")).toList(),
                CaptionDemoTable.HEADER.stream().map(title -> title.startsWith(">")).toList(),
                CaptionDemoTable.rows(result.rows()));
        page.paragraph(
                "A ratio is to the model in the first row. CIDEr-D is times 100, of all pictures of the"
                        + " test set; right are captions in which every number, size, colour, shape"
                        + " and place is. A step writes a word: FLOPs and times include the scores of all"
                        + " words; p50 and p99 are on one thread of the machine that this was run on.");
        Map<String, Path> runs = new LinkedHashMap<>();
        result.rows().forEach(row -> runs.put(row.name(), row.run()));
        page.heading("Training");
        page.plot(
                DemoCurves.of(
                        "Training loss", Axis.logarithmic("loss of a word"), runs, RunEvent::loss));
        page.plot(
                DemoCurves.of(
                        "CIDEr-D on the development set",
                        Axis.fromZero(score.meaning()),
                        runs,
                        event -> event.score(score)));
        for (CaptionDemo.Row row : result.rows()) {
            page.link(
                    "Report of the " + row.name(),
                    folder.relativize(row.run().resolve("report.html"))
                            .toString()
                            .replace('\\', '/'));
        }
        return Files.writeString(folder.resolve(FILE), page.toString());
    }
}
