package hlstm.trainer.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries' log messages off the screen unless they are wanted or serious. */
final class Logging {
    /** Held here, since a logger that nobody holds forgets its level. */
    private static final Logger LOGGER = Logger.getLogger("hlstm");

    private Logging() {}

    static void configure(boolean debug) {
        LOGGER.setLevel(debug ? Level.INFO : Level.WARNING);
    }
}
