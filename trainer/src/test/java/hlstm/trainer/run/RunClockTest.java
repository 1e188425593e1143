package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunClockTest {
    private final AtomicLong time = new AtomicLong();
    private final RunClock clock = new RunClock(time::get);

    private Duration left(double second, double epochsDone) {
        time.set((long) (second * 1e9));
        return clock.left(epochsDone, 10);
    }

    /** Ten seconds for the first tenth of an epoch, then one for each tenth. */
    @Test
    void slowFirstSecondsAreForgotten() {
        assertNull(left(4, 0.04));
        assertNull(left(8, 0.08));
        assertEquals(Duration.ofSeconds(990), left(10, 0.1));
        Duration last = null;
        for (int tenth = 2; tenth <= 90; tenth++) {
            last = left(9 + tenth, 0.1 * tenth);
        }
        assertEquals(Duration.ofSeconds(10), last);
    }

    @Test
    void aRunThatGoesOnCountsFromThereOn() {
        time.set(1_000_000_000L);
        clock.start(100, 4);
        time.set(11_000_000_000L);
        assertEquals(Duration.ofSeconds(50), clock.left(5, 10));
        assertEquals(110, clock.seconds(), 1e-9);
    }
}
