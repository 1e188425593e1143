package hlstm.bench.peers;

import hlstm.runtime.Session;

/** Takes whole sequences of one length. */
final class HlstmSequenceStream implements PeerStream {
    private final Session session;
    private final int steps;
    private final float[] out;

    HlstmSequenceStream(Session session, int steps) {
        this.session = session;
        this.steps = steps;
        out = new float[steps * session.spec().outputWidth()];
    }

    @Override
    public float[] run(float[] x) {
        session.reset();
        session.run(x, steps, out);
        return out;
    }
}
