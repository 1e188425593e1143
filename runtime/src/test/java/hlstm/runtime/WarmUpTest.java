package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Warm-up of models; what it decides by is in {@link WarmUpLoopTest}. */
final class WarmUpTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static Model model(boolean bidirectional) {
        RecurrentSpec hidden =
                new RecurrentSpec(new CellSpec(20, 48, List.of(36), false, 0), bidirectional);
        ModelSpec spec =
                RandomModels.stack(hidden, RandomModels.lstm(48, 33), new LinearSpec(33, 7));
        return RandomModels.mixed(spec, 5).builder().build();
    }

    @Test
    void stepsAllocateNothingAfterwards() {
        Model model = model(false);
        WarmUpReport report = model.warmUp(LONG);
        assertPlausible(report);
        Session session = model.newSession();
        float[] in = new float[20];
        float[] out = new float[7];
        assertCleanRound(() -> session.step(in, out));
    }

    @Test
    void sequencesAllocateNothingAfterwards() {
        Model model = model(true);
        WarmUpReport report = model.warmUp(WarmUp.sequences(30).within(LONG));
        assertPlausible(report);
        assertEquals(0, report.steps() % 30);
        Session session = model.newSession();
        float[] in = new float[30 * 20];
        float[] out = new float[30 * 7];
        session.run(in, 30, out);
        assertCleanRound(() -> session.run(in, 30, out));
    }

    /**
     * The counter and the virtual machine allocate now and then; a step that allocates does so
     * every time.
     */
    private static void assertCleanRound(Runnable call) {
        long[] bytes = new long[10];
        Arrays.setAll(bytes, round -> AllocatedBytes.of(() -> repeat(call)));
        assertTrue(Arrays.stream(bytes).anyMatch(b -> b == 0), () -> Arrays.toString(bytes));
    }

    private static void repeat(Runnable call) {
        for (int k = 0; k < 50; k++) {
            call.run();
        }
    }

    private static void assertPlausible(WarmUpReport report) {
        assertTrue(report.steps() > 0, report::toString);
        assertTrue(report.firstCallNanos() > 0, report::toString);
        assertTrue(report.settledStepNanos() > 0, report::toString);
        assertTrue(report.time().compareTo(Duration.ofNanos(report.firstCallNanos())) >= 0);
        String begin = report.settled() ? "settled after " : "not settled after ";
        assertTrue(report.toString().startsWith(begin + report.steps() + " steps in "));
    }

    @Test
    void limitIsKeptAndItMayBeDoneAgain() {
        Model model = model(false);
        for (int round = 0; round < 3; round++) {
            WarmUpReport report = model.warmUp(Duration.ZERO);
            assertEquals(1, report.steps());
            assertFalse(report.settled());
        }
        WarmUpReport sequence = model.warmUp(WarmUp.sequences(3).within(Duration.ofNanos(1)));
        assertEquals(3, sequence.steps());
        assertFalse(sequence.settled());
    }

    @Test
    void bidirectionalModelsNeedSequences() {
        var e =
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> model(true).warmUp(WarmUp.steps()));
        assertTrue(e.getMessage().contains("use WarmUp.sequences"), e.getMessage());
    }

    @Test
    void argumentsAreChecked() {
        var length = assertThrows(IllegalArgumentException.class, () -> WarmUp.sequences(0));
        assertTrue(length.getMessage().contains("1 step at least, found 0"));
        var limit =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> WarmUp.steps().within(Duration.ofNanos(-1)));
        assertTrue(limit.getMessage().contains("must not be negative"));
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, WarmUp.steps().within(longest).limitNanos());
    }
}
