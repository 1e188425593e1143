package hlstm.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The moment from which on steps are fast. */
class SettlingTest {
    /** 200 slow steps after the first, then 100,000 fast ones: the fifth window of 50 is fast. */
    @Test
    void slowStepsAtTheBeginningCount() {
        long[] nanos = new long[100_201];
        Arrays.fill(nanos, 1000);
        Arrays.fill(nanos, 0, 201, 50_000);

        Settling settling = Settling.of(nanos);

        assertEquals(1000, settling.steadyNanos());
        assertEquals(200 * 50_000 + 50 * 1000, settling.nanos());
        assertTrue(settling.level());
    }

    @Test
    void singlePausesDoNot() {
        long[] nanos = new long[10_000];
        Arrays.fill(nanos, 1000);
        nanos[3] = 1_000_000;
        nanos[9_990] = 1_000_000;

        assertEquals(1000, Settling.of(nanos).steadyNanos());
        assertEquals(49 * 1000 + 1_000_000, Settling.of(nanos).nanos());
    }

    @Test
    void oneStepIsEnough() {
        assertEquals(new Settling(0, 700, false), Settling.of(new long[] {700}));
    }

    /** As long as steps become faster, nobody knows how fast they will be. */
    @Test
    void stepsThatStillBecomeFasterAreNotLevel() {
        long[] nanos = new long[4000];
        Arrays.fill(nanos, 0, 3000, 1000);
        Arrays.fill(nanos, 3000, 4000, 700);

        assertFalse(Settling.of(nanos).level());
    }
}
