package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** When a warm-up ends, by a clock of the test. */
final class WarmUpLoopTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final long MILLISECOND = 1_000_000;

    private long now = -5 * MILLISECOND;
    private long calls;
    private long allocated;

    /** Calls take as long as is said of each, by its number from 0. */
    private WarmUpReport run(int stepsPerCall, long limitNanos, LongUnaryOperator nanos) {
        return loop(stepsPerCall, limitNanos, nanos).run();
    }

    private WarmUpLoop loop(int stepsPerCall, long limitNanos, LongUnaryOperator nanos) {
        Runnable call = () -> now += nanos.applyAsLong(calls++);
        return new WarmUpLoop(call, stepsPerCall, limitNanos, () -> now, () -> allocated);
    }

    @Test
    void refreshesForSomeMillisecondsOrOneCall() {
        loop(1, NO_LIMIT, n -> 100_000).refresh();
        assertEquals(WarmUpLoop.REFRESH_NANOS / 100_000, calls);
        calls = 0;
        loop(100, NO_LIMIT, n -> 40 * MILLISECOND).refresh();
        assertEquals(1, calls);
    }

    @Test
    void settlesOnceNothingBecomesFasterForTwoWindows() {
        long compiled = 10_000;
        WarmUpReport report =
                run(1, NO_LIMIT, n -> n == 0 ? 300 * MILLISECOND : n < compiled ? 200_000 : 4_000);
        assertTrue(report.settled());
        assertEquals(300 * MILLISECOND, report.firstCallNanos());
        assertEquals(4_000, report.settledStepNanos());
        assertEquals(calls, report.steps());
        assertEquals(now + 5 * MILLISECOND, report.time().toNanos());
        long fastSteps = report.steps() - compiled;
        long twoWindows = 2 * WarmUpLoop.MIN_WINDOW_NANOS / 4_000;
        assertTrue(fastSteps >= twoWindows, "fast steps: " + fastSteps);
    }

    @Test
    void outlastsACompilationOfSeconds() {
        // The time stands still for 5 seconds.
        WarmUpReport report = run(1, NO_LIMIT, n -> n < 500 ? 10 * MILLISECOND : 20_000);
        assertTrue(report.settled());
        assertEquals(20_000, report.settledStepNanos());
    }

    @Test
    void calmMachineNeedsThreeWindows() {
        WarmUpReport report = run(1, NO_LIMIT, n -> MILLISECOND);
        assertTrue(report.settled());
        assertEquals(Duration.ofNanos(3 * WarmUpLoop.MAX_WINDOW_NANOS), report.time());
        calls = 0;
        report = run(1, NO_LIMIT, n -> 100_000);
        assertEquals(3 * WarmUpLoop.WINDOW_STEPS, report.steps());
        report = run(1, NO_LIMIT, n -> 1_000);
        assertEquals(Duration.ofNanos(3 * WarmUpLoop.MIN_WINDOW_NANOS), report.time());
    }

    @Test
    void slowCallsInBetweenDoNotMatter() {
        WarmUpReport report = run(1, NO_LIMIT, n -> n % 3 == 0 ? 40 * MILLISECOND : 100_000);
        assertTrue(report.settled());
        assertEquals(100_000, report.settledStepNanos());
    }

    @Test
    void sequencesAreCountedByTheirSteps() {
        WarmUpReport report = run(100, NO_LIMIT, n -> n == 0 ? 50 * MILLISECOND : 10 * MILLISECOND);
        assertTrue(report.settled());
        assertEquals(calls * 100, report.steps());
        assertEquals(50 * MILLISECOND, report.firstCallNanos());
        assertEquals(100_000, report.settledStepNanos());
    }

    @Test
    void limitEndsItAfterTheCallInWhichItIsOver() {
        WarmUpReport report = run(1, 10 * MILLISECOND, n -> 3 * MILLISECOND);
        assertFalse(report.settled());
        assertEquals(4, report.steps());
        assertEquals(Duration.ofMillis(12), report.time());
        assertEquals(3 * MILLISECOND, report.settledStepNanos());
    }

    @Test
    void oneCallIsMadeWhateverTheLimit() {
        WarmUpReport report = run(7, 0, n -> 14_000);
        assertFalse(report.settled());
        assertEquals(1, calls);
        assertEquals(7, report.steps());
        assertEquals(14_000, report.firstCallNanos());
        assertEquals(2_000, report.settledStepNanos());
    }

    @Test
    void everFasterNeverSettles() {
        // Half the time every 6000 steps.
        WarmUpReport report =
                run(1, 7_000 * MILLISECOND, n -> (long) (MILLISECOND * Math.pow(0.5, n / 6000.0)));
        assertTrue(report.steps() > 10_000);
        assertFalse(report.settled());
    }

    /** A compiler that is starved for a minute: the time stands still, but vectors are made. */
    @Test
    void callsThatAllocateHaveNotSettled() {
        long compiled = 6_000;
        WarmUpReport report =
                run(
                        1,
                        NO_LIMIT,
                        n -> {
                            allocated += n < compiled ? 48 : 0;
                            return n < compiled ? 10 * MILLISECOND : 20_000;
                        });
        assertTrue(report.settled());
        assertTrue(report.steps() > compiled, report::toString);
        assertEquals(20_000, report.settledStepNanos());

        report =
                run(
                        1,
                        60_000 * MILLISECOND,
                        n -> {
                            allocated += 48;
                            return 10 * MILLISECOND;
                        });
        assertFalse(report.settled());
    }

    @Test
    void whatTheVirtualMachineAllocatesNowAndThenDoesNotMatter() {
        WarmUpReport report =
                run(
                        1,
                        NO_LIMIT,
                        n -> {
                            allocated += n % 1000 == 0 ? 500 : 0;
                            return 100_000;
                        });
        assertTrue(report.settled());
        assertEquals(3 * WarmUpLoop.WINDOW_STEPS, report.steps());
    }
}
