package hlstm.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.bench.Progress;
import hlstm.trainer.cli.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A byte that is allocated and a bit that differs are both found. */
class SoakTest {
    private static final float[][] INPUTS = {{1}, {2}, {3}};
    private static final int STEPS = 10_000;

    /**
     * When a method is handed to the compiler, HotSpot makes the strings of its class, on the
     * thread that has called it; those of a histogram are some 4 kB. The compiler must have been
     * asked for all methods before bytes are counted, and asks for more calls while it is busy.
     */
    private static final Duration WARM_UP = Duration.ofMillis(500);

    /** Adds its inputs up, and may go wrong in one step after many. */
    private static class Sum implements SoakStream {
        private final long wrongStep;
        private final int garbage;
        private float sum;
        private long steps;
        private byte[] kept;

        Sum(long wrongStep, int garbage) {
            this.wrongStep = wrongStep;
            this.garbage = garbage;
        }

        @Override
        public void step(float[] in, float[] out) {
            sum += in[0];
            out[0] = steps++ == wrongStep ? Math.nextUp(sum) : sum;
            if (garbage > 0) {
                kept = new byte[garbage];
            }
        }

        @Override
        public void reset() {
            sum = 0;
        }
    }

    private static SoakResult soak(SoakStream stream) {
        Soak soak = new Soak(stream, INPUTS, 1, new Progress("steps", line -> {}));
        soak.warmUp(WARM_UP);
        return soak.run(STEPS);
    }

    @Test
    void aSteadyStreamPasses() {
        SoakResult result = soak(new Sum(-1, 0));

        assertTrue(result.passed(), result::text);
        assertEquals(10, result.parts().size());
        assertEquals(
                STEPS, result.parts().stream().mapToLong(part -> part.latency().count()).sum());
        assertEquals(STEPS, result.steps());
    }

    @Test
    void oneBitInOneStepIsFound() {
        Sum wrong = new Sum(INPUTS.length + 5000, 0);
        SoakResult result =
                new Soak(wrong, INPUTS, 1, new Progress("steps", line -> {})).run(STEPS);

        assertEquals(1, result.driftedSteps());
        assertEquals(5000, result.firstDrift());
        assertFalse(result.passed());
        assertTrue(result.text().contains("FAILED"), result::text);
    }

    @Test
    void anAllocationInEachStepIsFound() {
        SoakResult result = soak(new Sum(-1, 40));

        assertTrue(result.allocatedBytes() >= 40L * STEPS, result::text);
        assertFalse(result.passed());
        assertTrue(result.parts().getLast().allocatedBytes() >= 4L * STEPS, result::text);
    }

    @Test
    void theReportIsFlat() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Json.text(soak(new Sum(-1, 0))));

        assertEquals(STEPS, json.get("steps").asLong());
        assertEquals(0, json.get("allocatedBytes").asLong());
        assertTrue(json.get("parts").get(0).get("p50Micros").isNumber());
    }
}
