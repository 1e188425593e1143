package hlstm.bench.comparison;

import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;

/**
 * The same arithmetic again and again, without memory: as steady as anything can be on the machine,
 * so that the spread of its times is the machine's own.
 */
final class SpinLoop implements Peer {
    private static final int TRIAL = 100_000;
    private static final int TRIALS = 200;

    private final long turns;

    private SpinLoop(long turns) {
        this.turns = turns;
    }

    /** A loop that takes about so long. */
    static SpinLoop of(long nanos) {
        float[] none = {};
        PeerStream trial = new SpinLoop(TRIAL).newStream();
        long best = Long.MAX_VALUE;
        for (int k = 0; k < TRIALS; k++) {
            long before = System.nanoTime();
            trial.run(none);
            best = Math.min(best, System.nanoTime() - before);
        }
        return new SpinLoop(Math.max(1, nanos * TRIAL / Math.max(1, best)));
    }

    @Override
    public long weights() {
        return 0;
    }

    @Override
    public long modelBytes() {
        return 0;
    }

    @Override
    public PeerStream newStream() {
        return new PeerStream() {
            private final float[] out = new float[1];
            private long state = 1;

            @Override
            public float[] run(float[] x) {
                long value = state;
                for (long turn = 0; turn < turns; turn++) {
                    value ^= value << 13;
                    value ^= value >>> 7;
                    value ^= value << 17;
                }
                state = value;
                return out;
            }
        };
    }
}
