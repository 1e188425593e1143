package hlstm.bench.peers;

import org.junit.jupiter.api.Assumptions;

/** Skips tests of peers that this platform has no library for. */
final class Available {
    private Available() {}

    interface Source {
        Peer make() throws Exception;
    }

    static Peer orSkip(Source source) throws Exception {
        try {
            return source.make();
        } catch (PeerUnavailableException e) {
            System.err.println("skipped: " + e.getMessage());
            return Assumptions.abort(e.getMessage());
        }
    }
}
