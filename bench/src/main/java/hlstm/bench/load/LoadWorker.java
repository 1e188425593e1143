package hlstm.bench.load;

import hlstm.bench.comparison.AllocatedBytes;
import hlstm.bench.peers.PeerStream;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * A thread's share of a service: some streams that are bound to it, whose frames it answers in the
 * order in which they come. Between frames it spins, as on a processor of its own.
 */
final class LoadWorker implements AutoCloseable {
    private static final long HIGHEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    private final PeerStream[] streams;
    private final float[][] inputs;
    private final Arrivals arrivals;
    private final Histogram latencies = new Histogram(HIGHEST_NANOS, DIGITS);
    private long unanswered;
    private long allocatedBytes;
    private int next;

    /**
     * A worker that has nothing to do yet.
     *
     * @param streams are closed with this
     * @param inputs what runs get, by turns
     */
    LoadWorker(PeerStream[] streams, float[][] inputs, long seed) {
        this.streams = streams;
        this.inputs = inputs;
        arrivals = new Arrivals(streams.length, seed);
    }

    /**
     * Answers frames of a fixed rate. The latency of a frame counts from the moment when it was
     * due, whatever the worker was doing then; frames that wait at the end count with their wait so
     * far.
     *
     * @param start moment of {@link System#nanoTime} at which the schedule begins
     * @param gapNanos mean time between two frames
     * @param frames number of frames
     * @param end moment after which none is begun
     */
    void serve(long start, double gapNanos, long frames, long end) {
        latencies.reset();
        unanswered = 0;
        long bytesBefore = AllocatedBytes.ofThisThread();
        long frame = 0;
        while (frame < frames) {
            long due = start + (long) (arrivals.time(frame) * gapNanos);
            long now = System.nanoTime();
            while (now - due < 0) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            if (now - end >= 0) {
                break;
            }
            answer(arrivals.stream(frame));
            record(System.nanoTime() - due);
            frame++;
        }
        allocatedBytes = AllocatedBytes.ofThisThread() - bytesBefore;
        unanswered = frames - frame;
        for (; frame < frames; frame++) {
            record(Math.max(0, end - start - (long) (arrivals.time(frame) * gapNanos)));
        }
    }

    /** Answers frames as fast as it can until a moment; gives their number. */
    long saturate(long end) {
        long frames = 0;
        while (System.nanoTime() - end < 0) {
            answer(arrivals.stream(frames++));
        }
        return frames;
    }

    private void answer(int stream) {
        streams[stream].run(inputs[next]);
        next = next + 1 == inputs.length ? 0 : next + 1;
    }

    private void record(long nanos) {
        latencies.recordValue(Math.min(nanos, HIGHEST_NANOS));
    }

    /** Nanoseconds of the frames of the last {@link #serve}. */
    Histogram latencies() {
        return latencies;
    }

    /** Frames of the last {@link #serve} that were not begun before its end. */
    long unanswered() {
        return unanswered;
    }

    /** Heap that the thread has allocated in the last {@link #serve}. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    @Override
    public void close() {
        for (PeerStream stream : streams) {
            stream.close();
        }
    }
}
