package hlstm.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.bench.peers.PeerCase;
import hlstm.sparse.KernelProviders;
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
        assertTrue(cold.steadyMicros() > 0);
    }

    /** A tenth of a second is too short for the compiler, and steps before it make vectors. */
    @Test
    void stepsThatAreNotCompiledAreNotCalledSettled() throws Exception {
        assumeTrue(KernelProviders.get().report().vectorBits() > 0);

        StartResult result =
                new StartBenchmark(1, Duration.ofMillis(100), line -> {})
                        .run(TINY, List.of(StartMode.PLAIN), folder);

        StartRow cold = result.rows().getFirst();
        assertEquals(0, cold.settledRounds());
        assertNull(cold.settledMillis());
        assertTrue(result.text().contains("not: steps of a process still"), result::text);
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
