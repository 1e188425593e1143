package hlstm.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * Threads that share the work of one call: the thread that calls {@link Session#step} or {@link
 * Session#run}, and workers of this team. Optional: without a team a session works on the calling
 * thread alone. Outputs are the same bits either way.
 *
 * <pre>{@code
 * try (ThreadTeam team = new ThreadTeam(2)) {
 *     Session session = model.newSession(team);
 *     session.step(in, out);
 * }
 * }</pre>
 *
 * <p>A step is shared level by level: the rows of the gates' matrices are cut into parts, and each
 * thread does one. Levels too small for that, see {@link #MIN_SHARE}, are left to the calling
 * thread. In a run over a bidirectional layer two threads take one direction each.
 *
 * <p><b>Who may use it.</b> A team may serve any number of sessions, of any models and from any
 * threads, but one call at a time: a call that finds the team at work for another does all on its
 * own thread, as without a team, and does not wait. So a team helps where few calls come at once
 * and processors are free; where as many streams run as there are processors, leave it out.
 *
 * <p><b>Processors.</b> Workers wait for work by spinning, so that a part is handed over in less
 * than a microsecond, and each takes a whole processor meanwhile; after {@linkplain
 * #ThreadTeam(int, Duration) some time} without work they sleep and take none. The first step after
 * that wakes them; it does not wait for them, but does itself what they have not begun.
 *
 * <p><b>Life.</b> Workers are daemon threads named {@code hlstm-team-worker-n}, started by the
 * constructor and ended by {@link #close}, and by nothing else: a team that is not closed keeps its
 * threads. Nothing is allocated per step. An exception in a worker is thrown by the call it worked
 * for; the team stays usable, the state of that session is then undefined.
 */
public final class ThreadTeam implements AutoCloseable {
    /**
     * Stored weights that a thread must have to itself for sharing to pay: a level is cut into at
     * most as many parts as it has this number of them. In blocks of rows they take about a
     * microsecond, several times what handing over costs.
     */
    public static final int MIN_SHARE = 24_576;

    /** How long an idle worker spins before it sleeps, unless told otherwise. */
    public static final Duration DEFAULT_SPIN = Duration.ofNanos(200_000);

    private static final VarHandle BUSY;

    static {
        try {
            BUSY = MethodHandles.lookup().findVarHandle(ThreadTeam.class, "busy", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int minShare;
    private final TeamWorker[] workers;
    private TeamTask task;
    private boolean busy;
    private volatile boolean closed;

    /**
     * A team of as many threads as this process has processors, which in a container are those that
     * its limits leave.
     */
    public ThreadTeam() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /**
     * A team of this many threads, the caller's among them: it starts one fewer.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    public ThreadTeam(int threads) {
        this(threads, DEFAULT_SPIN);
    }

    /**
     * A team whose workers spin for a given time before they sleep. Choose it a little longer than
     * the pauses between the steps of a stream if the processors can be spared: a worker that
     * sleeps takes tens of microseconds to wake up, and waking it takes some from the step.
     *
     * @param threads number of threads, the caller's among them: it starts one fewer
     * @param spin how long an idle worker spins; may be zero
     * @throws IllegalArgumentException if the number is less than 1 or the time negative
     */
    public ThreadTeam(int threads, Duration spin) {
        this(threads, spin, MIN_SHARE);
    }

    /**
     * A team with a threshold of its own instead of {@link #MIN_SHARE}, to measure where sharing
     * begins to pay on a machine.
     *
     * @param threads number of threads, the caller's among them: it starts one fewer
     * @param spin how long an idle worker spins; may be zero
     * @param minShare stored weights that a thread must have to itself, at least 1
     * @throws IllegalArgumentException if a number is less than 1 or the time negative
     */
    public ThreadTeam(int threads, Duration spin, int minShare) {
        if (threads < 1 || minShare < 1 || spin.isNegative()) {
            throw new IllegalArgumentException(
                    "a team needs 1 thread and a share of 1 weight at least, and no negative time to"
                            + " spin; found %d, %d and %s".formatted(threads, minShare, spin));
        }
        this.minShare = minShare;
        workers = new TeamWorker[threads - 1];
        for (int n = 0; n < workers.length; n++) {
            workers[n] = new TeamWorker(this, n + 1, Nanos.of(spin));
        }
        try {
            for (TeamWorker worker : workers) {
                worker.start();
            }
        } catch (Throwable e) {
            close(); // ends those that have started
            throw e;
        }
    }

    /** Number of threads, the caller's among them. */
    public int threads() {
        return workers.length + 1;
    }

    /** Stored weights that a thread must have to itself for the team to share a level. */
    public int minShare() {
        return minShare;
    }

    /**
     * Ends the workers and waits until they have ended. A call that is at work meanwhile is
     * finished. Sessions of the team cannot be used afterwards. Closing again does nothing. An
     * interrupt does not break the waiting off, and is kept for the caller.
     */
    @Override
    public void close() {
        closed = true;
        for (TeamWorker worker : workers) {
            worker.stop();
        }
        boolean interrupted = false;
        for (TeamWorker worker : workers) {
            interrupted |= joined(worker);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of a worker; whether there was an interrupt meanwhile. */
    private static boolean joined(TeamWorker worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /**
     * Refuses a closed team.
     *
     * @throws IllegalStateException if it is closed
     */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "the team of this session is closed: make a session with an open one, or"
                            + " without");
        }
    }

    /**
     * Takes the team for a call on this thread; false if it is at work for another one.
     *
     * @throws IllegalStateException if the team is closed
     */
    boolean begin() {
        requireOpen();
        return BUSY.compareAndSet(this, false, true);
    }

    /** Gives the team back; by the thread that has taken it. */
    void end() {
        task = null; // an idle team keeps no session alive
        BUSY.setRelease(this, false);
    }

    /**
     * Does a task in parts, the first on this thread, and returns when all are done. Only between
     * {@link #begin} and {@link #end}.
     *
     * @param parts at most {@link #threads}
     */
    void run(TeamTask task, int parts) {
        if (this.task != task) {
            this.task = task;
        }
        for (int part = 1; part < parts; part++) {
            workers[part - 1].post();
        }
        Throwable failure = attempt(task, 0, null);
        for (int part = 1; part < parts; part++) {
            if (workers[part - 1].takeBack()) {
                failure = attempt(task, part, failure);
            }
        }
        for (int part = 1; part < parts; part++) {
            failure = first(failure, workers[part - 1].await());
        }
        if (failure != null) {
            throw unchecked(failure);
        }
    }

    /** Does a part on this thread, and gives the first failure so far, or null. */
    private static Throwable attempt(TeamTask task, int part, Throwable before) {
        try {
            task.run(part);
            return before;
        } catch (Throwable e) {
            return first(before, e);
        }
    }

    /** The earlier of two failures, either may be null; it keeps the later one as suppressed. */
    private static Throwable first(Throwable before, Throwable now) {
        if (before == null) {
            return now;
        }
        if (now != null && now != before) {
            before.addSuppressed(now);
        }
        return before;
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }

    /** The task whose parts are posted. */
    TeamTask task() {
        return task;
    }
}
