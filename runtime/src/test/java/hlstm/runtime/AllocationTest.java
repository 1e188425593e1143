package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Steps and runs allocate nothing once the virtual machine has compiled them. */
final class AllocationTest {
    private static final int STEPS = 20;

    private final float[] in = RandomModels.values(STEPS * 40, 1, new SplittableRandom(1));
    private final float[] out = new float[STEPS * 7];

    @Test
    void counterSeesAllocations() {
        Object[] kept = new Object[1];
        assertTrue(AllocatedBytes.of(() -> kept[0] = new float[1000]) >= 4000);
    }

    @Test
    void stepsAllocateNothing() {
        Session session = session(false);
        float[] state = new float[session.stateLength()];
        SteadyAllocation.assertNone(
                () -> {
                    for (int t = 0; t < STEPS; t++) {
                        session.step(in, t * 40, out, t * 7);
                    }
                    session.saveState(state, 0);
                    session.reset();
                    session.restoreState(state, 0);
                });
    }

    @Test
    void runsAllocateNothing() {
        Session session = session(false);
        SteadyAllocation.assertNone(() -> session.run(in, STEPS, out));
    }

    @Test
    void bidirectionalRunsAllocateNothing() {
        Session session = session(true);
        SteadyAllocation.assertNone(() -> session.run(in, STEPS, out));
    }

    @Test
    void modelsThatLookAheadAllocateNothing() {
        ConvolutionSpec first = RandomModels.convolution(40, 1, 8);
        ConvolutionSpec second = RandomModels.convolution(first.outputBins(), 8, 4);
        ModelSpec spec =
                RandomModels.stack(
                        first,
                        second,
                        RandomModels.lstm(second.outputWidth(), 33),
                        new RowConvolutionSpec(33, 2),
                        new LinearSpec(33, 7));
        Session session = RandomModels.mixed(spec, 5).builder().build().newSession();
        SteadyAllocation.assertNone(
                () -> {
                    session.run(in, STEPS, out);
                    for (int t = 0; t < STEPS; t++) {
                        session.step(in, t * 40, out, 0);
                    }
                    while (session.flush(out, 7)) {
                        out[0]++;
                    }
                });
    }

    private static Session session(boolean bidirectional) {
        RecurrentSpec hidden =
                new RecurrentSpec(new CellSpec(40, 48, List.of(32, 24), false, 0), bidirectional);
        ModelSpec spec =
                RandomModels.stack(
                        hidden,
                        RandomModels.lstm(48, 33),
                        RandomModels.lstm(33, 21),
                        new LinearSpec(21, 7));
        return RandomModels.mixed(spec, 5).builder().build().newSession();
    }
}
