package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void filesThatAreMissingAreNamed() {
        assertEquals(
                "no such file or folder: a.wav", ErrorText.of(new NoSuchFileException("a.wav")));
    }

    @Test
    void theReasonOfTheSystemIsKept() {
        assertEquals(
                "run/model: No space left on device",
                ErrorText.of(
                        new FileSystemException("run/model", null, "No space left on device")));
    }

    @Test
    void namesBeyondTheLocaleAreNamedWithARemedy() {
        String text =
                ErrorText.of(
                        new InvalidPathException(
                                "m\ufffdl",
                                "Malformed input or input contains unmappable characters"));

        assertTrue(text.startsWith("the file name 'm\ufffdl' has characters beyond "), text);
        assertTrue(text.contains("LC_ALL=C.UTF-8"), text);
    }

    @Test
    void wrappersAreOpened() {
        Exception wrapped =
                new ExecutionException(new UncheckedIOException(new IOException("bad header")));

        assertEquals("bad header", ErrorText.of(wrapped));
    }

    @Test
    void severalLinesBecomeOne() {
        assertEquals(
                "expected 3 found 4",
                ErrorText.of(new IllegalArgumentException("expected 3\n   found 4")));
    }

    @Test
    void whatNobodyForesawIsCalledAnInternalError() {
        String text = ErrorText.of(new NullPointerException("no weights"));

        assertTrue(text.startsWith("internal error"), text);
        assertTrue(text.contains("NullPointerException: no weights"), text);
        assertTrue(text.contains("--debug"), text);
    }
}
