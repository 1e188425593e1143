package hlstm.bench.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points are measured and drawn. */
class LatencyChartTest {
    @TempDir private Path folder;

    @Test
    void everySeriesIsDrawnInAColourOfItsOwn() throws Exception {
        List<PlotPoint> points =
                List.of(
                        new PlotPoint("rows16", 0.05, 10),
                        new PlotPoint("rows16", 0.1, 20),
                        new PlotPoint("rows16", 0.2, 40),
                        new PlotPoint("dense", 1, 100));
        Path file = folder.resolve("plot.png");
        new LatencyChart("Title", "density", "0.##", points, "dense").write(file);

        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        assertTrue(colours.contains(0x1f5fa8), "rows16");
        assertTrue(colours.contains(0xd9822b), "dense");
    }

    @Test
    void sweepsTimeEachPoint() {
        List<String> missing = new ArrayList<>();
        Duration brief = Duration.ofMillis(2);
        try (Sweep density = Sweeps.byDensity(64, 32, List.of(0.25, 1.0));
                Sweep weights = Sweeps.byWeights(32, List.of(2000L), List.of(8), missing)) {
            List<PlotPoint> first = density.measure(brief, brief, line -> {});
            List<PlotPoint> second = weights.measure(brief, brief, line -> {});

            assertEquals(3 * 2 + 1, first.size());
            assertEquals(3 + 1 + 1 - missing.size(), second.size());
            assertEquals(0.25, first.getFirst().x());
            assertTrue(first.stream().allMatch(point -> point.p50Micros() > 0));
            assertTrue(second.stream().allMatch(point -> point.p50Micros() > 0));
        }
    }
}
