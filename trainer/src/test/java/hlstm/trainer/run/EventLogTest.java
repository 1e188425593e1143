package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
            RunEvent.builder(RunEvent.Kind.START, 0, "grow", 0).message("line\nfeed \"é\"").build();
    private static final RunEvent SECOND =
            RunEvent.builder(RunEvent.Kind.EPOCH, 1, "grow", 1.5)
                    .loss(2.25, 1e-3)
                    .scores(new Scores(50, 20), Recipes.named("demo-lstm").scores())
                    .build();
    private static final RunEvent THIRD =
            RunEvent.builder(RunEvent.Kind.RESUME, 1, "grow", 2).build();

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
    void logsOfEarlierVersionsAreReadAndWrittenTheSame() throws IOException {
        List<String> lines =
                List.of(
                        "{\"event\":\"start\",\"epoch\":0,\"phase\":\"grow\",\"weights\":18,"
                                + "\"density\":0.75,\"matrices\":[{\"name\":"
                                + "\"layers.0.forward.gates.0.input\",\"rows\":4,\"columns\":6,"
                                + "\"weights\":18}],\"seconds\":1.0E-4,\"message\":\"some data\"}",
                        "{\"event\":\"seed\",\"epoch\":0,\"phase\":\"grow\",\"weights\":6,"
                                + "\"density\":0.25,\"matrices\":[],\"seconds\":0.0}",
                        "{\"event\":\"epoch\",\"epoch\":1,\"phase\":\"settle\",\"loss\":60.5,"
                                + "\"learningRate\":0.005,\"wer\":12.5,\"cer\":6.25,"
                                + "\"weights\":6,\"density\":0.25,\"seconds\":3.25}",
                        "{\"event\":\"epoch\",\"epoch\":2,\"phase\":\"prune\",\"loss\":50.0,"
                                + "\"learningRate\":0.005,\"weights\":6,\"density\":0.25,"
                                + "\"seconds\":4.0}",
                        "{\"event\":\"rollback\",\"epoch\":2,\"phase\":\"prune\","
                                + "\"seconds\":4.0,\"message\":\"target score missed\"}");
        Files.write(file, lines);
        List<RunEvent> events = EventLog.read(file);
        assertEquals(
                new RunEvent(
                        RunEvent.Kind.START,
                        0,
                        "grow",
                        null,
                        null,
                        null,
                        null,
                        null,
                        18L,
                        0.75,
                        List.of(new MatrixFigures("layers.0.forward.gates.0.input", 4, 6, 18)),
                        null,
                        1e-4,
                        "some data"),
                events.getFirst());
        assertEquals(12.5, events.get(2).wer());
        assertNull(events.get(3).wer());
        assertEquals("target score missed", events.getLast().message());

        try (EventLog log = EventLog.open(file, 0)) {
            for (RunEvent event : events) {
                log.append(event);
            }
        }
        assertEquals(lines, Files.readAllLines(file));
    }

    @Test
    void whatCameAfterACheckpointIsDropped() throws IOException {
        long length = write();
        try (EventLog log = EventLog.open(file, length)) {
            log.append(THIRD);
        }
        assertEquals(List.of(FIRST, THIRD), EventLog.read(file));
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
