package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Neither the caller of a step nor the workers allocate once the kernels are compiled. */
@Timeout(600)
final class TeamAllocationTest {
    private static final int STEPS = 20;

    private final float[] in = RandomModels.values(STEPS * 40, 1, new SplittableRandom(1));
    private final float[] out = new float[STEPS * 7];

    @Test
    void stepsAllocateNothing() {
        try (ThreadTeam team = new ThreadTeam(3, ThreadTeam.DEFAULT_SPIN, 1)) {
            Session session = model(false).newSession(team);
            assertNobodyAllocates(
                    () -> {
                        for (int t = 0; t < STEPS; t++) {
                            session.step(in, t * 40, out, t * 7);
                        }
                    });
        }
    }

    @Test
    void bidirectionalRunsAllocateNothing() {
        try (ThreadTeam team = new ThreadTeam(2, ThreadTeam.DEFAULT_SPIN, 1)) {
            Session session = model(true).newSession(team);
            assertNobodyAllocates(() -> session.run(in, STEPS, out));
        }
    }

    /** A team that was busy for a session's first run leaves it nothing to make up for later. */
    @Test
    void aRunAllocatesNothingLaterBecauseTheTeamWasBusy() {
        try (ThreadTeam team = new ThreadTeam(2, ThreadTeam.DEFAULT_SPIN, 1)) {
            Model model = model(true);
            Session other = model.newSession(team);
            assertNobodyAllocates(() -> other.run(in, STEPS, out));
            Session session = model.newSession(team);
            assertTrue(team.begin());
            session.run(in, STEPS, out);
            team.end();

            long bytes = AllocatedBytes.of(() -> session.run(in, STEPS, out));

            // Less than the outputs of a direction; the virtual machine itself allocates a little.
            assertTrue(bytes < STEPS * 33 * Float.BYTES, () -> bytes + " bytes");
        }
    }

    private static Model model(boolean bidirectional) {
        RecurrentSpec hidden =
                new RecurrentSpec(new CellSpec(40, 48, List.of(32, 24), false, 0), bidirectional);
        ModelSpec spec =
                RandomModels.stack(hidden, RandomModels.lstm(48, 33), new LinearSpec(33, 7));
        return RandomModels.mixed(spec, 5).builder().build();
    }

    private static void assertNobodyAllocates(Runnable code) {
        long[] threads = TeamThreads.alive().stream().mapToLong(Thread::threadId).toArray();
        long[] before = new long[threads.length];
        long[] after = new long[threads.length];
        CompilerPatience patience = new CompilerPatience();
        Runnable repeated =
                () -> {
                    for (int k = 0; k < 100; k++) {
                        code.run();
                    }
                };
        // As in AllocationTest: a step that allocates does so every time.
        int clean = 0;
        long caller = 0;
        while (clean < 3 && !patience.isOver()) {
            read(threads, before);
            caller = AllocatedBytes.of(repeated);
            read(threads, after);
            clean += caller == 0 && Arrays.equals(before, after) ? 1 : 0;
        }
        assertEquals(
                3,
                clean,
                "bytes of the last 100 calls: %d, workers in all: %s, before: %s"
                        .formatted(caller, Arrays.toString(after), Arrays.toString(before)));
    }

    private static void read(long[] threads, long[] bytes) {
        for (int k = 0; k < threads.length; k++) {
            bytes[k] = AllocatedBytes.now(threads[k]);
        }
    }
}
