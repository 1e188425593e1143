package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Grüße, 你好", "שלום", "\uD83D\uDE00", "C:\\new", "é"})
    void whatTerminalsShowIsLeftAlone(String text) {
        assertEquals(text, Printable.of(text));
        assertEquals(text, Printable.lines(text));
    }

    @Test
    void whatTerminalsObeyIsEscaped() {
        assertEquals("a\\u001b[2Jb", Printable.of("a\u001b[2Jb"));
        assertEquals("\\u009b2J\\u007f\\u0007", Printable.of("\u009b2J\u007f\u0007"));
        assertEquals("x\\u202egnp.exe", Printable.of("x\u202egnp.exe"));
        assertEquals("\\u000a\\u000d\\u2028", Printable.of("\n\r\u2028"));
        assertEquals("\\ud83d!\\ude00", Printable.of("\uD83D!\uDE00"));
        assertEquals("a\n\tb\\u001b", Printable.lines("a\n\tb\u001b"));
        assertEquals("a\r\nb\\u000dc", Printable.lines("a\r\nb\rc"));
    }

    @Test
    void jsonKeepsItsMeaning() throws Exception {
        List<String> values = List.of("\u001b[31m", "\u009b", "\u007f", "\u2066", "a\nb");
        String json = Json.text(values);
        for (int c : new int[] {0x1b, 0x9b, 0x7f, 0x2066}) {
            assertFalse(json.indexOf(c) >= 0, json);
        }
        assertEquals(values, new ObjectMapper().readValue(json, List.class));
    }
}
