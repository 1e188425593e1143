package hlstm.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hlstm.bench.TranslatorStack;
import hlstm.bench.onnx.OnnxLstm;
import hlstm.bench.onnx.OnnxTranslator;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates with a given target; see {@link ForcedTranslation}. States lie in two sets of buffers:
 * one is read, the other written.
 */
final class OnnxTranslatorStream implements PeerStream {
    private final OrtSession encoder;
    private final OrtSession decoder;
    private final TranslatorStack stack;
    private final int sourceSteps;
    private final OnnxBuffer source;
    private final OnnxBuffer embedding;
    private final OnnxBuffer shares;
    private final List<OnnxBuffer> buffers = new ArrayList<>();
    private final List<OnnxBuffer> states = new ArrayList<>();
    private final Map<String, OnnxTensor> encoded;
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> outputs = new ArrayList<>();
    private final float[] zeros;
    private float[] result = new float[0];

    OnnxTranslatorStream(
            OrtEnvironment environment,
            OrtSession encoder,
            OrtSession decoder,
            TranslatorStack stack,
            int sourceSteps)
            throws OrtException {
        this.encoder = encoder;
        this.decoder = decoder;
        this.stack = stack;
        this.sourceSteps = sourceSteps;
        int width = stack.width();
        zeros = new float[width];
        source = buffer(environment, sourceSteps, 1, stack.embedding());
        embedding = buffer(environment, 1, 1, stack.embedding());
        shares = buffer(environment, 1, sourceSteps);
        OnnxBuffer scores = buffer(environment, 1, stack.tokens());
        OnnxBuffer memory = buffer(environment, sourceSteps, width);
        OnnxBuffer keys = buffer(environment, width, sourceSteps);
        encoded =
                Map.of(OnnxTranslator.MEMORY, memory.tensor(), OnnxTranslator.KEYS, keys.tensor());
        for (int set = 0; set < 2; set++) {
            inputs.add(new HashMap<>(encoded));
            inputs.get(set).put(OnnxTranslator.INPUT, embedding.tensor());
            outputs.add(new HashMap<>());
            outputs.get(set).put(OnnxTranslator.SHARES, shares.tensor());
            outputs.get(set).put(OnnxTranslator.SCORES, scores.tensor());
        }
        List<String> names = new ArrayList<>(List.of(OnnxTranslator.FEED));
        for (int n = 0; n < stack.decoder().layers().size(); n++) {
            names.add(OnnxLstm.h(n));
            names.add(OnnxLstm.c(n));
        }
        for (String name : names) {
            for (int set = 0; set < 2; set++) {
                OnnxBuffer buffer = buffer(environment, 1, 1, width);
                inputs.get(set).put(name, buffer.tensor());
                outputs.get(1 - set).put(OnnxLstm.next(name), buffer.tensor());
                states.add(buffer);
            }
        }
    }

    private OnnxBuffer buffer(OrtEnvironment environment, long... shape) throws OrtException {
        OnnxBuffer buffer = OnnxBuffer.zeros(environment, shape);
        buffers.add(buffer);
        return buffer;
    }

    @Override
    public float[] run(float[] tokens) {
        int targetSteps = tokens.length - sourceSteps;
        if (result.length != targetSteps * sourceSteps) {
            result = new float[targetSteps * sourceSteps];
        }
        int width = stack.embedding();
        FloatBuffer x = source.floats();
        for (int step = 0; step < sourceSteps; step++) {
            int row = (int) tokens[step] * width;
            x.put(step * width, stack.sourceEmbedding(), row, width);
        }
        for (OnnxBuffer state : states) {
            state.floats().put(0, zeros);
        }
        try {
            encoder.run(Map.of(OnnxTranslator.INPUT, source.tensor()), encoded).close();
            for (int step = 0; step < targetSteps; step++) {
                int row = (int) tokens[sourceSteps + step] * width;
                embedding.floats().put(0, stack.targetEmbedding(), row, width);
                decoder.run(inputs.get(step % 2), outputs.get(step % 2)).close();
                shares.floats().get(0, result, step * sourceSteps, sourceSteps);
            }
            return result;
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }

    @Override
    public void close() {
        buffers.forEach(OnnxBuffer::close);
    }
}
