package hlstm.bench.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionBenchmarkTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void timesStepsAndCaptionsOfBothNetworks() throws IOException {
        CaptionResult result = new CaptionBenchmark(20, 2, 8, SHORT, SHORT, line -> {}).run();

        List<CaptionRow> ours =
                result.rows().stream().filter(r -> r.runtime().startsWith("hlstm")).toList();
        assertEquals(
                List.of(
                        "recurrent step, hlstm",
                        "recurrent step, hlstm-dense",
                        "caption, beam 1, hlstm",
                        "caption, beam 1, hlstm, sparse output",
                        "caption, beam 1, hlstm-dense",
                        "caption, beam 2, hlstm",
                        "caption, beam 2, hlstm, sparse output",
                        "caption, beam 2, hlstm-dense"),
                ours.stream().map(r -> r.run() + ", " + r.runtime()).toList());
        assertTrue(ours.stream().allMatch(r -> r.p50Micros() > 0), result::text);
        for (CaptionRow row : ours) {
            double published = row.runtime().equals("hlstm-dense") ? 6_291_456 : 163_000;
            assertEquals(published, row.gateWeights(), 0.01 * published, row.run());
        }
    }

    @Test
    void aRunIsHeldAgainstTheSameRunOfAnother() {
        CaptionResult result =
                new CaptionResult(
                        Machine.here(),
                        20,
                        2,
                        8,
                        List.of(
                                new CaptionRow("step", "hlstm", 10, 5, 2, 3),
                                new CaptionRow("step", "onnxruntime-f32", 20, 5, 50, 60),
                                new CaptionRow("caption", "hlstm", 10, 5, 10, 11)),
                        List.of("caption, onnxruntime-f32: not here"));

        String[] lines = result.text().split("\n");
        assertTrue(lines[3].contains("25.00x"), result.text());
        assertTrue(!lines[5].contains("x"), result.text());
        assertEquals("caption, onnxruntime-f32: not here", lines[6]);
    }
}
