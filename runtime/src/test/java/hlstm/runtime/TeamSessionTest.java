package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that share their work with a team. */
@Timeout(600)
final class TeamSessionTest {
    private static final int STEPS = 12;
    private static final int INPUTS = 20;
    private static final int OUTPUTS = 7;

    private final float[] in = RandomModels.values(STEPS * INPUTS, 2, new SplittableRandom(9));

    @TempDir private Path folder;

    private static RandomModels.Content content(boolean bidirectional) {
        ModelSpec spec =
                RandomModels.stack(
                        new RecurrentSpec(
                                new CellSpec(INPUTS, 48, List.of(36), false, 0), bidirectional),
                        new LinearSpec(48, OUTPUTS));
        return RandomModels.mixed(spec, 5);
    }

    private static Model model(boolean bidirectional) {
        return content(bidirectional).builder().build();
    }

    private Model model(boolean bidirectional, Kernels kernels) throws IOException {
        Path file = folder.resolve("model");
        content(bidirectional).builder().write(file);
        return Model.load(file, kernels);
    }

    private static ThreadTeam team(int threads) {
        return new ThreadTeam(threads, ThreadTeam.DEFAULT_SPIN, 1);
    }

    private float[] run(Session session) {
        float[] out = new float[STEPS * OUTPUTS];
        session.reset();
        session.run(in, STEPS, out);
        return out;
    }

    private float[] stepThrough(Session session) {
        float[] out = new float[STEPS * OUTPUTS];
        session.reset();
        for (int t = 0; t < STEPS; t++) {
            session.step(in, t * INPUTS, out, t * OUTPUTS);
        }
        return out;
    }

    /** Lets each call of a caller's kernel wait until a worker has called one. */
    private static final class Rendezvous implements ObservedKernels.Observer {
        private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
        private volatile boolean waiting;

        @Override
        public void beforeCall() {
            if (TeamThreads.isWorker(Thread.currentThread())) {
                workers.add(Thread.currentThread());
            } else if (waiting) {
                TeamThreads.await(() -> !workers.isEmpty());
            }
        }
    }

    @Test
    void stepsAreSharedWithWorkers() throws Exception {
        Rendezvous rendezvous = new Rendezvous();
        Model model = model(false, ObservedKernels.of(rendezvous));
        float[] expected = run(model.newSession());
        try (ThreadTeam team = team(2)) {
            rendezvous.waiting = true;
            assertArrayEquals(expected, stepThrough(model.newSession(team)));
        }
        assertEquals(1, rendezvous.workers.size());
    }

    @Test
    void directionsRunOnTwoThreads() throws Exception {
        Rendezvous rendezvous = new Rendezvous();
        Model model = model(true, ObservedKernels.of(rendezvous));
        float[] expected = run(model.newSession());
        try (ThreadTeam team = team(3)) {
            rendezvous.waiting = true;
            assertArrayEquals(expected, run(model.newSession(team)));
        }
        assertTrue(
                rendezvous.workers.stream()
                        .anyMatch(worker -> worker.getName().equals("hlstm-team-worker-1")));
    }

    @Test
    void sequencesOfAnyLengthInAnyOrder() {
        Model model = model(true);
        Session alone = model.newSession();
        try (ThreadTeam team = team(2)) {
            Session shared = model.newSession(team);
            for (int steps : new int[] {2, STEPS, 0, 1, 5, STEPS, 3}) {
                float[] expected = new float[STEPS * OUTPUTS + 2];
                float[] found = new float[STEPS * OUTPUTS + 2];
                Arrays.fill(expected, 99);
                Arrays.fill(found, 99);
                alone.run(in, 0, steps, expected, 1);
                shared.run(in, 0, steps, found, 1);
                assertArrayEquals(expected, found, steps + " steps");
            }
        }
    }

    @Test
    void sequencesTooSmallToShareRunOnTheCallersThread() throws Exception {
        Rendezvous rendezvous = new Rendezvous();
        Model model = model(true, ObservedKernels.of(rendezvous));
        try (ThreadTeam team = new ThreadTeam(2, ThreadTeam.DEFAULT_SPIN, Integer.MAX_VALUE)) {
            run(model.newSession(team));
        }
        assertEquals(Set.of(), rendezvous.workers);
    }

    @Test
    void failureOfAWorkerReachesTheCallerAndTheTeamWorksOn() throws Exception {
        for (boolean bidirectional : new boolean[] {false, true}) {
            Rendezvous rendezvous = new Rendezvous();
            boolean[] failing = new boolean[1];
            Kernels kernels =
                    ObservedKernels.of(
                            () -> {
                                rendezvous.beforeCall();
                                if (failing[0] && TeamThreads.isWorker(Thread.currentThread())) {
                                    throw new IllegalStateException("no kernel today");
                                }
                            });
            Model model = model(bidirectional, kernels);
            float[] expected = run(model.newSession());
            try (ThreadTeam team = team(2)) {
                Session session = model.newSession(team);
                failing[0] = true;
                rendezvous.waiting = true;
                var e = assertThrows(IllegalStateException.class, () -> run(session));
                assertEquals("no kernel today", e.getMessage());
                failing[0] = false;
                assertArrayEquals(expected, run(session));
                assertArrayEquals(expected, run(model.newSession(team)));
            }
        }
    }

    @Test
    void callThatFindsTheTeamAtWorkDoesAllItself() throws Exception {
        Rendezvous rendezvous = new Rendezvous();
        Model model = model(false, ObservedKernels.of(rendezvous));
        float[] expected = run(model.newSession());
        try (ThreadTeam team = team(2)) {
            assertTrue(team.begin()); // as if another call had it
            assertArrayEquals(expected, stepThrough(model.newSession(team)));
            assertEquals(Set.of(), rendezvous.workers);
            team.end();
            rendezvous.waiting = true;
            assertArrayEquals(expected, stepThrough(model.newSession(team)));
            assertEquals(1, rendezvous.workers.size());
        }
    }

    @Test
    void manySessionsOnManyThreadsMayHaveOneTeam() throws Exception {
        Model model = model(false);
        Model other = model(true);
        float[] expected = run(model.newSession());
        float[] expectedOfOther = run(other.newSession());
        try (ThreadTeam team = team(3);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Integer> work =
                    () -> {
                        Session session = model.newSession(team);
                        Session whole = other.newSession(team);
                        int equal = 0;
                        for (int round = 0; round < 100; round++) {
                            equal += Arrays.equals(expected, stepThrough(session)) ? 1 : 0;
                            equal += Arrays.equals(expectedOfOther, run(whole)) ? 1 : 0;
                        }
                        return equal;
                    };
            for (Future<Integer> equal : threads.invokeAll(List.of(work, work, work, work))) {
                assertEquals(200, equal.get());
            }
        }
    }

    @Test
    void sessionsWorkOnVirtualThreads() throws Exception {
        Model model = model(false);
        float[] expected = run(model.newSession());
        try (ThreadTeam team = team(2)) {
            float[][] found = new float[1][];
            Thread.startVirtualThread(() -> found[0] = stepThrough(model.newSession(team))).join();
            assertArrayEquals(expected, found[0]);
        }
    }

    @Test
    void sessionOfAClosedTeamIsRefusedAndStaysAsItWas() {
        ThreadTeam team = team(2);
        Session session = model(false).newSession(team);
        run(session);
        SessionState before = session.state();
        team.close();
        float[] out = new float[OUTPUTS];
        assertThrows(IllegalStateException.class, () -> session.step(in, 0, out, 0));
        assertThrows(IllegalStateException.class, () -> session.run(in, 1, out));
        assertEquals(before, session.state());
        Model model = model(false);
        assertThrows(IllegalStateException.class, () -> model.newSession(team));
        NullPointerException none =
                assertThrows(NullPointerException.class, () -> model.newSession(null));
        assertTrue(none.getMessage().contains("team"), none::toString);
    }

    @Test
    void warmUpMayUseATeam() {
        try (ThreadTeam team = team(2)) {
            WarmUpReport report =
                    model(true).warmUp(WarmUp.sequences(4).on(team).within(Duration.ZERO));
            assertEquals(4, report.steps());
            assertTrue(team.begin(), "the team has been given back");
            team.end();
        }
    }
}
