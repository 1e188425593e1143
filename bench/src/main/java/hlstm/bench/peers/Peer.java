package hlstm.bench.peers;

/** A runtime with a network loaded: one of those that are held against each other. */
public interface Peer extends AutoCloseable {
    /** Weights of the network's gate matrices, without biases. */
    long weights();

    /** Bytes of the model as it is shipped; that of the weights alone where there is no file. */
    long modelBytes();

    /** A stream at its beginning, for one thread at a time. */
    PeerStream newStream();

    /** Frees what the runtime holds outside the heap; its streams must be closed before. */
    @Override
    default void close() {}
}
