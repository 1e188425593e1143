package hlstm.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.bench.Latency;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.trainer.cli.Json;
import hlstm.trainer.machine.Machine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every runtime is put under load or named as missing; what comes out can be read. */
class LoadBenchmarkTest {
    private static final Duration BRIEF = Duration.ofMillis(30);
    private static final PeerCase TINY = new PeerCase("tiny", 8, 16, 2, 600, 2, false, 1);

    private static LoadResult run(double limitMillis, List<Double> rates) throws Exception {
        LoadPlan plan = new LoadPlan(6, 2, limitMillis, BRIEF, 3, BRIEF, BRIEF);
        return new LoadBenchmark(plan, line -> {})
                .run(TINY, List.of(Contender.HLSTM, Contender.ONNX_FLOAT32), rates);
    }

    @Test
    void ratesThatWereAskedForAreMeasuredOfAllRuntimes() throws Exception {
        LoadResult result = run(1000, List.of(2000.0));

        assertEquals(List.of(), result.highest(), "none is searched");
        assertEquals(3, result.rows().size() + result.missing().size(), "with the control");
        assertFalse(result.text().contains("highest"), result::text);
        for (LoadResult.Row row : result.rows()) {
            assertEquals(2000, row.ratePerSecond());
            assertEquals(60, row.latency().count());
            assertTrue(row.latency().p50Micros() > 0, row::toString);
        }
    }

    @Test
    void whereNoRateIsHeldThereIsNoneAndNoLatency() throws Exception {
        LoadResult result = run(1e-6, List.of());

        assertEquals(0, result.highest().getFirst().ratePerSecond());
        assertEquals(List.of(), result.rows());
        assertTrue(result.text().contains("none"), result::text);
        assertTrue(result.text().contains("--rate"), result::text);
    }

    @Test
    void ratesThatWereHeldAreMeasured() throws Exception {
        // Short as it is, a trial has a hundred frames only at thousands of them a second.
        LoadResult result = run(1000, List.of());

        double highest = result.highest().getFirst().ratePerSecond();
        assertTrue(highest > 0, result::text);
        for (LoadResult.Row row : result.rows()) {
            assertTrue(row.latency().count() > 90, row::toString);
        }
    }

    @Test
    void whatHeldNoRateIsNoTimesSlower() {
        LoadResult result =
                new LoadResult(
                        Machine.here(),
                        "tiny",
                        6,
                        2,
                        10,
                        List.of(
                                new LoadResult.Highest("hlstm", 0, 900),
                                new LoadResult.Highest("hlstm-banked", 84, 950),
                                new LoadResult.Highest("onnxruntime-f32", 21, 300)),
                        List.of(),
                        List.of());

        assertFalse(result.text().contains("0.00x"), result::text);
        assertTrue(result.text().contains("4.00x"), result::text);
    }

    @Test
    void aDisturbedMachineIsNamed() {
        assertTrue(withControl(1001).text().contains("shorter tails"));
        assertFalse(withControl(999).text().contains("shorter tails"));
    }

    /** With a limit of 10 ms, and so many microseconds of the machine's own. */
    private static LoadResult withControl(double micros) {
        Latency latency = new Latency(1000, 1, micros, micros, micros, micros);
        return new LoadResult(
                Machine.here(),
                "tiny",
                6,
                2,
                10,
                List.of(),
                List.of(new LoadResult.Row(LoadResult.CONTROL, 100, latency, 0, 0)),
                List.of());
    }

    @Test
    void theReportHasItsFiguresInOneLevel() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Json.text(run(1000, List.of(1000.0))));

        assertEquals("tiny", json.get("case").asText());
        JsonNode row = json.get("rows").get(0);
        for (String field : List.of("p50Micros", "p99Micros", "p999Micros", "p9999Micros")) {
            assertTrue(row.get(field).asDouble() > 0, field);
        }
        assertEquals("hlstm", row.get("runtime").asText());
    }
}
