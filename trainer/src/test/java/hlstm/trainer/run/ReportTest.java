package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.html.HtmlPage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
    @TempDir private Path folder;

    ReportTest() {}

    private Document report() throws Exception {
        String html = Files.readString(Report.write(RunFolder.view(folder)));
        assertTrue(html.startsWith("<!DOCTYPE html>"));
        return parsed(html);
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int k = 0; k < nodes.getLength(); k++) {
            elements.add((Element) nodes.item(k));
        }
        return elements;
    }

    private static List<Element> plots(Document page) {
        return elements(page, "img").stream()
                .filter(image -> image.getAttribute("class").equals("plot"))
                .toList();
    }

    private static List<Element> maps(Document page) {
        return elements(page, "img").stream()
                .filter(image -> !image.getAttribute("class").equals("plot"))
                .toList();
    }

    @Test
    void aFinishedRunHasPlotsMapsAndFigures() throws Exception {
        SmallRuns.train(SmallRuns.growAndPrune(), folder, TrainingListener.NONE);
        Document page = report();
        assertEquals(3, plots(page).size());
        // 2 layers of 2 directions of 6 matrices, before and after.
        assertEquals(2 * 24, elements(page, "figure").size());
        for (Element image : maps(page)) {
            assertTrue(image.getAttribute("src").startsWith("data:image/png;base64,"));
        }
        for (Element plot : plots(page)) {
            assertTrue(plot.getAttribute("src").startsWith("data:image/svg+xml;base64,"));
            String seen = plot.getAttribute("alt");
            assertTrue(seen.endsWith("Phases: grow, settle, prune, retrain."), seen);
        }
        String densities = plots(page).getLast().getAttribute("alt");
        assertTrue(
                densities.startsWith(
                        "Connections: from the input; from the previous output; from gate hidden"
                                + " layers."),
                densities);
        String text = page.getDocumentElement().getTextContent();
        for (String expected :
                List.of(
                        "Finished after",
                        "cut 1 of 2",
                        "layers.1.backward.gates.1.o",
                        "seed",
                        " inputs",
                        "a quarter for each of the gates i, f, g, o")) {
            assertTrue(text.contains(expected), expected);
        }
        assertEquals(List.of(), elements(page, "script"));
        assertEquals(List.of(), elements(page, "link"));
    }

    @Test
    void theHeadlineIsOfTheModelThatWasWritten() throws Exception {
        TrainingOutcome outcome =
                SmallRuns.train(SmallRuns.growAndPrune(), folder, TrainingListener.NONE);
        Element headline =
                elements(report(), "div").stream()
                        .filter(div -> div.getAttribute("class").equals("figures"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(
                headline.getTextContent()
                        .contains(
                                String.format(
                                        Locale.ROOT,
                                        "%.1f %%WER of the model",
                                        outcome.scores().get("wer"))),
                headline.getTextContent());
        assertTrue(
                headline.getTextContent().contains("gate weights of the model"),
                headline.getTextContent());
    }

    @Test
    void mapsBeforeAndAfterHaveTheSameSize() throws Exception {
        SmallRuns.train(SmallRuns.growAndPrune(), folder, TrainingListener.NONE);
        List<Element> maps = maps(report());
        for (int k = 0; k < maps.size(); k += 2) {
            assertEquals(maps.get(k).getAttribute("style"), maps.get(k + 1).getAttribute("style"));
        }
        assertEquals(48, maps.size());
    }

    @Test
    void aDenseRunHasNoPlotOfDensities() throws Exception {
        SmallRuns.train(
                SmallRuns.dense().with(List.of("training.epochs=1")),
                folder,
                TrainingListener.NONE);
        assertEquals(2, plots(report()).size());
    }

    @Test
    void whereThereAreNoFontsTheReportSaysWhatToInstall() throws Exception {
        SmallRuns.train(SmallRuns.growAndPrune(), folder, TrainingListener.NONE);
        Report.write(
                RunFolder.view(folder),
                title -> new HtmlPage(title, Optional.of("no fontconfig here")));
        Document page = parsed(Files.readString(RunFolder.view(folder).report()));
        assertEquals(List.of(), plots(page));
        List<String> lines =
                elements(page, "p").stream()
                        .map(Element::getTextContent)
                        .filter(line -> line.contains("no fontconfig here"))
                        .toList();
        assertEquals(3, lines.size());
        assertTrue(lines.getFirst().contains("'Training loss' is missing"), lines::toString);
        assertTrue(lines.getFirst().contains("Install fontconfig"), lines::toString);
        assertEquals(2 * 24, elements(page, "figure").size(), "maps need no fonts");
    }

    @Test
    void anUnfinishedRunIsReportedToo() throws Exception {
        assertThrows(
                IllegalStateException.class,
                () ->
                        SmallRuns.train(
                                SmallRuns.growAndPrune(),
                                folder,
                                new TrainingListener() {
                                    @Override
                                    public void batch(Progress progress) {
                                        if (progress.epoch() == 3) {
                                            throw new IllegalStateException("broken off");
                                        }
                                    }
                                }));
        Document page = report();
        assertEquals(3, plots(page).size());
        assertTrue(page.getDocumentElement().getTextContent().contains("Not finished: 2 epochs"));
    }

    @Test
    void aRunThatHasJustBegunIsReportedToo() throws Exception {
        RunFolder.create(folder, SmallRuns.dense()).close();
        Document page = report();
        assertEquals(List.of(), plots(page));
        assertTrue(
                page.getDocumentElement()
                        .getTextContent()
                        .contains("not finished its first epoch"));
    }

    @Test
    void textIsEscaped() throws Exception {
        RunFolder.create(folder, SmallRuns.dense().with(List.of("description=a < b & \"c\"")))
                .close();
        assertTrue(report().getDocumentElement().getTextContent().contains("a < b & \"c\""));
    }

    @Test
    void aFolderWithoutARunIsRefused() {
        RunException e = assertThrows(RunException.class, () -> RunFolder.view(folder));
        assertTrue(e.getMessage().contains("is no run"), e.getMessage());
        assertFalse(Files.exists(folder.resolve("report.html")));
    }
}
