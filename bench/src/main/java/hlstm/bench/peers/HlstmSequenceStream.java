package hlstm.bench.peers;

import hlstm.runtime.Model;
import hlstm.runtime.Session;

/** Takes whole sequences of one length. */
final class HlstmSequenceStream implements PeerStream {
    private final Session session;
    private final int steps;
    private final float[] out;

    HlstmSequenceStream(Model model, int steps) {
        session = model.newSession();
        this.steps = steps;
        out = new float[steps * model.spec().outputWidth()];
    }

    @Override
    public float[] run(float[] x) {
        session.reset();
        session.run(x, steps, out);
        return out;
    }
}
