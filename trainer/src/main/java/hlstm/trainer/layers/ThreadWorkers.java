package hlstm.trainer.layers;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Workers made of the calling thread and daemon threads of their own. Work is handed over through
 * one volatile field; whoever waits spins briefly, since the phases of a pass follow each other
 * closely, and then parks.
 *
 * <p>Serves one caller at a time, and tasks must not call {@link #run} themselves: both are refused
 * with an {@link IllegalStateException}. With one thread {@code run} is a plain loop.
 */
public final class ThreadWorkers implements Workers {
    /** Roughly 50 microseconds: longer than the gap between two phases, shorter than a park. */
    private static final int SPINS = 2_000;

    private final Thread[] helpers;
    private final int spins;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Job job;
    private volatile boolean closed;

    /**
     * Starts {@code threads - 1} daemon threads.
     *
     * @param threads number of threads, the caller's included; at least 1
     */
    public ThreadWorkers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "workers need at least the caller's thread, found " + threads);
        }
        // Without a processor for each thread, spinning would keep the others from working.
        spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        helpers = new Thread[threads - 1];
        for (int k = 0; k < helpers.length; k++) {
            helpers[k] =
                    Thread.ofPlatform()
                            .daemon()
                            .name("hlstm-worker-" + (k + 1))
                            .unstarted(this::help);
        }
        for (Thread helper : helpers) {
            helper.start();
        }
    }

    @Override
    public int threads() {
        return helpers.length + 1;
    }

    /**
     * {@inheritDoc} All tasks run even if one fails; of several exceptions the one of the lowest
     * index is thrown.
     *
     * @throws IllegalStateException if called from a task, by two threads at once, or after {@link
     *     #close}
     */
    @Override
    public void run(int count, IntConsumer task) {
        if (closed) {
            throw new IllegalStateException("these workers are closed");
        }
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "these workers are busy: a task must not call run, nor may two threads at once");
        }
        try {
            Job next = new Job(count, task, Thread.currentThread());
            if (count > 1 && helpers.length > 0) {
                job = next;
                for (Thread helper : helpers) {
                    LockSupport.unpark(helper);
                }
            }
            next.work();
            next.await(spins);
            next.rethrow();
        } finally {
            busy.set(false);
        }
    }

    private void help() {
        Job last = null;
        while (true) {
            Job next = job;
            for (int spin = 0; next == last && !closed && spin < spins; spin++) {
                Thread.onSpinWait();
                next = job;
            }
            if (closed) {
                return;
            }
            if (next == last) {
                LockSupport.park(this);
            } else {
                next.work();
                last = next;
            }
        }
    }

    /** Ends the threads; they finish what they are working on. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    /** One call of {@link #run}: the indices not yet taken, and those not yet done. */
    private static final class Job {
        private final int count;
        private final IntConsumer task;
        private final Thread caller;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private Throwable failure;
        private int failedIndex;

        Job(int count, IntConsumer task, Thread caller) {
            this.count = count;
            this.task = task;
            this.caller = caller;
        }

        void work() {
            for (int index = taken.getAndIncrement();
                    index < count;
                    index = taken.getAndIncrement()) {
                try {
                    task.accept(index);
                } catch (Throwable thrown) {
                    failed(index, thrown);
                }
                if (done.incrementAndGet() == count && Thread.currentThread() != caller) {
                    LockSupport.unpark(caller);
                }
            }
        }

        private synchronized void failed(int index, Throwable thrown) {
            if (failure == null || index < failedIndex) {
                failure = thrown;
                failedIndex = index;
            }
        }

        void await(int spins) {
            for (int spin = 0; done.get() < count; spin++) {
                if (spin < spins) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }

        synchronized void rethrow() {
            switch (failure) {
                case null -> {}
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException(failure);
            }
        }
    }
}
