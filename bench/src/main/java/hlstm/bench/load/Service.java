package hlstm.bench.load;

import hlstm.bench.Latency;
import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** A runtime at work on many streams, each of which belongs to one of a few worker threads. */
final class Service implements AutoCloseable {
    /** From the start of the threads to the first frame. */
    private static final Duration LEAD = Duration.ofMillis(20);

    /** How long frames that wait at the end are still answered. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final String runtime;
    private final Peer peer;
    private final List<LoadWorker> workers = new ArrayList<>();

    /**
     * A service whose streams are at their beginning.
     *
     * @param peer is closed with this; works on the thread that calls it
     * @param streams at least as many as workers
     * @param inputs what runs get, by turns
     */
    Service(String runtime, Peer peer, int streams, int workers, float[][] inputs) {
        this.runtime = runtime;
        this.peer = peer;
        for (int w = 0; w < workers; w++) {
            PeerStream[] own = new PeerStream[(streams + workers - 1 - w) / workers];
            for (int s = 0; s < own.length; s++) {
                own[s] = peer.newStream();
            }
            this.workers.add(new LoadWorker(own, inputs, w + 1L));
        }
    }

    String runtime() {
        return runtime;
    }

    /** Answers frames as fast as it can for a while; gives frames a second. */
    double saturate(Duration time) {
        long[] frames = new long[workers.size()];
        long start = System.nanoTime();
        long end = start + time.toNanos();
        onThreads(w -> frames[w] = workers.get(w).saturate(end));
        long sum = 0;
        for (long each : frames) {
            sum += each;
        }
        return 1e9 * sum / (System.nanoTime() - start);
    }

    /** Holds a rate for a while. */
    Trial hold(double ratePerSecond, Duration time) {
        long start = System.nanoTime() + LEAD.toNanos();
        long end = start + time.plus(GRACE).toNanos();
        double gapNanos = 1e9 * workers.size() / ratePerSecond;
        long frames = Math.max(1, Math.round(time.toNanos() / gapNanos));
        onThreads(w -> workers.get(w).serve(start, gapNanos, frames, end));
        Histogram all = workers.getFirst().latencies().copy();
        long unanswered = 0;
        long bytes = 0;
        for (LoadWorker worker : workers) {
            if (worker != workers.getFirst()) {
                all.add(worker.latencies());
            }
            unanswered += worker.unanswered();
            bytes += worker.allocatedBytes();
        }
        long answered = Math.max(1, all.getTotalCount() - unanswered);
        return new Trial(ratePerSecond, Latency.of(all), unanswered, (double) bytes / answered);
    }

    /** Does something on a thread for each worker, and waits for all. */
    private void onThreads(Consumer<Integer> task) {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < workers.size(); w++) {
            int number = w;
            threads.add(
                    Thread.ofPlatform()
                            .name("load-worker-" + w)
                            .daemon()
                            .uncaughtExceptionHandler(
                                    (thread, failure) -> {
                                        synchronized (failures) {
                                            failures.add(failure);
                                        }
                                    })
                            .start(() -> task.accept(number)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while timing", e);
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    "%s failed under load: %s".formatted(runtime, failures.getFirst()),
                    failures.getFirst());
        }
    }

    @Override
    public void close() {
        workers.forEach(LoadWorker::close);
        peer.close();
    }
}
