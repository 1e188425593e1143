package hlstm.bench.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import hlstm.bench.LstmStack;

/**
 * A stack of LSTM layers in PyTorch, by way of DJL. Steps are made of the operators that PyTorch's
 * {@code LSTMCell} is made of, since its {@code nn.LSTM} lays its weights out anew at every call;
 * sequences go to {@code nn.LSTM}.
 */
public final class TorchPeer implements Peer {
    private static final String LIBRARY = "native/lib/pytorch.properties";

    private final NDManager manager;
    private final LstmStack stack;
    private final int steps;
    private final int threads;

    private TorchPeer(NDManager manager, LstmStack stack, int steps, int threads) {
        this.manager = manager;
        this.stack = stack;
        this.steps = steps;
        this.threads = threads;
    }

    /**
     * A stack in float32.
     *
     * @param steps 1 to take steps with a state, more to take sequences of so many
     * @param threads that compute one step
     * @throws PeerUnavailableException if PyTorch is not built in or cannot be loaded here
     */
    public static TorchPeer of(LstmStack stack, int steps, int threads)
            throws PeerUnavailableException {
        if (TorchPeer.class.getClassLoader().getResource(LIBRARY) == null) {
            throw new PeerUnavailableException(
                    "PyTorch is not built in; 'mvn -Ppeers -DskipTests package' adds it");
        }
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // DJL logs, we do not listen
        try {
            NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
            return new TorchPeer(manager, stack, steps, threads);
        } catch (LinkageError | RuntimeException e) {
            throw new PeerUnavailableException(
                    "PyTorch cannot be loaded on %s %s: %s"
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
        long biases = (long) stack.layers().size() * stack.layers().getFirst().size() * 4;
        return Float.BYTES * (stack.weights() + biases * stack.width());
    }

    @Override
    public PeerStream newStream() {
        NDManager own = manager.newSubManager();
        return steps == 1
                ? new TorchStepStream(own, stack, threads)
                : new TorchSequenceStream(own, stack, steps, threads);
    }

    @Override
    public void close() {
        manager.close();
    }
}
