package hlstm.trainer.run;

import hlstm.runtime.Session;

/** Single steps of a model, to be timed. */
final class SteadySteps {
    /** So many that reading the clock costs nothing. */
    private static final int STEPS = 64;

    private SteadySteps() {}

    /**
     * Steps one after the other, on inputs by turns.
     *
     * @param inputs one step after the other
     */
    static TimedWork of(Session session, float[] inputs) {
        int width = session.spec().inputWidth();
        int count = inputs.length / width;
        float[] out = new float[session.spec().outputWidth()];
        return new TimedWork(
                "step",
                STEPS,
                () -> {
                    session.reset();
                    for (int step = 0; step < STEPS; step++) {
                        session.step(inputs, step % count * width, out, 0);
                    }
                });
    }
}
