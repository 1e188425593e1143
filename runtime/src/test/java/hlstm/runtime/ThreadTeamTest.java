package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hand-over of parts, sleeping and waking, failures, and the end of teams. */
@Timeout(600)
final class ThreadTeamTest {
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** Counts how often each part was done, without any synchronisation of its own. */
    private static final class Counting implements TeamTask {
        private final long[] done;
        private final SplittableRandom[] jitter;
        private final int maxPause;

        Counting(int parts) {
            this(parts, 128);
        }

        Counting(int parts, int maxPause) {
            this.maxPause = maxPause;
            done = new long[parts];
            jitter = new SplittableRandom[parts];
            Arrays.setAll(jitter, SplittableRandom::new);
        }

        @Override
        public void run(int part) {
            int pause = jitter[part].nextInt(8 * maxPause);
            if (pause == 0) {
                Thread.yield();
            }
            for (int k = 0; k < pause / 8; k++) {
                Thread.onSpinWait();
            }
            done[part]++;
        }

        void assertAllDone(long times) {
            for (int part = 0; part < done.length; part++) {
                assertEquals(times, done[part], "part " + part);
            }
        }
    }

    /** Does its first part only after others have begun theirs, so that they are on workers. */
    private static final class Meeting implements TeamTask {
        private final AtomicInteger begun = new AtomicInteger();
        private final Thread[] threads;

        Meeting(int parts) {
            threads = new Thread[parts];
        }

        @Override
        public void run(int part) {
            threads[part] = Thread.currentThread();
            begun.incrementAndGet();
            TeamThreads.await(() -> begun.get() == threads.length);
        }
    }

    private static void runOnce(ThreadTeam team, TeamTask task, int parts) {
        assertTrue(team.begin());
        try {
            team.run(task, parts);
        } finally {
            team.end();
        }
    }

    @Test
    void hundredThousandHandOversUnderJitter() {
        Counting task = new Counting(3);
        try (ThreadTeam team = new ThreadTeam(3)) {
            assertTrue(team.begin());
            for (int k = 1; k <= 100_000; k++) {
                team.run(task, 3);
                task.assertAllDone(k);
            }
            team.end();
        }
    }

    @Test
    void partsForWhichCallerAndWorkerRaceAreDoneOnce() {
        // The caller takes its second part back about when the worker reaches for it.
        Counting task = new Counting(2, 8);
        try (ThreadTeam team = new ThreadTeam(2, FOREVER)) {
            assertTrue(team.begin());
            for (int k = 1; k <= 500_000; k++) {
                team.run(task, 2);
                task.assertAllDone(k);
            }
            team.end();
        }
    }

    @Test
    void handOversToWorkersThatFallAsleepAtOnce() {
        Counting task = new Counting(3);
        try (ThreadTeam team = new ThreadTeam(3, Duration.ZERO)) {
            for (int k = 1; k <= 20_000; k++) {
                runOnce(team, task, 3);
                task.assertAllDone(k);
            }
        }
    }

    @Test
    void tasksMayHaveFewerPartsThanThereAreThreads() {
        Counting whole = new Counting(4);
        Counting two = new Counting(2);
        Counting one = new Counting(1);
        try (ThreadTeam team = new ThreadTeam(4)) {
            assertTrue(team.begin());
            for (int k = 1; k <= 5000; k++) {
                team.run(whole, 4);
                team.run(two, 2);
                team.run(one, 1);
            }
            team.end();
        }
        whole.assertAllDone(5000);
        two.assertAllDone(5000);
        one.assertAllDone(5000);
    }

    @Test
    void eachThreadDoesItsPart() {
        Meeting task = new Meeting(3);
        try (ThreadTeam team = new ThreadTeam(3)) {
            runOnce(team, task, 3);
        }
        assertSame(Thread.currentThread(), task.threads[0]);
        assertEquals("hlstm-team-worker-1", task.threads[1].getName());
        assertEquals("hlstm-team-worker-2", task.threads[2].getName());
    }

    @Test
    void workersAreDaemonsThatEndWithTheTeam() {
        assertEquals(List.of(), TeamThreads.alive());
        try (ThreadTeam team = new ThreadTeam(3)) {
            assertEquals(3, team.threads());
            List<Thread> workers = TeamThreads.alive();
            assertEquals(
                    List.of("hlstm-team-worker-1", "hlstm-team-worker-2"),
                    workers.stream().map(Thread::getName).toList());
            assertTrue(workers.stream().allMatch(Thread::isDaemon));
        }
        assertEquals(List.of(), TeamThreads.alive());
    }

    @Test
    void defaultSizeIsThatOfTheProcess() {
        try (ThreadTeam team = new ThreadTeam()) {
            assertEquals(Runtime.getRuntime().availableProcessors(), team.threads());
        }
    }

    @Test
    void teamOfOneStartsNoThread() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            assertEquals(List.of(), TeamThreads.alive());
            Counting task = new Counting(1);
            runOnce(team, task, 1);
            task.assertAllDone(1);
        }
    }

    @Test
    void idleWorkersSleepAndWakeUp() {
        try (ThreadTeam team = new ThreadTeam(3)) {
            for (int round = 0; round < 20; round++) {
                TeamThreads.awaitParked();
                Meeting task = new Meeting(3);
                runOnce(team, task, 3);
                assertNotEquals(task.threads[1], task.threads[2]);
            }
        }
    }

    @Test
    void workersToldToSpinDoNotSleep() throws Exception {
        try (ThreadTeam team = new ThreadTeam(2, FOREVER)) {
            Thread worker = TeamThreads.alive().getFirst();
            for (int k = 0; k < 20; k++) {
                Thread.sleep(2);
                assertEquals(Thread.State.RUNNABLE, worker.getState());
            }
            runOnce(team, new Meeting(2), 2);
        }
        assertEquals(List.of(), TeamThreads.alive());
    }

    @Test
    void teamsCloseWhileSpinningWhileAsleepAndAtOnce() {
        new ThreadTeam(3, FOREVER).close();
        for (int round = 0; round < 50; round++) {
            ThreadTeam spinning = new ThreadTeam(3, FOREVER);
            runOnce(spinning, new Counting(3), 3);
            spinning.close();
            ThreadTeam asleep = new ThreadTeam(3, Duration.ZERO);
            if (round % 5 == 0) {
                TeamThreads.awaitParked();
            }
            asleep.close();
            asleep.close();
        }
        assertEquals(List.of(), TeamThreads.alive());
    }

    @Test
    void closingWaitsForTheCallThatIsAtWork() throws Exception {
        ThreadTeam team = new ThreadTeam(2);
        AtomicInteger stage = new AtomicInteger();
        Thread caller =
                new Thread(
                        () ->
                                runOnce(
                                        team,
                                        part -> {
                                            stage.incrementAndGet();
                                            TeamThreads.await(() -> stage.get() >= 3);
                                        },
                                        2));
        caller.start();
        TeamThreads.await(() -> stage.get() == 2);
        Thread closer = new Thread(team::close);
        closer.start();
        TeamThreads.await(() -> closer.getState() == Thread.State.WAITING);
        assertEquals(1, TeamThreads.alive().size());
        stage.set(3);
        closer.join();
        caller.join();
        assertEquals(List.of(), TeamThreads.alive());
    }

    @Test
    void callThatIsAtWorkWhenTheTeamClosesIsFinished() throws Exception {
        Counting task = new Counting(3);
        for (int round = 0; round < 20; round++) {
            ThreadTeam team = new ThreadTeam(3);
            assertTrue(team.begin());
            Thread closer = new Thread(team::close);
            closer.start();
            for (int k = 0; k < 100; k++) {
                team.run(task, 3);
            }
            closer.join();
            team.run(task, 3);
            team.end();
        }
        task.assertAllDone(20 * 101);
    }

    @Test
    void closedTeamIsRefused() {
        ThreadTeam team = new ThreadTeam(2);
        team.close();
        var e = assertThrows(IllegalStateException.class, team::begin);
        assertTrue(e.getMessage().contains("the team of this session is closed"));
    }

    @Test
    void teamServesOneCallAtATime() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            assertTrue(team.begin());
            assertFalse(team.begin());
            team.end();
            assertTrue(team.begin());
            team.end();
        }
    }

    @Test
    void idleTeamKeepsNoTask() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            runOnce(team, new Counting(2), 2);
            assertNull(team.task());
        }
    }

    @Test
    void failureOfAWorkerReachesTheCaller() {
        try (ThreadTeam team = new ThreadTeam(3)) {
            for (int round = 0; round < 100; round++) {
                AtomicInteger begun = new AtomicInteger();
                var thrown = new IllegalStateException("part 1");
                TeamTask failing =
                        part -> {
                            begun.incrementAndGet();
                            TeamThreads.await(() -> begun.get() == 3);
                            if (part == 1) {
                                throw thrown;
                            }
                        };
                assertSame(
                        thrown,
                        assertThrows(IllegalStateException.class, () -> runOnce(team, failing, 3)));
                Counting task = new Counting(3);
                runOnce(team, task, 3);
                task.assertAllDone(1);
            }
        }
    }

    @Test
    void failuresOfAllPartsAreKept() {
        try (ThreadTeam team = new ThreadTeam(3)) {
            TeamTask failing =
                    part -> {
                        throw new AssertionError("part " + part);
                    };
            AssertionError e = assertThrows(AssertionError.class, () -> runOnce(team, failing, 3));
            assertEquals("part 0", e.getMessage());
            String[] others =
                    Arrays.stream(e.getSuppressed())
                            .map(Throwable::getMessage)
                            .sorted()
                            .toArray(String[]::new);
            assertArrayEquals(new String[] {"part 1", "part 2"}, others);
        }
    }

    @Test
    void failureOfTheCallerWaitsForTheWorkers() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            for (int round = 0; round < 100; round++) {
                AtomicInteger begun = new AtomicInteger();
                long[] finished = new long[1];
                TeamTask failing =
                        part -> {
                            begun.incrementAndGet();
                            TeamThreads.await(() -> begun.get() == 2);
                            if (part == 0) {
                                throw new IllegalStateException();
                            }
                            for (int k = 0; k < 10_000; k++) {
                                Thread.onSpinWait();
                            }
                            finished[0] = 1;
                        };
                assertThrows(IllegalStateException.class, () -> runOnce(team, failing, 2));
                assertEquals(1, finished[0]);
            }
        }
    }

    @Test
    void interruptsOfTheCallerAreKept() {
        try (ThreadTeam team = new ThreadTeam(3)) {
            Thread.currentThread().interrupt();
            Counting task = new Counting(3);
            for (int k = 0; k < 100; k++) {
                runOnce(team, task, 3);
            }
            task.assertAllDone(100);
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            // Closing was interrupted, has waited all the same, and has kept the interrupt.
            assertTrue(Thread.interrupted());
            assertEquals(List.of(), TeamThreads.alive());
        }
    }

    @Test
    void interruptedWorkersSleepAndWorkOn() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            Thread worker = TeamThreads.alive().getFirst();
            for (int round = 0; round < 20; round++) {
                worker.interrupt();
                TeamThreads.await(() -> !worker.isInterrupted());
                TeamThreads.awaitParked();
                runOnce(team, new Meeting(2), 2);
            }
        }
    }

    @Test
    void argumentsAreChecked() {
        for (Runnable making :
                List.<Runnable>of(
                        () -> new ThreadTeam(0),
                        () -> new ThreadTeam(2, Duration.ofNanos(-1)),
                        () -> new ThreadTeam(2, Duration.ZERO, 0))) {
            var e = assertThrows(IllegalArgumentException.class, making::run);
            assertTrue(e.getMessage().startsWith("a team needs 1 thread"), e.getMessage());
        }
        assertEquals(List.of(), TeamThreads.alive());
    }
}
