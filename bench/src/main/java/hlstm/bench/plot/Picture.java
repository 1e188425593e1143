package hlstm.bench.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/** Writes charts as PNG pictures. */
public final class Picture {
    /** Drawn larger than it is shown, for screens of high resolution. */
    private static final int SCALE = 2;

    private Picture() {}

    /**
     * Writes a chart.
     *
     * @param width that it is shown in
     * @param height that it is shown in
     * @throws IOException if the file cannot be written
     */
    public static void write(XYChart chart, int width, int height, Path file) throws IOException {
        BufferedImage image =
                new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        chart.paint(graphics, width, height);
        graphics.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java platform writes no PNG pictures");
        }
    }
}
