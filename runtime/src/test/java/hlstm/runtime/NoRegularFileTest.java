package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.runtime.audio.WavFormatException;
import hlstm.runtime.audio.WavReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes and devices, which may never end or never begin, are refused before they are opened. */
final class NoRegularFileTest {
    /** Ample for a refusal; a pipe without a writer would wait for ever. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void foldersAreRefused() {
        refused(folder, "found a folder");
    }

    @Test
    void pipesAreRefused() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo on this system");
        assertEquals(0, new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor());
        refused(pipe, "found a pipe or device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero"})
    void devicesAreRefused(String device) {
        assumeTrue(Files.exists(Path.of(device)), "no " + device + " on this system");
        refused(Path.of(device), "found a pipe or device");
    }

    private static void refused(Path file, String message) {
        refused(() -> Model.load(file), ModelFormatException.class, file, message);
        refused(() -> WavReader.read(file), WavFormatException.class, file, message);
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static void refused(
            Reading reading, Class<? extends IOException> type, Path file, String message) {
        IOException e =
                assertTimeoutPreemptively(SOON, () -> assertThrows(type, () -> reading.read()));
        assertTrue(e.getMessage().contains("expected a regular file, " + message), e.getMessage());
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }
}
