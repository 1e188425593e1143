package hlstm.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What standard output is connected to. */
final class StandardOutput {
    private static final Path FILE = Path.of("/dev/stdout");
    private static final int TYPE = 0170000;

    /** Types of files that fail only because nobody reads them any more: FIFOs and sockets. */
    private static final Set<Integer> READ_BY_OTHERS = Set.of(0010000, 0140000);

    private StandardOutput() {}

    /**
     * Whether another program reads it, as in {@code hlstm inspect MODEL | head}: when a write
     * fails, that program has seen enough and has gone, which is no error. False where the system
     * does not tell, as on Windows.
     */
    static boolean isReadByAnotherProgram() {
        try {
            int mode = (int) Files.getAttribute(FILE, "unix:mode");
            return READ_BY_OTHERS.contains(mode & TYPE);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
