package hlstm.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The workers of the teams of this process, seen from outside. */
final class TeamThreads {
    /** How long a test waits for what must come to pass, on a machine under whatever load. */
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private TeamThreads() {}

    static boolean isWorker(Thread thread) {
        return thread.getName().startsWith("hlstm-team-worker-");
    }

    /** Those that live, by their names. */
    static List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(TeamThreads::isWorker)
                .sorted(Comparator.comparing(Thread::getName))
                .toList();
    }

    /** Waits until all of them sleep. */
    static void awaitParked() {
        await(() -> alive().stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    }

    /** Waits until something is so, and fails if it never is; an interrupt does not matter. */
    static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("waited in vain");
            }
            Thread.yield();
        }
    }
}
