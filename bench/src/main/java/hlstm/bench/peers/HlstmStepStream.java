package hlstm.bench.peers;

import hlstm.runtime.Session;

/** Takes steps with a state. */
final class HlstmStepStream implements PeerStream {
    private final Session session;
    private final float[] out;

    HlstmStepStream(Session session) {
        this.session = session;
        out = new float[session.spec().outputWidth()];
    }

    @Override
    public float[] run(float[] x) {
        session.step(x, out);
        return out;
    }
}
