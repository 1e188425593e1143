package hlstm.trainer.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on standard error how far a task is and how long it will still take: a bar on a terminal,
 * now and then a line elsewhere. For one thread.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final Duration FIRST_LINE = Duration.ofSeconds(5);
    private static final Duration NEXT_LINE = Duration.ofSeconds(15);
    private static final int REFRESH_MILLIS = 250;

    private final String task;
    private final long total;
    private final PrintWriter lines;
    private final LongSupplier nanoTime;
    private final ProgressBar bar;
    private final long started;
    private long nextLine;

    /**
     * Starts at nothing done.
     *
     * @param total units of work
     */
    ProgressDisplay(Terminal terminal, PrintWriter err, String task, long total) {
        this(terminal, err, task, total, System::nanoTime);
    }

    ProgressDisplay(
            Terminal terminal, PrintWriter err, String task, long total, LongSupplier nanoTime) {
        this.task = task;
        this.total = total;
        this.lines = err;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.nextLine = started + FIRST_LINE.toNanos();
        this.bar = terminal.errors() ? bar(task, total) : null;
    }

    private static ProgressBar bar(String name, long units) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(units)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .hideEta()
                .setConsumer(new LineConsumer(System.err))
                .clearDisplayOnFinish()
                .build();
    }

    /**
     * Tells how far the task is; the time left is taken from its pace so far.
     *
     * @param note what it is at, in a few words
     */
    void to(long done, String note) {
        long spent = nanoTime.getAsLong() - started;
        to(
                done,
                note,
                done == 0
                        ? null
                        : Duration.ofNanos((long) ((double) spent * (total - done) / done)));
    }

    /** The same with a time left of the caller's own, null if unknown. */
    void to(long done, String note, Duration remaining) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(" " + left(remaining) + note);
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - nextLine >= 0) {
            nextLine = now + NEXT_LINE.toNanos();
            long percent = total == 0 ? 100 : 100 * done / total;
            lines.println("%s: %d %%, %s%s".formatted(task, percent, left(remaining), note));
            lines.flush();
        }
    }

    private static String left(Duration remaining) {
        return remaining == null ? "" : text(remaining) + " left, ";
    }

    /** A time to be read at a glance: {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String text(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return "%d min %d s".formatted(seconds / 60, seconds % 60);
        }
        return "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
