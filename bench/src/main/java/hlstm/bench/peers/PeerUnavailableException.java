package hlstm.bench.peers;

/** A runtime cannot be used here; the message says why, and what to do. */
public final class PeerUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    PeerUnavailableException(String message) {
        super(message);
    }

    PeerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
