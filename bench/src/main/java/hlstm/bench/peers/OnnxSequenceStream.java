package hlstm.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hlstm.bench.LstmStack;
import hlstm.bench.onnx.OnnxLstm;
import java.util.Map;

/** Takes whole sequences of one length. */
final class OnnxSequenceStream implements PeerStream {
    private final OrtSession session;
    private final OnnxBuffer x;
    private final OnnxBuffer y;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final float[] out;

    OnnxSequenceStream(OrtEnvironment environment, OrtSession session, LstmStack stack, int steps)
            throws OrtException {
        this.session = session;
        x = OnnxBuffer.zeros(environment, steps, 1, stack.inputWidth());
        y = OnnxBuffer.zeros(environment, steps, 1, stack.outputWidth());
        inputs = Map.of(OnnxLstm.INPUT, x.tensor());
        outputs = Map.of(OnnxLstm.OUTPUT, y.tensor());
        out = new float[steps * stack.outputWidth()];
    }

    @Override
    public float[] run(float[] in) {
        x.floats().put(0, in);
        try {
            session.run(inputs, outputs).close(); // the results stay in the buffers
            y.floats().get(0, out);
            return out;
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }

    @Override
    public void close() {
        x.close();
        y.close();
    }
}
