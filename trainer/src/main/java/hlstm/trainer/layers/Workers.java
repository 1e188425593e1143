package hlstm.trainer.layers;

import java.util.function.IntConsumer;

/**
 * Threads that share the work of a pass. Tasks must be independent; which thread runs a task never
 * changes what it computes.
 */
public interface Workers extends AutoCloseable {
    /** Number of threads, the caller's included. */
    int threads();

    /**
     * Runs {@code task} once for each index in [0, count), and returns when all are done. The
     * caller works too. An exception of a task is thrown here after the others have ended.
     */
    void run(int count, IntConsumer task);

    @Override
    void close();
}
