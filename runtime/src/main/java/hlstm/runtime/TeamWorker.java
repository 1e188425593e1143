package hlstm.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of a {@link ThreadTeam} and the mailbox through which it gets its part of each task.
 *
 * <p>The mailbox is one word, which the caller of a task sets to {@link #POSTED} and the worker to
 * {@link #RUNNING}, so that each posted part is done once: whoever exchanges POSTED for something
 * else has it. A caller that has done its own part takes back what the worker has not begun, and
 * therefore never waits for a worker that is asleep or has no processor.
 */
final class TeamWorker implements Runnable {
    /** No part is posted, and the worker looks for one. */
    private static final int IDLE = 0;

    /** No part is posted, and the worker sleeps. */
    private static final int PARKED = 1;

    /** A part is posted. */
    private static final int POSTED = 2;

    /** The worker does its part. */
    private static final int RUNNING = 3;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);

    /**
     * Where in its array the word stands: 128 bytes from both ends, so that no other thread's data
     * share its cache line, nor the line beside it, which processors fetch as well.
     */
    private static final int AT = 32;

    /** How often an idle worker looks into its mailbox between two looks at the clock. */
    private static final int LOOKS = 64;

    /** How often a caller looks before it lets other threads run between looks. */
    private static final int LOOKS_OF_CALLER = 2048;

    private final int[] mailbox = new int[2 * AT + 1];
    private final ThreadTeam team;
    private final int part;
    private final long spinNanos;
    private final Thread thread;
    private Throwable failure;
    private volatile boolean stopped;

    /**
     * A worker that has not been started.
     *
     * @param part which part of each task it does
     * @param spinNanos how long it looks for a part before it sleeps
     */
    TeamWorker(ThreadTeam team, int part, long spinNanos) {
        this.team = team;
        this.part = part;
        this.spinNanos = spinNanos;
        thread =
                Thread.ofPlatform()
                        .name("hlstm-team-worker-" + part)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Lets the thread end once it has done what it is at. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Waits until the thread has ended. */
    void join() throws InterruptedException {
        thread.join();
    }

    // The caller's side.

    /** Posts the worker's part of the team's task, and wakes the worker if it sleeps. */
    void post() {
        if ((int) WORD.getAndSet(mailbox, AT, POSTED) == PARKED) {
            LockSupport.unpark(thread);
        }
    }

    /** Takes the part back if the worker has not begun it. */
    boolean takeBack() {
        return WORD.compareAndSet(mailbox, AT, POSTED, IDLE);
    }

    /**
     * Waits until the worker has no part any more.
     *
     * @return what the part has thrown, or null
     */
    Throwable await() {
        int looks = 0;
        while (word() == RUNNING) {
            if (looks < LOOKS_OF_CALLER) {
                looks++;
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
        }
        return thrown;
    }

    // The worker's side.

    @Override
    public void run() {
        while (begin()) {
            try {
                team.task().run(part);
            } catch (Throwable e) {
                failure = e;
            }
            WORD.setRelease(mailbox, AT, IDLE);
        }
    }

    /** Waits for a part and begins it; false if the worker has to stop instead. */
    private boolean begin() {
        long idleSince = System.nanoTime();
        int looks = 0;
        while (!stopped) {
            if (word() == POSTED && WORD.compareAndSet(mailbox, AT, POSTED, RUNNING)) {
                return true;
            }
            Thread.onSpinWait();
            looks++;
            if (looks == LOOKS) {
                looks = 0;
                if (System.nanoTime() - idleSince >= spinNanos) {
                    park();
                    idleSince = System.nanoTime();
                }
            }
        }
        return false;
    }

    /** Sleeps until a part is posted or the worker has to stop. */
    private void park() {
        if (!WORD.compareAndSet(mailbox, AT, IDLE, PARKED)) {
            return;
        }
        while (word() == PARKED && !stopped) {
            LockSupport.park(this);
            // Nobody has a reason to interrupt a worker, but with the flag set it could not sleep.
            Thread.interrupted();
        }
    }

    private int word() {
        return (int) WORD.getAcquire(mailbox, AT);
    }
}
