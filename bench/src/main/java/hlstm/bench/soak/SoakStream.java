package hlstm.bench.soak;

import hlstm.runtime.Session;

/** A stream that can begin anew. */
interface SoakStream {
    /** Takes one step. */
    void step(float[] in, float[] out);

    /** Back to the beginning. */
    void reset();

    /** A session. */
    static SoakStream of(Session session) {
        return new SoakStream() {
            @Override
            public void step(float[] in, float[] out) {
                session.step(in, out);
            }

            @Override
            public void reset() {
                session.reset();
            }
        };
    }
}
