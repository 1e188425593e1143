package hlstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Progress tells how long a task will still take, and nothing of short ones. */
class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong(-SECOND); // nanoTime may be negative
    private final List<String> lines = new ArrayList<>();
    private final Progress progress = new Progress("steps", lines::add, clock::get);

    @Test
    void theTimeLeftIsTakenFromThePaceSoFar() {
        clock.addAndGet(10 * SECOND);
        progress.to(0.25, "hlstm");
        assertEquals(List.of("steps: 25 %, 30 s left, hlstm"), lines);
    }

    @Test
    void shortTasksAndQuickReportsSayNothing() {
        clock.addAndGet(2 * SECOND);
        progress.to(0.5, "");
        assertEquals(List.of(), lines);
        clock.addAndGet(2 * SECOND);
        progress.to(0, "");
        clock.addAndGet(9 * SECOND);
        progress.to(0.6, "");
        assertEquals(List.of("steps: 0 %"), lines);
    }
}
