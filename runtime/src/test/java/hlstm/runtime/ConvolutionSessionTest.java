package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Models that look ahead, step by step and as a whole. */
final class ConvolutionSessionTest {
    private static final int STEPS = 14;
    private static final int INPUTS = 9;
    private static final int OUTPUTS = 6;

    private final Model model = model();
    private final float[] in = RandomModels.values(STEPS * INPUTS, 2, new SplittableRandom(9));

    private static Model model() {
        ConvolutionSpec first = RandomModels.convolution(INPUTS, 1, 8);
        ConvolutionSpec second = RandomModels.convolution(first.outputBins(), 8, 4);
        ModelSpec spec =
                RandomModels.stack(
                        first,
                        second,
                        RandomModels.hlstm(second.outputWidth(), 14, 12),
                        new RowConvolutionSpec(14, 2),
                        new LinearSpec(14, OUTPUTS));
        return RandomModels.mixed(spec, 3).builder().build();
    }

    private float[] whole(int steps) {
        float[] out = new float[model.spec().outputSteps(steps) * OUTPUTS];
        model.newSession().run(in, steps, out);
        return out;
    }

    /** Takes steps [from, to) and appends what they give. */
    private float[] steps(Session session, int from, int to, float[] before) {
        float[] y = new float[OUTPUTS];
        float[] all = before;
        for (int t = from; t < to; t++) {
            if (session.step(Arrays.copyOfRange(in, t * INPUTS, (t + 1) * INPUTS), y)) {
                all = append(all, y);
            }
        }
        return all;
    }

    private float[] rest(Session session, float[] before) {
        float[] y = new float[OUTPUTS];
        float[] all = before;
        while (session.flush(y)) {
            all = append(all, y);
        }
        return all;
    }

    private static float[] append(float[] all, float[] y) {
        float[] longer = Arrays.copyOf(all, all.length + y.length);
        System.arraycopy(y, 0, longer, all.length, y.length);
        return longer;
    }

    @Test
    void stepsAndRunsOfEveryLengthGiveTheSameBits() {
        Session session = model.newSession();
        for (int steps = 0; steps <= STEPS; steps++) {
            float[] found = rest(session, steps(session, 0, steps, new float[0]));
            assertArrayEquals(whole(steps), found, steps + " steps");
        }
        assertEquals(4 * OUTPUTS, whole(STEPS).length);
    }

    @Test
    void stateIsKeptAtEveryStep() {
        float[] expected = whole(STEPS);
        for (int cut = 0; cut <= STEPS; cut++) {
            Session session = model.newSession();
            float[] found = steps(session, 0, cut, new float[0]);
            byte[] state = session.state().toBytes();
            steps(session, 0, STEPS, new float[0]);
            session.restore(SessionState.fromBytes(state));
            found = rest(session, steps(session, cut, STEPS, found));
            assertArrayEquals(expected, found, "cut at " + cut);
        }
    }

    @Test
    void everyRunIsAWholeSequence() {
        Session session = model.newSession();
        steps(session, 0, 5, new float[0]);
        float[] out = new float[whole(STEPS).length];
        session.run(in, STEPS, out);
        assertArrayEquals(whole(STEPS), out);
        assertArrayEquals(model.newSession().state().toArray(), session.state().toArray());
    }

    @Test
    void aFlushWithoutAnythingLeftEndsTheSequence() {
        Session session = model.newSession();
        float[] y = new float[OUTPUTS];
        assertFalse(session.flush(y));
        steps(session, 0, 3, new float[0]);
        session.reset();
        assertFalse(session.flush(y));
        // A model that does not look ahead has nothing left, but begins anew.
        Model plain =
                RandomModels.mixed(RandomModels.stack(RandomModels.lstm(2, 6)), 1)
                        .builder()
                        .build();
        Session other = plain.newSession();
        assertTrue(other.step(new float[2], y));
        assertFalse(other.flush(y));
        assertArrayEquals(new float[12], other.state().toArray());
    }

    @Test
    void roomIsThatOfTheOutput() {
        Session session = model.newSession();
        int needed = whole(STEPS).length;
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> session.run(in, STEPS, new float[needed - 1]));
        assertTrue(
                e.getMessage().contains("output: expected room for 4 steps of 6 floats"),
                e.getMessage());
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> session.flush(new float[OUTPUTS + 1]));
        assertTrue(
                e.getMessage().contains("flush: expected an array of 6 outputs, found 7"),
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> session.flush(new float[OUTPUTS], 1));
    }

    @Test
    void bidirectionalModelsHaveNoFlush() {
        ConvolutionSpec first = RandomModels.convolution(INPUTS, 1, 8);
        RecurrentSpec both =
                new RecurrentSpec(new CellSpec(first.outputWidth(), 3, List.of(), false, 0), true);
        Session session =
                RandomModels.mixed(RandomModels.stack(first, both), 1)
                        .builder()
                        .build()
                        .newSession();
        var e =
                assertThrows(
                        UnsupportedOperationException.class, () -> session.flush(new float[3]));
        assertTrue(e.getMessage().contains("flush: a bidirectional model"), e.getMessage());
    }

    /**
     * A saved state that was changed may give anything, but no more steps than there is room for.
     */
    @Test
    void countersOfAForgedStateAreHeldToTheirRanges() {
        Session session = model.newSession();
        float[] state = session.state().toArray();
        for (float value : new float[] {Float.NaN, -1e30f, 1e30f}) {
            Arrays.fill(state, value);
            session.restoreState(state, 0);
            steps(session, 0, STEPS, new float[0]);
            rest(session, new float[0]);
        }
        assertArrayEquals(whole(STEPS), rest(session, steps(session, 0, STEPS, new float[0])));
    }

    @Test
    void outputsAreClippedAndNanIsKept() {
        ConvolutionSpec spec = RandomModels.convolution(INPUTS, 1, 8);
        Model one = RandomModels.mixed(RandomModels.stack(spec), 1).builder().build();
        float[] out = new float[spec.outputSteps(STEPS) * spec.outputWidth()];
        one.newSession().run(in, STEPS, out);
        float least = Float.POSITIVE_INFINITY;
        float most = 0;
        for (float value : out) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertEquals(0, least);
        assertEquals(1.5f, most);
        float[] broken = in.clone();
        broken[0] = Float.NaN;
        one.newSession().run(broken, STEPS, out);
        assertTrue(Float.isNaN(out[0]));
        assertFalse(Float.isNaN(out[out.length - 1]));
    }
}
