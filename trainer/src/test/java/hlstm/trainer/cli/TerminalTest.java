package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void theLauncherKnowsEachStream() {
        assertEquals(
                new Terminal(false, false, true, false, 132),
                Terminal.of(Map.of("HLSTM_TERMINAL", "2", "HLSTM_COLUMNS", "132"), true));
    }

    @Test
    void withoutTheLauncherTheConsoleDecides() {
        assertEquals(new Terminal(true, true, true, true, 80), Terminal.of(Map.of(), true));
        assertEquals(Terminal.NONE, Terminal.of(Map.of(), false));
    }

    @Test
    void coloursAreNotSentWhereNobodyWantsThem() {
        assertEquals(
                new Terminal(true, true, true, false, 80),
                Terminal.of(Map.of("NO_COLOR", "1"), true));
        assertEquals(
                new Terminal(true, true, false, false, 80),
                Terminal.of(Map.of("TERM", "dumb"), true));
    }

    @Test
    void widthsThatMakeNoSenseAreNotBelieved() {
        assertEquals(80, Terminal.of(Map.of("HLSTM_COLUMNS", "wide"), true).width());
        assertEquals(80, Terminal.of(Map.of("HLSTM_COLUMNS", "0"), true).width());
        assertEquals(40, Terminal.of(Map.of("HLSTM_COLUMNS", "3"), true).width());
    }
}
