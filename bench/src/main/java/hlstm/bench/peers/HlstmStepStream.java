package hlstm.bench.peers;

import hlstm.runtime.Model;
import hlstm.runtime.Session;

/** Takes steps with a state. */
final class HlstmStepStream implements PeerStream {
    private final Session session;
    private final float[] out;

    HlstmStepStream(Model model) {
        session = model.newSession();
        out = new float[model.spec().outputWidth()];
    }

    @Override
    public float[] run(float[] x) {
        session.step(x, out);
        return out;
    }
}
