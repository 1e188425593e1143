package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.TrainingListener.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDisplayTest {
    private static final Terminal TERMINAL = new Terminal(true, true, true, false, 120);

    private final StringWriter text = new StringWriter();

    private TrainingDisplay display(Terminal terminal) {
        return new TrainingDisplay(
                terminal,
                new PrintWriter(text),
                "run",
                Recipes.named("speech-small").scores().getFirst(),
                true);
    }

    /** What takes long after the last batch is not taken for the end. */
    @Test
    void aTerminalShowsThatTheNetworkIsBeingScored() {
        try (TrainingDisplay display = display(TERMINAL)) {
            display.batch(new Progress(2, 2, "train", 9, 9, 1.8, 1.234, Duration.ofSeconds(30)));
            display.scoring();
        }

        List<String> lines = List.of(text.toString().split("\\r\u001b\\[K", -1));
        assertEquals(
                List.of(
                        "run [==================  ] 90 %, 30 s left, epoch 2 of 2 (train), loss 1.23",
                        "run [==================  ] 90 %, 30 s left, epoch 2 of 2 (scoring), loss 1.23",
                        ""),
                lines.subList(1, lines.size()));
    }

    @Test
    void elsewhereScoringAddsNoLines() {
        try (TrainingDisplay display = display(Terminal.NONE)) {
            display.batch(new Progress(1, 2, "train", 9, 9, 0.9, 1.234, null));
            display.scoring();
            display.scoring();
        }
        assertEquals("", text.toString());
    }

    @Test
    void scoringBeforeAnyBatchShowsNothing() {
        try (TrainingDisplay display = display(TERMINAL)) {
            display.scoring();
        }
        assertEquals("", text.toString());
    }
}
