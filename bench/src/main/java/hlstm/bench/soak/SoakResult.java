package hlstm.bench.soak;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import hlstm.bench.Latency;
import hlstm.trainer.cli.Table;
import java.util.List;

/**
 * What came of many steps.
 *
 * @param steps that were taken
 * @param resetEvery steps from one reset to the next
 * @param allocatedBytes on the heap, by the thread that took them
 * @param driftedSteps steps with other bits than the first time round
 * @param firstDrift number of the first such step, or -1
 * @param parts tenths of the run, in order
 */
record SoakResult(
        long steps,
        int resetEvery,
        long allocatedBytes,
        long driftedSteps,
        long firstDrift,
        List<Part> parts) {
    /** A tenth of the run. */
    record Part(@JsonUnwrapped Latency latency, long allocatedBytes) {}

    /** Whether no byte was allocated and no bit differed. */
    boolean passed() {
        return allocatedBytes == 0 && driftedSteps == 0;
    }

    /** A table of the parts and a verdict. */
    String text() {
        Table table =
                new Table(
                        ">part",
                        ">steps",
                        ">p50 us",
                        ">p99 us",
                        ">p99.9 us",
                        ">longest us",
                        ">bytes");
        for (int n = 0; n < parts.size(); n++) {
            Latency latency = parts.get(n).latency();
            table.row(
                    n + 1,
                    "%,d".formatted(latency.count()),
                    Latency.text(latency.p50Micros()),
                    Latency.text(latency.p99Micros()),
                    Latency.text(latency.p999Micros()),
                    Latency.text(latency.maxMicros()),
                    parts.get(n).allocatedBytes());
        }
        return table + verdict() + "\n";
    }

    /** Whether it passed, and what was found, in one line. */
    String verdict() {
        return "%s: %,d bytes allocated in %,d steps; %s"
                .formatted(
                        passed() ? "passed" : "FAILED",
                        allocatedBytes,
                        steps,
                        driftedSteps == 0
                                ? "the same bits each time round"
                                : "other bits in %,d steps, first in step %,d"
                                        .formatted(driftedSteps, firstDrift));
    }
}
