package hlstm.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Logging of the processes that JMH forks: serious messages alone, since each process would repeat
 * which kernels it has chosen. Named by the system property {@code java.util.logging.config.class}.
 */
public final class QuietLogging {
    private static final String CONFIGURATION =
            """
            handlers=java.util.logging.ConsoleHandler
            .level=WARNING
            """;

    /**
     * Called by the log manager.
     *
     * @throws IOException never
     */
    public QuietLogging() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(
                        new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
    }
}
