package hlstm.trainer.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.html.Plot.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {
    PlotTest() {}

    private static Plot plot(Axis y) {
        return new Plot("title & more", Axis.epochs(), y);
    }

    private static List<Element> elements(Plot plot, String name) throws Exception {
        Document svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        plot.svg().getBytes(StandardCharsets.UTF_8)));
        NodeList nodes = svg.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int k = 0; k < nodes.getLength(); k++) {
            elements.add((Element) nodes.item(k));
        }
        return elements;
    }

    private static List<String> texts(Plot plot, String style) throws Exception {
        return elements(plot, "text").stream()
                .filter(text -> text.getAttribute("class").equals(style))
                .map(Element::getTextContent)
                .toList();
    }

    /** The lines of a colour, without the one in the legend. */
    private static Element line(Plot plot, String colour) throws Exception {
        return elements(plot, "path").stream()
                .filter(path -> path.getAttribute("stroke").equals(colour))
                .findFirst()
                .orElseThrow();
    }

    private static double width(Plot plot, String colour) throws Exception {
        return Double.parseDouble(line(plot, colour).getAttribute("stroke-width"));
    }

    private static List<Point> points(double... y) {
        return IntStream.range(0, y.length).mapToObj(k -> new Point(k, y[k])).toList();
    }

    @Test
    void equalRatiosAreEquallyFarApartOnALogarithmicAxis() throws Exception {
        Plot plot = plot(Axis.logarithmic("loss")).line("a", "#00f", points(100, 10, 1));
        String[] data = line(plot, "#00f").getAttribute("d").split("[ML]");
        double[] y = new double[3];
        for (int k = 0; k < 3; k++) {
            y[k] = Double.parseDouble(data[k + 1].split(" ")[1]);
        }
        assertEquals(y[1] - y[0], y[2] - y[1], 0.11, "coordinates have a decimal");
        assertTrue(y[1] > y[0], "small values lie lower");
        assertEquals(
                List.of("1", "2", "5", "10", "20", "50", "100"),
                texts(plot, "tick").stream().filter(t -> !t.equals("0")).toList().subList(0, 7));
    }

    @Test
    void whatALogarithmicAxisCannotShowIsLeftOut() {
        assertTrue(
                plot(Axis.logarithmic("loss"))
                        .line("a", "#00f", points(0, -1, Double.NaN))
                        .isEmpty());
        assertThrows(IllegalStateException.class, () -> plot(Axis.fromZero("x")).svg());
    }

    @Test
    void equalLinesAreAllToBeSeen() throws Exception {
        Plot plot =
                plot(Axis.fromZero("density"))
                        .line("a", "#00f", points(30, 40, 20))
                        .line("b", "#0f0", points(30, 40, 20))
                        .line("c", "#f00", points(30, 40, 20))
                        .line("d", "#ff0", points(3, 4, 2));
        assertTrue(width(plot, "#00f") > width(plot, "#0f0") + 3);
        assertTrue(width(plot, "#0f0") > width(plot, "#f00") + 3);
        assertEquals(width(plot, "#f00"), width(plot, "#ff0"));
    }

    @Test
    void bandsAreLabelledWhereTheLabelFits() throws Exception {
        Plot plot =
                plot(Axis.fromZero("density"))
                        .line("a", "#00f", points(new double[101]))
                        .band(0, 1, "grow", "#eee")
                        .band(1, 100, "prune", "#ddd");
        assertEquals(2, elements(plot, "rect").size());
        assertEquals(List.of("prune"), texts(plot, "band"));
        Element grow = elements(plot, "rect").getFirst();
        Element prune = elements(plot, "rect").getLast();
        assertEquals(
                Double.parseDouble(prune.getAttribute("x")),
                Double.parseDouble(grow.getAttribute("x"))
                        + Double.parseDouble(grow.getAttribute("width")),
                0.11);
    }

    @Test
    void anAxisFromZeroEndsAtARoundNumber() throws Exception {
        Plot plot = plot(Axis.fromZero("rate")).line("a", "#00f", points(0.4, 97.5));
        List<String> ticks = texts(plot, "tick");
        assertEquals(List.of("0", "20", "40", "60", "80", "100"), ticks.subList(0, 6));
    }

    @Test
    void equalValuesAreShownToo() throws Exception {
        Plot plot = plot(Axis.logarithmic("loss")).line("a", "#00f", List.of(new Point(1, 3)));
        assertTrue(texts(plot, "tick").contains("2"));
        Plot zeros = plot(Axis.fromZero("rate")).line("a", "#00f", List.of(new Point(0, 0)));
        assertTrue(zeros.svg().contains("</svg>"));
    }

    @Test
    void namesOfPointsDoNotOverlap() throws Exception {
        Plot plot =
                new Plot("t", Axis.fromZero("weights"), Axis.fromZero("errors"))
                        .point("a", "#00f", new Point(10, 1))
                        .point("b", "#0f0", new Point(11, 1.01))
                        .point("c", "#f00", new Point(12, 0.99));
        List<Double> y =
                elements(plot, "text").stream()
                        .filter(text -> text.getAttribute("class").equals("mark"))
                        .map(text -> Double.valueOf(text.getAttribute("y")))
                        .sorted()
                        .toList();
        assertEquals(3, y.size());
        assertTrue(y.get(1) - y.get(0) >= 12 && y.get(2) - y.get(1) >= 12, y::toString);
    }

    @Test
    void textIsEscaped() throws Exception {
        Plot plot = plot(Axis.fromZero("<y>")).line("a < b", "#00f", points(1));
        assertEquals(List.of("title & more"), texts(plot, "title"));
        assertEquals(List.of("a < b"), texts(plot, "legend"));
        assertTrue(texts(plot, "axis").contains("<y>"));
    }
}
