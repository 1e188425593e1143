package hlstm.bench.comparison;

import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** A peer that is being timed: its stream, and what was measured of it so far. For one thread. */
public final class Entrant implements AutoCloseable {
    private static final long HIGHEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    /** Runs of at least this part of a slice are long. */
    private static final int LONG_RUN_SHARE = 10;

    private final String runtime;
    private final int threads;
    private final Peer peer;
    private final PeerStream stream;
    private final Histogram histogram = new Histogram(HIGHEST_NANOS, DIGITS);
    private final float[][] inputs;
    private long allocatedBytes;
    private long lastNanos;
    private int next;

    /**
     * A peer at the beginning of a stream; it is closed with this.
     *
     * @param inputs what its runs get, by turns
     */
    public Entrant(String runtime, int threads, Peer peer, float[][] inputs) {
        this.runtime = runtime;
        this.threads = threads;
        this.peer = peer;
        this.inputs = inputs;
        stream = peer.newStream();
    }

    /**
     * Runs for a while. Other entrants have had the caches before, so one run is not counted,
     * unless runs are so long that they fill the caches anew anyway.
     *
     * @return the time that was measured, in nanoseconds
     */
    long slice(long nanos) {
        if (lastNanos < nanos / LONG_RUN_SHARE) {
            run();
        }
        long bytesBefore = AllocatedBytes.ofThisThread();
        long begin = System.nanoTime();
        long before = begin;
        do {
            run();
            long after = System.nanoTime();
            lastNanos = after - before;
            histogram.recordValue(Math.min(lastNanos, HIGHEST_NANOS));
            before = after;
        } while (before - begin < nanos);
        allocatedBytes += AllocatedBytes.ofThisThread() - bytesBefore;
        return before - begin;
    }

    private void run() {
        stream.run(inputs[next]);
        next = next + 1 == inputs.length ? 0 : next + 1;
    }

    /** Forgets what was measured. */
    public void clear() {
        histogram.reset();
        allocatedBytes = 0;
    }

    /** Its name. */
    public String runtime() {
        return runtime;
    }

    int threads() {
        return threads;
    }

    /** What is timed. */
    public Peer peer() {
        return peer;
    }

    /** Nanoseconds of its runs. */
    public Histogram histogram() {
        return histogram;
    }

    /** Bytes that its runs have allocated on the heap. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    @Override
    public void close() {
        stream.close();
        peer.close();
    }
}
