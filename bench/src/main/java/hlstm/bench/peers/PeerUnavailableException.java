package hlstm.bench.peers;

/** A runtime cannot be used here; the message says why, and what to do. */
public final class PeerUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    /** A runtime that is not there. */
    public PeerUnavailableException(String message) {
        super(message);
    }

    /** A runtime that is there, but does not work. */
    public PeerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
