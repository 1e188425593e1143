package hlstm.bench.peers;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hlstm.bench.TranslatorStack;
import hlstm.bench.onnx.OnnxTranslator;

/** An encoder-decoder in ONNX Runtime: one graph encodes, another takes a step of the decoder. */
public final class OnnxTranslatorPeer implements Peer {
    private final TranslatorStack stack;
    private final int sourceSteps;
    private final OrtEnvironment environment;
    private final OrtSession encoder;
    private final OrtSession decoder;
    private final long modelBytes;

    /**
     * A stack in float32, on one thread.
     *
     * @param sourceSteps tokens of every source
     * @throws PeerUnavailableException if the runtime's library cannot be loaded here
     */
    public OnnxTranslatorPeer(TranslatorStack stack, int sourceSteps)
            throws PeerUnavailableException {
        this.stack = stack;
        this.sourceSteps = sourceSteps;
        environment = OnnxPeer.environment();
        byte[] encoding = OnnxTranslator.encoder(stack);
        byte[] step = OnnxTranslator.step(stack);
        modelBytes = (long) encoding.length + step.length;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            encoder = environment.createSession(encoding, options);
            decoder = environment.createSession(step, options);
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }

    @Override
    public long weights() {
        return stack.weights();
    }

    @Override
    public long modelBytes() {
        return modelBytes;
    }

    @Override
    public PeerStream newStream() {
        try {
            return new OnnxTranslatorStream(environment, encoder, decoder, stack, sourceSteps);
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }

    @Override
    public void close() {
        try {
            encoder.close();
            decoder.close();
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }
}
