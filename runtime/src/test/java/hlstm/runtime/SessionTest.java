package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** State, chunks, checks of arguments and the use from threads. */
final class SessionTest {
    private static final int STEPS = 12;
    private static final int INPUTS = 10;
    private static final int OUTPUTS = 6;

    private final Model model = model(3);
    private final float[] in = RandomModels.values(STEPS * INPUTS, 2, new SplittableRandom(9));

    private static Model model(long seed) {
        ModelSpec spec =
                RandomModels.stack(
                        RandomModels.hlstm(INPUTS, 14, 12),
                        new LinearSpec(14, 9),
                        RandomModels.lstm(9, 17),
                        new LinearSpec(17, OUTPUTS));
        return RandomModels.mixed(spec, seed).builder().build();
    }

    private static Model bidirectional() {
        ModelSpec spec =
                RandomModels.stack(
                        new RecurrentSpec(
                                new CellSpec(INPUTS, OUTPUTS, List.of(), false, 0), true));
        return RandomModels.mixed(spec, 4).builder().build();
    }

    private float[] whole() {
        float[] out = new float[STEPS * OUTPUTS];
        model.newSession().run(in, STEPS, out);
        return out;
    }

    @Test
    void chunksEqualTheWhole() {
        float[] out = new float[STEPS * OUTPUTS];
        Session session = model.newSession();
        int[] chunks = {1, 0, 5, 2, 4};
        int t = 0;
        for (int steps : chunks) {
            session.run(in, t * INPUTS, steps, out, t * OUTPUTS);
            t += steps;
        }
        assertEquals(STEPS, t);
        assertArrayEquals(whole(), out);
    }

    @Test
    void tellsWhatEachLayerTookOfTheLastRun() {
        Session session = model.newSession();
        assertEquals(0, session.layerNanos(0));
        float[] out = new float[STEPS * OUTPUTS];
        long before = System.nanoTime();
        session.run(in, STEPS, out);
        long whole = System.nanoTime() - before;

        long layers = 0;
        for (int n = 0; n < 4; n++) {
            assertTrue(session.layerNanos(n) > 0, "layer " + n);
            layers += session.layerNanos(n);
        }
        assertTrue(layers <= whole, layers + " of " + whole);
        assertThrows(IndexOutOfBoundsException.class, () -> session.layerNanos(4));
    }

    @Test
    void nothingOutsideTheRangeIsTouched() {
        float[] out = new float[STEPS * OUTPUTS + 5];
        Arrays.fill(out, 99);
        model.newSession().run(in, INPUTS, 2, out, 3);
        for (int k = 0; k < out.length; k++) {
            assertEquals(k < 3 || k >= 3 + 2 * OUTPUTS, out[k] == 99, "element " + k);
        }
    }

    @Test
    void inputAndOutputMayShareAnArray() {
        float[] both = new float[STEPS * (INPUTS + OUTPUTS)];
        System.arraycopy(in, 0, both, 0, in.length);
        model.newSession().run(both, 0, STEPS, both, in.length);
        assertArrayEquals(whole(), Arrays.copyOfRange(both, in.length, both.length));
        refused(
                "input [0, 120) and output [119, 191) overlap in one array",
                () -> model.newSession().run(both, 0, STEPS, both, 119));
    }

    @Test
    void stateIsKeptRestoredAndReset() {
        float[] expected = whole();
        float[] out = new float[STEPS * OUTPUTS];
        Session session = model.newSession();
        session.run(in, 0, 5, out, 0);
        SessionState state = session.state();
        byte[] bytes = state.toBytes();
        session.run(in, 5 * INPUTS, 7, out, 5 * OUTPUTS);
        assertArrayEquals(expected, out);
        assertNotEquals(state, session.state());

        float[] rest = new float[7 * OUTPUTS];
        session.restore(state);
        session.run(in, 5 * INPUTS, 7, rest, 0);
        assertArrayEquals(Arrays.copyOfRange(expected, 5 * OUTPUTS, expected.length), rest);

        Session other = model.newSession();
        other.restore(SessionState.fromBytes(bytes));
        assertEquals(state, other.state());
        float[] elsewhere = new float[7 * OUTPUTS];
        other.run(in, 5 * INPUTS, 7, elsewhere, 0);
        assertArrayEquals(rest, elsewhere);

        session.reset();
        session.run(in, STEPS, out);
        assertArrayEquals(expected, out);
    }

    @Test
    void stateIsHThenCOfEachRecurrentLayer() {
        Session session = model.newSession();
        assertEquals(2 * 14 + 2 * 17, session.stateLength());
        assertArrayEquals(new float[62], session.state().toArray());
        float[] out = new float[OUTPUTS];
        session.step(in, 0, out, 0);
        float[] state = session.state().toArray();
        for (int k = 0; k < 14; k++) {
            // h = o tanh(c) lies closer to zero than c, on the same side.
            assertTrue(Math.abs(state[k]) < Math.abs(state[14 + k]), "unit " + k);
            assertEquals(Math.signum(state[k]), Math.signum(state[14 + k]), "unit " + k);
        }
    }

    @Test
    void statesOfOtherModelsAreRefused() {
        Session other = model(8).newSession();
        refused("expected a state of model", () -> other.restore(model.newSession().state()));
    }

    @Test
    void argumentsAreChecked() {
        Session session = model.newSession();
        float[] x = new float[INPUTS];
        float[] y = new float[OUTPUTS];
        refused(
                "step: expected arrays of 10 inputs and 6 outputs, found 9 and 6",
                () -> session.step(new float[9], y));
        refused(
                "step: expected arrays of 10 inputs and 6 outputs, found 10 and 7",
                () -> session.step(x, new float[7]));
        refused(
                "input: expected room for 1 steps of 10 floats from 1 on, found an array of 10",
                () -> session.step(x, 1, y, 0));
        refused(
                "output: expected room for 1 steps of 6 floats from -1 on, found an array of 6",
                () -> session.step(x, 0, y, -1));
        refused(
                "input: expected room for 13 steps of 10 floats from 0 on, found an array of 120",
                () -> session.run(in, 13, new float[13 * OUTPUTS]));
        refused(
                "output: expected room for 2 steps of 6 floats from 0 on, found an array of 6",
                () -> session.run(in, 2, y));
        refused("expected room for 2147483647 steps", () -> session.run(in, Integer.MAX_VALUE, y));
        refused("steps: expected 0 or more, found -1", () -> session.run(in, -1, y));
        refused(
                "state: expected 62 floats from 1 on, found an array of 62",
                () -> session.saveState(new float[62], 1));
        refused(
                "state: expected 62 floats from 0 on, found an array of 61",
                () -> session.restoreState(new float[61], 0));
        // A refused call changes nothing.
        float[] out = new float[STEPS * OUTPUTS];
        session.run(in, STEPS, out);
        assertArrayEquals(whole(), out);
    }

    @Test
    void bidirectionalModelsTakeWholeSequences() {
        Session session = bidirectional().newSession();
        float[] first = new float[STEPS * OUTPUTS];
        float[] second = new float[STEPS * OUTPUTS];
        session.run(in, STEPS, first);
        session.run(in, STEPS, second);
        assertArrayEquals(first, second);
        for (Executable call :
                List.<Executable>of(
                        () -> session.step(new float[INPUTS], new float[OUTPUTS]),
                        session::stateLength,
                        session::state,
                        () -> session.saveState(new float[100], 0),
                        () -> session.restoreState(new float[100], 0))) {
            var e = assertThrows(UnsupportedOperationException.class, call);
            assertTrue(e.getMessage().contains("bidirectional"), e.getMessage());
        }
    }

    @Test
    void nanShowsInTheOutputUntilReset() {
        Session session = model.newSession();
        float[] x = new float[INPUTS];
        float[] y = new float[OUTPUTS];
        Arrays.fill(x, Float.NaN);
        session.step(x, y);
        assertTrue(Float.isNaN(y[0]));
        session.step(new float[INPUTS], y);
        assertTrue(Float.isNaN(y[0]));
        session.reset();
        session.step(new float[INPUTS], y);
        for (float value : y) {
            assertFalse(Float.isNaN(value));
        }
    }

    @Test
    void sessionsOnTwoThreadsDoNotDisturbEachOther() throws Exception {
        float[] expected = whole();
        Callable<Integer> work =
                () -> {
                    Session session = model.newSession();
                    float[] out = new float[STEPS * OUTPUTS];
                    int equal = 0;
                    for (int round = 0; round < 300; round++) {
                        session.reset();
                        session.run(in, STEPS, out);
                        equal += Arrays.equals(expected, out) ? 1 : 0;
                    }
                    return equal;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> equal : threads.invokeAll(List.of(work, work))) {
                assertEquals(300, equal.get());
            }
        }
    }

    @Test
    void sessionMayMoveBetweenThreads() throws Exception {
        Session session = model.newSession();
        float[] out = new float[STEPS * OUTPUTS];
        session.run(in, 0, 5, out, 0);
        Thread other = new Thread(() -> session.run(in, 5 * INPUTS, 7, out, 5 * OUTPUTS));
        other.start();
        other.join();
        assertArrayEquals(whole(), out);
    }

    private static void refused(String message, Executable call) {
        var e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
