package hlstm.trainer.cli;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Does the same with every line of a stream, several lines at a time, and hands the results over in
 * the order of the lines, each as soon as it and those before it are done. So many lines are read
 * ahead that all threads have work, and no more.
 */
final class LinesInOrder {
    /** Lines that are under way for each thread, so that none waits for a slow one at the front. */
    private static final int AHEAD = 8;

    private LinesInOrder() {}

    /**
     * A line as it was read.
     *
     * @param number counted from 0
     * @param damaged whether it held bytes that are no UTF-8
     */
    record Line(long number, String text, boolean damaged) {}

    /**
     * Returns when all lines are done, or the sink wants no more.
     *
     * @param threads at least 1
     * @param worker makes what does a line; each is used by one thread at a time
     * @param sink takes the results on the calling thread; false ends the work
     * @throws IOException if reading fails, after the lines before it
     * @throws RuntimeException of a line's work, after the lines before it
     */
    static <R> void run(
            Utf8Lines lines, int threads, Supplier<Function<Line, R>> worker, Predicate<R> sink)
            throws IOException {
        BlockingQueue<Function<Line, R>> idle = new LinkedBlockingQueue<>();
        for (int k = 0; k < threads; k++) {
            idle.add(worker.get());
        }
        BlockingQueue<Future<R>> results = new ArrayBlockingQueue<>(threads * AHEAD);
        Future<R> end = CompletableFuture.completedFuture(null);
        ExecutorService pool =
                Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
        // Reads on a thread of its own: a result must not wait for the next line to be typed.
        Thread reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("hlstm-lines")
                        .start(() -> read(lines, pool, idle, results, end));
        try {
            for (Future<R> next = results.take(); next != end; next = results.take()) {
                if (!sink.test(next.get())) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        } finally {
            reader.interrupt();
            pool.shutdownNow();
        }
    }

    private static <R> void read(
            Utf8Lines lines,
            ExecutorService pool,
            BlockingQueue<Function<Line, R>> idle,
            BlockingQueue<Future<R>> results,
            Future<R> end) {
        try {
            try {
                long number = 0;
                for (String text = lines.next(); text != null; text = lines.next()) {
                    Line line = new Line(number++, text, lines.isDamaged());
                    CompletableFuture<R> result = new CompletableFuture<>();
                    results.put(result);
                    pool.execute(() -> complete(result, idle, line));
                }
                results.put(end);
            } catch (IOException | RuntimeException | Error e) { // such as a line beyond the heap
                results.put(CompletableFuture.failedFuture(e));
            }
        } catch (InterruptedException e) {
            // Nobody wants the rest.
            Thread.currentThread().interrupt();
        }
    }

    /** The pool has as many threads as there are workers, so one is idle. */
    private static <R> void complete(
            CompletableFuture<R> result, BlockingQueue<Function<Line, R>> idle, Line line) {
        Function<Line, R> worker = idle.remove();
        try {
            result.complete(worker.apply(line));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        } finally {
            idle.add(worker);
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        switch (failure) {
            case IOException exception -> throw exception;
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failure);
        }
    }
}
