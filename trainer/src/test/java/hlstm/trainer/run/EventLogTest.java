package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    private static final RunEvent FIRST =
            RunEvent.of(RunEvent.Kind.START, 0, "grow", 0).withMessage("line\nfeed \"é\"");
    private static final RunEvent SECOND =
            RunEvent.of(RunEvent.Kind.EPOCH, 1, "grow", 1.5).withLoss(2.25, 1e-3).withScore(50, 20);

    @TempDir private Path temporary;
    private Path file;

    EventLogTest() {}

    @BeforeEach
    void place() {
        file = temporary.resolve("events.jsonl");
    }

    private long write() throws IOException {
        try (EventLog log = EventLog.open(file, 0)) {
            log.append(FIRST);
            long length = log.length();
            log.append(SECOND);
            return length;
        }
    }

    @Test
    void eventsAreOneLineEach() throws IOException {
        write();
        assertEquals(List.of(FIRST, SECOND), EventLog.read(file));
        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertEquals(
                "{\"event\":\"epoch\",\"epoch\":1,\"phase\":\"grow\",\"loss\":2.25,"
                        + "\"learningRate\":0.001,\"wer\":50.0,\"cer\":20.0,\"seconds\":1.5}",
                lines.get(1));
    }

    @Test
    void whatCameAfterACheckpointIsDropped() throws IOException {
        long length = write();
        try (EventLog log = EventLog.open(file, length)) {
            log.append(SECOND.withMessage("again"));
        }
        assertEquals(List.of(FIRST, SECOND.withMessage("again")), EventLog.read(file));
    }

    @Test
    void aLineThatIsBeingWrittenIsLeftOut() throws IOException {
        write();
        Files.writeString(file, "{\"event\":\"ep", StandardOpenOption.APPEND);
        assertEquals(List.of(FIRST, SECOND), EventLog.read(file));
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        write();
        Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);
        RunException e = assertThrows(RunException.class, () -> EventLog.read(file));
        assertTrue(e.getMessage().contains("line 3 is no event"), e.getMessage());
    }

    @Test
    void aLogShorterThanItsCheckpointIsRefused() throws IOException {
        write();
        RunException e = assertThrows(RunException.class, () -> EventLog.open(file, 10_000));
        assertTrue(
                e.getMessage().contains("its checkpoint was written after 10000"), e.getMessage());
    }
}
