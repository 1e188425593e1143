package hlstm.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stall counts for every frame that was due meanwhile, and streams stay on their threads. */
class ServiceTest {
    private static final float[][] INPUTS = {{1}};

    /** A runtime whose runs do something. */
    private static class FakePeer implements Peer {
        private final Runnable run;

        FakePeer(Runnable run) {
            this.run = run;
        }

        @Override
        public long weights() {
            return 1;
        }

        @Override
        public long modelBytes() {
            return 1;
        }

        @Override
        public PeerStream newStream() {
            return x -> {
                run.run();
                return x;
            };
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Of 100 frames in 200 ms the first takes 100 ms, so half of the frames are due before it ends;
     * from the beginning of their own run on, all but one would take microseconds.
     */
    @Test
    void aStallCountsForEveryFrameThatWasDue() {
        AtomicInteger runs = new AtomicInteger();
        Peer peer = new FakePeer(() -> pause(runs.getAndIncrement() == 0 ? 100 : 0));
        try (Service service = new Service("stalls", peer, 4, 1, INPUTS)) {
            Trial trial = service.hold(500, Duration.ofMillis(200));
            assertEquals(100, trial.latency().count());
            assertTrue(trial.latency().maxMicros() >= 100_000, trial::toString);
            assertTrue(trial.latency().p99Micros() >= 80_000, trial::toString);
        }
    }

    /** Runs of 20 ms cannot answer 1000 frames a second: most of them never begin. */
    @Test
    void aRateThatCannotBeHeldIsNot() {
        try (Service service = new Service("slow", new FakePeer(() -> pause(20)), 2, 1, INPUTS)) {
            Trial trial = service.hold(1000, Duration.ofMillis(200));
            assertEquals(200, trial.latency().count(), "frames that wait count as well");
            assertTrue(trial.unanswered() > 150, trial::toString);
            assertTrue(!trial.holds(10), trial::toString);
            assertTrue(trial.latency().p50Micros() > 50_000, trial::toString);
        }
    }

    @Test
    void streamsStayOnTheirThreadAndAllAreUsed() {
        Set<String> used = ConcurrentHashMap.newKeySet();
        AtomicInteger made = new AtomicInteger();
        Peer peer =
                new FakePeer(() -> {}) {
                    @Override
                    public PeerStream newStream() {
                        int number = made.getAndIncrement();
                        return x -> {
                            used.add(number + " on " + Thread.currentThread().getName());
                            return x;
                        };
                    }
                };
        try (Service service = new Service("fake", peer, 5, 2, INPUTS)) {
            service.hold(20_000, Duration.ofMillis(100));
            service.hold(20_000, Duration.ofMillis(100));
        }
        assertEquals(5, used.size(), used::toString);
    }

    @Test
    void saturationCountsAllRunsOfAllThreads() {
        AtomicInteger runs = new AtomicInteger();
        Peer peer =
                new FakePeer(
                        () -> {
                            runs.incrementAndGet();
                            pause(10);
                        });
        try (Service service = new Service("slow", peer, 2, 2, INPUTS)) {
            long before = System.nanoTime();
            double rate = service.saturate(Duration.ofMillis(300));
            double elapsed = 1e-9 * (System.nanoTime() - before);
            double seconds = runs.get() / rate;
            assertTrue(seconds >= 0.3 && seconds <= elapsed, () -> seconds + " of " + elapsed);
        }
    }

    @Test
    void aFailureOfARuntimeIsNamed() {
        Peer peer =
                new FakePeer(
                        () -> {
                            throw new IllegalArgumentException("broken");
                        });
        try (Service service = new Service("onnx", peer, 1, 1, INPUTS)) {
            var failure =
                    assertThrows(
                            IllegalStateException.class,
                            () -> service.hold(100, Duration.ofMillis(50)));
            assertTrue(failure.getMessage().contains("onnx"), failure::getMessage);
            assertTrue(failure.getMessage().contains("broken"), failure::getMessage);
        }
    }
}
