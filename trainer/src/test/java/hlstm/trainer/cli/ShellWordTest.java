package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @ParameterizedTest
    @ValueSource(strings = {"runs/an4", "./a-b_c.wav", "größe", "C:x", "a=b,c%d+e@f"})
    void plainWordsStayAsTheyAre(String word) {
        assertEquals(word, ShellWord.of(word, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b", "it's", "", "~", "$HOME", "`x`", "a;b", "*", "-x", "=ls", "a\\b", "\"", "!1",
                "#", "{a,b}"
            })
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no POSIX shell")
    void aShellReadsOtherWordsBack(String word) throws IOException {
        Process shell =
                new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word, false)).start();
        byte[] read = shell.getInputStream().readAllBytes();
        assertEquals(word, new String(read, StandardCharsets.UTF_8));
    }

    @Test
    void whatATerminalWouldObeyIsEscaped() {
        assertEquals("$'a\\033[2J\\'\\\\b'", ShellWord.of("a\u001b[2J'\\b", false));
        assertEquals("$'\\342\\200\\256'", ShellWord.of("\u202e", false));
    }

    @Test
    void pathsAreNoOptions() {
        assertEquals(
                "." + Path.of("/").getFileSystem().getSeparator() + "-x",
                ShellWord.of(Path.of("-x")).replace("\"", ""));
    }

    @Test
    void onWindowsWordsWithSpacesAreQuoted() {
        assertEquals("\"C:\\my runs\"", ShellWord.of("C:\\my runs", true));
        assertEquals("C:\\runs", ShellWord.of("C:\\runs", true));
    }
}
