package hlstm.bench.peers;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import hlstm.bench.LstmStack;
import hlstm.bench.onnx.FloatLstm;
import hlstm.bench.onnx.LstmOperator;
import hlstm.bench.onnx.OnnxLstm;
import hlstm.bench.onnx.QuantisedLstm;
import hlstm.trainer.machine.Processor;

/**
 * A stack of LSTM layers in ONNX Runtime. Inputs and outputs lie in buffers outside the heap that
 * are bound once, the fastest way from Java.
 */
public final class OnnxPeer implements Peer {
    private static final int INT8_LEVELS = 127;

    /** On x86 without VNNI two products of 8 bits are added in 16 bits, which may saturate. */
    private static final int SAFE_INT8_LEVELS = 63;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final LstmStack stack;
    private final int steps;
    private final long modelBytes;

    private OnnxPeer(LstmStack stack, int steps, LstmOperator operator, int threads)
            throws PeerUnavailableException {
        environment = environment();
        this.stack = stack;
        this.steps = steps;
        byte[] model =
                steps == 1 ? OnnxLstm.step(stack, operator) : OnnxLstm.sequence(stack, operator);
        modelBytes = model.length;
        session = session(environment, model, threads);
    }

    /** A session of a model, which computes a run on so many threads. */
    static OrtSession session(OrtEnvironment environment, byte[] model, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            return environment.createSession(model, options);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /**
     * A stack in float32.
     *
     * @param steps 1 to take steps with a state, more to take sequences of so many
     * @param threads that compute one step
     * @throws PeerUnavailableException if the runtime's library cannot be loaded here
     */
    public static OnnxPeer float32(LstmStack stack, int steps, int threads)
            throws PeerUnavailableException {
        return new OnnxPeer(stack, steps, new FloatLstm(), threads);
    }

    /**
     * A stack with weights quantised to int8; parameters as for {@link #float32}.
     *
     * @throws PeerUnavailableException if the runtime's library cannot be loaded here
     */
    public static OnnxPeer int8(LstmStack stack, int steps, int threads)
            throws PeerUnavailableException {
        return new OnnxPeer(stack, steps, int8Operator(), threads);
    }

    /** Layers with weights of int8, with as many levels as this processor adds up exactly. */
    static LstmOperator int8Operator() {
        boolean exact =
                System.getProperty("os.arch").equals("aarch64")
                        || Processor.here().dotsInt8Exactly();
        return new QuantisedLstm(exact ? INT8_LEVELS : SAFE_INT8_LEVELS);
    }

    /** Loads the library, once. */
    static OrtEnvironment environment() throws PeerUnavailableException {
        try {
            return OrtEnvironment.getEnvironment(
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "hlstm-bench");
        } catch (LinkageError | RuntimeException e) {
            throw new PeerUnavailableException(
                    "ONNX Runtime cannot be loaded on %s %s: %s"
                            .formatted(
                                    System.getProperty("os.name"),
                                    System.getProperty("os.arch"),
                                    e),
                    e);
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
            return steps == 1
                    ? new OnnxStepStream(environment, session, stack)
                    : new OnnxSequenceStream(environment, session, stack, steps);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    static IllegalStateException failure(OrtException e) {
        return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
}
