package hlstm.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.bench.peers.PeerCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are started and asked; one that fails is named with what it has written. */
class StartBenchmarkTest {
    private static final PeerCase TINY = new PeerCase("tiny", 8, 16, 1, 600, 2, false, 1);

    @TempDir private Path folder;

    @Test
    void startsWithAndWithoutAWarmUp() throws Exception {
        StartResult result =
                new StartBenchmark(1, Duration.ofMillis(50), line -> {})
                        .run(TINY, List.of(StartMode.PLAIN), folder);

        assertEquals(2, result.rows().size());
        StartRow cold = result.rows().get(0);
        StartRow warm = result.rows().get(1);
        assertTrue(cold.loadedMillis() > 0 && cold.loadedMillis() <= cold.readyMillis());
        assertTrue(cold.readyMillis() < cold.firstStepMillis());
        assertTrue(warm.readyMillis() - warm.loadedMillis() > 1000, "a warm-up takes a second");
        assertTrue(cold.steadyMicros() > 0 && cold.settledMillis() >= cold.firstStepMillis());
    }

    @Test
    void aProcessThatFailsIsNamedWithItsMessage() throws Exception {
        Path model = Files.writeString(folder.resolve("model.safetensors"), "no model");
        ProbeProcess process = new ProbeProcess(folder, model);

        IOException failure =
                assertThrows(
                        IOException.class,
                        () -> process.run(List.of(), false, Duration.ofMillis(10)));

        assertTrue(failure.getMessage().contains("model.safetensors"), failure::getMessage);
    }

    @Test
    void aJvmThatRefusesAnArchiveIsNoReasonToStop() throws Exception {
        Path model = folder.resolve("model.safetensors");
        StartResult result =
                new StartBenchmark(1, Duration.ofMillis(10), line -> {})
                        .run(TINY, List.of(StartMode.AOT_CACHE), folder);

        assertTrue(Files.exists(model));
        assertEquals(1, result.missing().size() + result.rows().size() / 2, result::text);
    }
}
