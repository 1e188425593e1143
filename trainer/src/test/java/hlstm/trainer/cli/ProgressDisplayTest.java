package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final AtomicLong clock = new AtomicLong();
    private final StringWriter text = new StringWriter();

    @Test
    void withoutATerminalALineComesNowAndThen() {
        try (ProgressDisplay display =
                new ProgressDisplay(
                        Terminal.NONE, new PrintWriter(text), "training", 100, clock::get)) {
            for (int second = 0; second <= 40; second++) {
                clock.set(Duration.ofSeconds(second).toNanos());
                display.to(second, "epoch " + second);
            }
        }

        assertEquals(
                """
                training: 5 %, 1 min 35 s left, epoch 5
                training: 20 %, 1 min 20 s left, epoch 20
                training: 35 %, 1 min 5 s left, epoch 35
                """,
                text.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void whatHasBegunToTellTellsOfItsEnd() {
        try (ProgressDisplay display =
                new ProgressDisplay(
                        Terminal.NONE, new PrintWriter(text), "scoring", 10, clock::get)) {
            for (int second = 0; second <= 10; second++) {
                clock.set(Duration.ofSeconds(second).toNanos());
                display.to(second, second + " of 10");
            }
            display.to(10, "10 of 10");
        }

        assertEquals(
                """
                scoring: 50 %, 5 s left, 5 of 10
                scoring: 100 %, 10 of 10
                """,
                text.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void onATerminalALineIsRedrawnWithinItsWidth() {
        Terminal terminal = new Terminal(true, true, true, false, 50);
        try (ProgressDisplay display =
                new ProgressDisplay(terminal, new PrintWriter(text), "training", 4, clock::get)) {
            for (int second = 1; second <= 4; second++) {
                clock.set(Duration.ofSeconds(second).toNanos());
                display.to(second, "epoch " + second);
            }
        }

        assertEquals(
                List.of(
                        "training [===           ] 25 %, 3 s left, epoch 1",
                        "training [=======       ] 50 %, 2 s left, epoch 2",
                        "training [==========    ] 75 %, 1 s left, epoch 3",
                        "training [====================] 100 %, epoch 4",
                        ""),
                List.of(text.toString().split("\\r\u001b\\[K", -1)).subList(1, 6));
    }

    @Test
    void aLineLosesItsBarAndThenItsLastWords() {
        Terminal terminal = new Terminal(true, true, true, false, 50);
        try (ProgressDisplay display =
                new ProgressDisplay(terminal, new PrintWriter(text), "training", 4, clock::get)) {
            clock.set(Duration.ofSeconds(1).toNanos());
            display.to(1, "epoch 1 of 4 (grow), loss");
            clock.set(Duration.ofSeconds(2).toNanos());
            display.to(2, "epoch 2 of 4 (grow), loss 2.34, density 50.0 %");
        }

        assertEquals(
                List.of(
                        "training: 25 %, 3 s left, epoch 1 of 4 (grow)",
                        "training: 50 %, 2 s left, epoch 2 of 4 (grow)", ""),
                List.of(text.toString().split("\\r\u001b\\[K", -1)).subList(1, 4));
    }

    @Test
    void whatIsDoneSoonIsDoneQuietly() {
        try (ProgressDisplay display =
                new ProgressDisplay(
                        Terminal.NONE, new PrintWriter(text), "reading", 2, clock::get)) {
            display.to(1, "one");
            clock.set(Duration.ofSeconds(4).toNanos());
            display.to(2, "two");
        }

        assertEquals("", text.toString());
    }

    @Test
    void timesAreEasyToRead() {
        assertEquals("45 s", ProgressDisplay.text(Duration.ofSeconds(45)));
        assertEquals("3 min 20 s", ProgressDisplay.text(Duration.ofSeconds(200)));
        assertEquals("2 h 5 min", ProgressDisplay.text(Duration.ofMinutes(125)));
    }
}
