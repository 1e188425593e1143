package hlstm.trainer.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.html.Plot.Point;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {
    /** As fine as coordinates of a picture need to be. */
    private static final double PIXEL = 1;

    PlotTest() {}

    private static Plot plot(Axis y) {
        return new Plot("title & more", Axis.fromZero("epoch"), y);
    }

    private static List<Point> points(double... y) {
        return IntStream.range(0, y.length).mapToObj(k -> new Point(k, y[k])).toList();
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** The elements of a plot that are drawn in a colour, as "stroke" or "fill". */
    private static List<Element> drawn(Plot plot, String element, String how, Color colour)
            throws Exception {
        String style =
                "%s:rgb(%d,%d,%d);"
                        .formatted(how, colour.getRed(), colour.getGreen(), colour.getBlue());
        NodeList nodes = parsed(PlotDrawing.svg(plot)).getElementsByTagName(element);
        List<Element> elements = new ArrayList<>();
        for (int k = 0; k < nodes.getLength(); k++) {
            if (((Element) nodes.item(k)).getAttribute("style").contains(style)) {
                elements.add((Element) nodes.item(k));
            }
        }
        return elements;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static double width(Plot plot, Color colour) throws Exception {
        Matcher width =
                Pattern.compile("stroke-width:([0-9.]+)")
                        .matcher(
                                drawn(plot, "line", "stroke", colour)
                                        .getFirst()
                                        .getAttribute("style"));
        return width.find() ? Double.parseDouble(width.group(1)) : 1;
    }

    @Test
    void equalRatiosAreEquallyFarApartOnALogarithmicAxis() throws Exception {
        Plot plot = plot(Axis.logarithmic("loss")).line("a", Color.BLUE, points(100, 10, 1));
        List<Element> lines = drawn(plot, "line", "stroke", Color.BLUE);
        double first = number(lines.get(0), "y2") - number(lines.get(0), "y1");
        double second = number(lines.get(1), "y2") - number(lines.get(1), "y1");
        assertTrue(first > 0, "small values lie lower");
        assertEquals(first, second, PIXEL);
    }

    @Test
    void whatALogarithmicAxisCannotShowIsLeftOut() throws Exception {
        Plot none = plot(Axis.logarithmic("loss"));
        assertTrue(none.line("a", Color.BLUE, points(0, -1, Double.NaN)).isEmpty());
        assertThrows(IllegalStateException.class, () -> PlotDrawing.chart(none));
        Plot some = plot(Axis.logarithmic("loss")).line("a", Color.BLUE, points(3, 0, 2, 1));
        assertEquals(2, segments(some, Color.BLUE), "of three points");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Plot("t", Axis.logarithmic("x"), Axis.fromZero("y")));
    }

    /** Lines within the plot; the one in the legend is the last. */
    private static int segments(Plot plot, Color colour) throws Exception {
        return drawn(plot, "line", "stroke", colour).size() - 1;
    }

    @Test
    void aLogarithmicAxisHasTwoLabelledValuesAtLeast() {
        for (double[] ends :
                new double[][] {{5, 90}, {9, 110}, {1, 100}, {0.02, 0.9}, {15, 300}, {12, 130}}) {
            PlotRange range = range(ends);
            assertTrue(range.decadesOnly());
            int powers = 0;
            for (int k = -6; k < 6; k++) {
                double power = Math.pow(10, k);
                powers += power >= range.yMin() && power <= range.yMax() ? 1 : 0;
            }
            assertTrue(powers >= 2, range::toString);
        }
        for (double[] ends : new double[][] {{30, 80}, {3, 3}, {40, 41}}) {
            PlotRange range = range(ends);
            assertFalse(range.decadesOnly());
            assertTrue(range.yMin() <= ends[0] && range.yMax() >= ends[1], range::toString);
            assertTrue(range.yMax() / range.yMin() >= 2, range::toString);
        }
    }

    private static PlotRange range(double... values) {
        return PlotRange.of(plot(Axis.logarithmic("loss")).line("a", Color.BLUE, points(values)));
    }

    @Test
    void equalLinesAreAllToBeSeen() throws Exception {
        Plot plot =
                plot(Axis.fromZero("density"))
                        .line("a", Color.BLUE, points(30, 40, 20))
                        .line("b", Color.GREEN, points(30, 40, 20))
                        .line("c", Color.RED, points(30, 40, 20));
        // The later line lies on the earlier one, so it must leave a rim on both sides.
        assertTrue(width(plot, Color.BLUE) >= width(plot, Color.GREEN) + 2 * PIXEL);
        assertTrue(width(plot, Color.GREEN) >= width(plot, Color.RED) + 2 * PIXEL);
        String svg = PlotDrawing.svg(plot);
        assertTrue(svg.indexOf("stroke:rgb(0,0,255)") < svg.indexOf("stroke:rgb(0,255,0)"));
        assertTrue(svg.indexOf("stroke:rgb(0,255,0)") < svg.indexOf("stroke:rgb(255,0,0)"));
    }

    @Test
    void phasesAreMarkedWhereTheyBeginAndNamedWhereTheNameFits() throws Exception {
        Plot plot =
                plot(Axis.fromZero("density"))
                        .line("a", Color.BLUE, points(new double[101]))
                        .phase(0, 1, "grow")
                        .phase(1, 100, "prune");
        List<Element> marks = drawn(plot, "line", "stroke", PlotDrawing.PHASE_LINE);
        assertEquals(1, marks.size());
        Element line = drawn(plot, "line", "stroke", Color.BLUE).get(1);
        assertEquals(number(line, "x1"), number(marks.getFirst(), "x1"), PIXEL);
        assertEquals(1, drawn(plot, "path", "fill", PlotDrawing.PHASE_LABEL).size());
        Plot even =
                plot(Axis.fromZero("density"))
                        .line("a", Color.BLUE, points(new double[101]))
                        .phase(0, 50, "grow")
                        .phase(50, 100, "prune");
        assertEquals(2, drawn(even, "path", "fill", PlotDrawing.PHASE_LABEL).size());
    }

    @Test
    void eventsAreDashedLinesOfTheirOwn() throws Exception {
        Plot plot =
                plot(Axis.logarithmic("loss"))
                        .line("a", Color.BLUE, points(9, 8, 7, 6))
                        .events("rollback", Color.RED, List.of(1.0, 2.0));
        List<Element> lines = drawn(plot, "line", "stroke", Color.RED);
        assertEquals(3, lines.size(), "two, and one in the legend");
        for (int k = 0; k < 2; k++) {
            assertEquals(number(lines.get(k), "x1"), number(lines.get(k), "x2"));
            assertTrue(lines.get(k).getAttribute("style").contains("stroke-dasharray:3"));
        }
        assertTrue(number(lines.get(1), "x1") > number(lines.get(0), "x1") + PIXEL);
    }

    @Test
    void anAxisFromZeroLeavesRoomAboveTheLargestValue() {
        PlotRange range =
                PlotRange.of(plot(Axis.fromZero("rate")).line("a", Color.BLUE, points(40, 97.5)));
        assertEquals(0, range.yMin());
        assertTrue(range.yMax() > 97.5);
    }

    @Test
    void aLoneValueIsShownToo() throws Exception {
        Plot loss = plot(Axis.logarithmic("loss")).line("a", Color.BLUE, List.of(new Point(1, 3)));
        assertFalse(drawn(loss, "rect", "fill", Color.BLUE).isEmpty());
        Plot zero = plot(Axis.fromZero("rate")).line("a", Color.BLUE, List.of(new Point(0, 0)));
        assertFalse(drawn(zero, "rect", "fill", Color.BLUE).isEmpty());
    }

    @Test
    void pointsInOnePlaceAreToldApart() {
        XYChart chart =
                PlotDrawing.chart(
                        plot(Axis.fromZero("errors"))
                                .point("a", Color.BLUE, new Point(10, 1))
                                .point("b", Color.GREEN, new Point(10, 1))
                                .point("c", Color.RED, new Point(10, 1)));
        assertEquals(List.of("a", "b", "c"), List.copyOf(chart.getSeriesMap().keySet()));
        HashSet<Object> markers = new HashSet<>();
        for (XYSeries series : chart.getSeriesMap().values()) {
            assertTrue(series.isShowInLegend());
            markers.add(series.getMarker());
        }
        assertEquals(3, markers.size());
    }

    @Test
    void axesAreLabelled() {
        XYChart chart =
                PlotDrawing.chart(plot(Axis.fromZero("<y>")).line("a", Color.BLUE, points(1)));
        assertEquals("epoch", chart.getXAxisTitle());
        assertEquals("<y>", chart.getYAxisTitle());
        assertEquals("title & more", chart.getTitle());
    }

    @Test
    void aPlotIsAPictureWithinThePageThatIsDescribedInWords() throws Exception {
        HtmlPage page = new HtmlPage("page", Optional.empty());
        page.plot(
                plot(Axis.fromZero("y"))
                        .line("a < b", Color.BLUE, points(1, 2))
                        .phase(0, 1, "grow"));
        page.plot(plot(Axis.fromZero("y")));
        NodeList images = parsed(page.toString()).getElementsByTagName("img");
        assertEquals(1, images.getLength(), "none of an empty plot");
        Element image = (Element) images.item(0);
        assertEquals("title & more: a < b. Phases: grow.", image.getAttribute("alt"));
        assertTrue(image.getAttribute("src").startsWith("data:image/svg+xml;base64,"));
    }

    @Test
    void withoutFontsThereIsALineInsteadThatSaysWhatToInstall() throws Exception {
        HtmlPage page = new HtmlPage("page", Optional.of("Fontconfig head is null"));
        page.plot(plot(Axis.fromZero("y")).line("a", Color.BLUE, points(1, 2)));
        Document document = parsed(page.toString());
        assertEquals(0, document.getElementsByTagName("img").getLength());
        String line = document.getElementsByTagName("p").item(0).getTextContent();
        for (String part :
                List.of("'title & more' is missing", "Fontconfig head is null", "Install")) {
            assertTrue(line.contains(part), line);
        }
    }

    /** What JDKs throw without fontconfig, without a library, and without any font. */
    @Test
    void whateverThePlatformThrowsWithoutFontsIsAnObstacle() {
        assertEquals(Optional.empty(), PlotFonts.obstacle(() -> {}));
        for (Throwable thrown :
                List.of(
                        new RuntimeException("Fontconfig head is null"),
                        new UnsatisfiedLinkError("libfreetype.so.6"),
                        new Error("No physical fonts found"))) {
            assertEquals(
                    Optional.of(thrown.getMessage()),
                    PlotFonts.obstacle(
                            () -> {
                                if (thrown instanceof RuntimeException e) {
                                    throw e;
                                }
                                throw (Error) thrown;
                            }));
        }
    }
}
