package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.sparse.Kernels;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A session whose call has failed in the middle is as good as new after a reset. */
final class FailedCallTest {
    private static final int STEPS = 9;
    private static final int INPUTS = 10;
    private static final int OUTPUTS = 6;

    private final float[] in = RandomModels.values(STEPS * INPUTS, 1, new SplittableRandom(4));
    private int callsLeft = Integer.MAX_VALUE;

    /** Fails once, after as many calls of kernels as the test says. */
    private final Kernels kernels =
            ObservedKernels.of(
                    () -> {
                        if (callsLeft-- == 0) {
                            throw new IllegalStateException("in the middle");
                        }
                    });

    private Session session(boolean bidirectional) {
        RecurrentSpec hidden =
                new RecurrentSpec(new CellSpec(INPUTS, 14, List.of(12), false, 0), bidirectional);
        ModelSpec spec = RandomModels.stack(hidden, new LinearSpec(14, OUTPUTS));
        RandomModels.Content content = RandomModels.mixed(spec, 3);
        List<PackedLayer> layers =
                PackedModel.pack(spec, new Weights(spec, content.matrices(), content.biases()))
                        .layers();
        return new Session(spec, layers, kernels, 0, null);
    }

    private float[] run(Session session) {
        float[] out = new float[STEPS * OUTPUTS];
        session.run(in, STEPS, out);
        return out;
    }

    private void assertGoodAsNew(boolean bidirectional) {
        callsLeft = Integer.MAX_VALUE;
        float[] expected = run(session(bidirectional));
        int calls = Integer.MAX_VALUE - callsLeft;
        Session session = session(bidirectional);
        for (int failing = 0; failing < calls; failing++) {
            callsLeft = failing;
            var e = assertThrows(IllegalStateException.class, () -> run(session));
            assertEquals("in the middle", e.getMessage());
            callsLeft = Integer.MAX_VALUE;
            session.reset();
            assertArrayEquals(expected, run(session), "call " + failing);
            session.reset();
        }
    }

    @Test
    void runsAfterRunsThatFailed() {
        assertGoodAsNew(false);
    }

    @Test
    void bidirectionalRunsAfterRunsThatFailed() {
        assertGoodAsNew(true);
    }

    /** The thread that uses a session is forgotten, so that another may go on with it. */
    @Test
    void stepsOnAnotherThread() throws Exception {
        Session session = session(false);
        float[] out = new float[OUTPUTS];
        callsLeft = 3;
        assertThrows(IllegalStateException.class, () -> session.step(in, 0, out, 0));
        callsLeft = Integer.MAX_VALUE;
        float[] expected = new float[OUTPUTS];
        session(false).step(in, 0, expected, 0);

        Thread other =
                new Thread(
                        () -> {
                            session.reset();
                            session.step(in, 0, out, 0);
                        });
        other.start();
        other.join();

        assertArrayEquals(expected, out);
    }
}
