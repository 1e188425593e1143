package hlstm.trainer.html;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Whether Java finds fonts to draw plots with; slim containers often have none. */
final class PlotFonts {
    private PlotFonts() {}

    /** Why this machine cannot draw text; empty if it can. */
    static Optional<String> obstacle() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What the platform throws where no font, or no library to find one, is installed.
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        } finally {
            graphics.dispose();
        }
    }
}
