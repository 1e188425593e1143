package hlstm.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.trainer.cli.Json;
import hlstm.trainer.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All runtimes are timed side by side; what is missing is named. */
class ComparisonTest {
    private static final Duration BRIEF = Duration.ofMillis(5);

    private static CaseResult compare(PeerCase of) throws Exception {
        return new Comparison(BRIEF, BRIEF, List.of(1, 2), line -> {})
                .run(of, List.of(Contender.values()));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "4, false", "4, true"})
    void everyRuntimeIsMeasuredOrNamedAsMissing(int steps, boolean bidirectional) throws Exception {
        CaseResult result = compare(new PeerCase("tiny", 8, 16, 2, 600, 2, bidirectional, steps));

        Set<String> seen = new TreeSet<>();
        Map<String, Set<Integer>> threads = new TreeMap<>();
        for (Measured row : result.measured()) {
            assertTrue(row.runs() > 0, row::toString);
            assertTrue(row.p50Micros() > 0 && row.p50Micros() <= row.p99Micros(), row::toString);
            assertTrue(row.p99Micros() <= row.p999Micros(), row::toString);
            if (row.isRuntime()) {
                seen.add(row.runtime());
                threads.computeIfAbsent(row.runtime(), name -> new TreeSet<>()).add(row.threads());
            }
        }
        assertEquals(Set.of(Set.of(1, 2)), Set.copyOf(threads.values()), threads::toString);
        for (String line : result.missing()) {
            seen.add(line.substring(0, line.indexOf(':')));
        }
        assertEquals(
                new TreeSet<>(Arrays.stream(Contender.values()).map(Contender::label).toList()),
                seen);
    }

    @Test
    void theReportHasExactlyTheFieldsThatProgramsRead() throws Exception {
        CaseResult result =
                new CaseResult(
                        PeerCase.APPLICATIONS.getFirst(),
                        List.of(
                                new Measured("hlstm", 2, 10, 40, 1000, 1.5, 2.5, 3.5, 0),
                                new Measured("(spin loop)", 1, 0, 0, 1000, 1, 1, 1, 0)),
                        List.of("djl-pytorch: not built in"));

        JsonNode json =
                new ObjectMapper().readTree(Json.text(Report.of(Machine.here(), List.of(result))));

        assertEquals(List.of("machine", "rows", "spinLoops", "missing"), names(json));
        assertEquals(1, json.get("rows").size());
        assertEquals(
                new ObjectMapper()
                        .readTree(
                                """
                                {"case": "captioning-step", "runtime": "hlstm", "threads": 2,
                                 "weights": 10, "runs": 1000,
                                 "p50Micros": 1.5, "p99Micros": 2.5, "p999Micros": 3.5,
                                 "bytesPerStep": 0.0, "modelBytes": 40}
                                """),
                json.get("rows").get(0));
        assertEquals("(spin loop)", json.get("spinLoops").get(0).get("runtime").asText());
        assertEquals(
                "captioning-step: djl-pytorch: not built in", json.get("missing").get(0).asText());
    }

    @Test
    void mediansAreHeldAgainstThoseOnAsManyThreads() {
        CaseResult result =
                new CaseResult(
                        PeerCase.APPLICATIONS.getFirst(),
                        List.of(
                                new Measured("hlstm", 1, 10, 40, 5, 10, 10, 10, 0.05),
                                new Measured("hlstm", 2, 10, 40, 5, 10, 10, 10, 0),
                                new Measured("onnxruntime-f32", 1, 10, 40, 5, 250, 300, 300, 0),
                                new Measured("onnxruntime-f32", 2, 10, 40, 4, 125, 300, 300, 0),
                                new Measured("onnxruntime-int8", 1, 10, 40, 5, 100, 300, 300, 0)),
                        List.of("djl-pytorch: not built in"));

        List<String> lines = result.text().replaceAll(" +", " ").lines().toList();

        assertTrue(lines.get(3).endsWith(" <1 5 25.00x 10.00x"), lines.get(3));
        assertTrue(lines.get(4).endsWith(" 0 5 ~12.50x -"), "one of four runs: " + lines.get(4));
        assertEquals("djl-pytorch: not built in", lines.getLast());
    }

    @Test
    void theSpinLoopTakesAboutAsLongAsItIsTold() {
        var stream = SpinLoop.of(200_000).newStream();
        long best = Long.MAX_VALUE;
        for (int k = 0; k < 100; k++) {
            long before = System.nanoTime();
            stream.run(new float[0]);
            best = Math.min(best, System.nanoTime() - before);
        }
        long micros = best / 1000;
        assertTrue(micros > 20 && micros < 2000, () -> micros + " us");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
