package hlstm.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hlstm.bench.LstmStack;
import hlstm.bench.onnx.OnnxLstm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes steps with a state, which lies in two sets of buffers: one is read, the other written. */
final class OnnxStepStream implements PeerStream {
    private final OrtSession session;
    private final OnnxBuffer x;
    private final float[] y;
    private final List<OnnxBuffer> buffers = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> outputs = new ArrayList<>();
    private final List<OnnxBuffer> results = new ArrayList<>();
    private int from;

    OnnxStepStream(OrtEnvironment environment, OrtSession session, LstmStack stack)
            throws OrtException {
        this.session = session;
        y = new float[stack.width()];
        x = buffer(environment, stack.inputWidth());
        for (int set = 0; set < 2; set++) {
            inputs.add(new HashMap<>(Map.of(OnnxLstm.INPUT, x.tensor())));
            outputs.add(new HashMap<>());
        }
        for (int set = 0; set < 2; set++) {
            for (int n = 0; n < stack.layers().size(); n++) {
                for (String state : List.of(OnnxLstm.c(n), OnnxLstm.h(n))) {
                    OnnxBuffer buffer = buffer(environment, stack.width());
                    inputs.get(set).put(state, buffer.tensor());
                    outputs.get(1 - set).put(OnnxLstm.next(state), buffer.tensor());
                }
            }
            results.add(buffers.getLast()); // h of the last layer
        }
    }

    private OnnxBuffer buffer(OrtEnvironment environment, int width) throws OrtException {
        OnnxBuffer buffer = OnnxBuffer.zeros(environment, 1, 1, width);
        buffers.add(buffer);
        return buffer;
    }

    @Override
    public float[] run(float[] in) {
        x.floats().put(0, in);
        try {
            session.run(inputs.get(from), outputs.get(from))
                    .close(); // the results stay in the buffers
            from = 1 - from;
            results.get(from).floats().get(0, y);
            return y;
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }

    @Override
    public void close() {
        buffers.forEach(OnnxBuffer::close);
    }
}
