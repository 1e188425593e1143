package hlstm.runtime;

import java.util.SplittableRandom;

/** The calls of a warm-up: steps or sequences of random inputs in [-1, 1). */
final class WarmUpCalls {
    /** Different steps, so that no unit of the network stands still. */
    private static final int INPUTS = 64;

    private WarmUpCalls() {}

    /**
     * One call of {@link Session#step}.
     *
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    static Runnable steps(Session session) {
        if (session.spec().bidirectional()) {
            throw new UnsupportedOperationException(
                    "warm-up: a bidirectional model takes no single steps; use WarmUp.sequences");
        }
        float[][] inputs = new float[INPUTS][];
        for (int k = 0; k < INPUTS; k++) {
            inputs[k] = inputs(1, session.spec().inputWidth(), k);
        }
        float[] out = new float[session.spec().outputWidth()];
        return new Runnable() {
            private int next;

            @Override
            public void run() {
                session.step(inputs[next], out);
                next = (next + 1) % INPUTS;
            }
        };
    }

    /** One call of {@link Session#run} with a sequence of this length. */
    static Runnable sequences(Session session, int steps) {
        float[] in = inputs(steps, session.spec().inputWidth(), 0);
        int outputSteps = session.spec().outputSteps(steps);
        float[] out = new float[Math.multiplyExact(outputSteps, session.spec().outputWidth())];
        return () -> session.run(in, steps, out);
    }

    private static float[] inputs(int steps, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] inputs = new float[Math.multiplyExact(steps, width)];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = 2 * random.nextFloat() - 1;
        }
        return inputs;
    }
}
