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
            return obstacle(() -> graphics.getFontMetrics(new Font(Font.SANS_SERIF, 0, 12)));
        } finally {
            graphics.dispose();
        }
    }

    /** Why a use of a font fails; empty if it does not. */
    static Optional<String> obstacle(Runnable use) {
        try {
            use.run();
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            // Without fontconfig the platform throws an exception or a LinkageError, and with
            // fontconfig but no font a plain Error.
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
