package hlstm.trainer.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows on standard error how far a task is and how long it will still take: a line that is redrawn
 * on a terminal, now and then a new line elsewhere, and one at the end if there was any. For one
 * thread at a time.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration FIRST_LINE = Duration.ofSeconds(5);
    private static final Duration NEXT_LINE = Duration.ofSeconds(15);

    /** Before a hundredth is done an estimate needs so much time. */
    private static final long LEAST_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int BAR = 20;
    private static final int LEAST_BAR = 5;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final PrintWriter err;
    private final String task;
    private final long total;
    private final LongSupplier nanoTime;
    private final long started;
    private long next;
    private boolean begun;
    private boolean ended;

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
        this.terminal = terminal;
        this.err = err;
        this.task = Printable.of(task);
        this.total = total;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.next = terminal.errors() ? started : started + FIRST_LINE.toNanos();
    }

    /**
     * Tells how far the task is; the time left is taken from its pace so far.
     *
     * @param note what it is at, in a few words
     */
    void to(long done, String note) {
        long spent = nanoTime.getAsLong() - started;
        Duration left =
                done == 0 || 100 * done < total && spent < LEAST_NANOS
                        ? null
                        : Duration.ofNanos((long) ((double) spent * (total - done) / done));
        to(done, note, left);
    }

    /** The same with a time left of the caller's own, null if unknown. */
    void to(long done, String note, Duration left) {
        long now = nanoTime.getAsLong();
        boolean last = begun && !ended && done >= total;
        if (now - next < 0 && !last) {
            return;
        }
        begun = true;
        ended = done >= total;
        double share = total == 0 ? 1 : Math.clamp((double) done / total, 0, 1);
        String state =
                "%.0f %%, %s%s"
                        .formatted(
                                Math.floor(100 * share),
                                left == null || done >= total ? "" : text(left) + " left, ",
                                note);
        if (terminal.errors()) {
            next = now + REDRAW.toNanos();
            err.print(ERASE_LINE + line(share, state));
        } else {
            next = now + NEXT_LINE.toNanos();
            err.println(task + ": " + state);
        }
        err.flush();
    }

    /** On a terminal the next state is shown however short the last one has been there. */
    void redraw() {
        if (terminal.errors()) {
            next = nanoTime.getAsLong();
        }
    }

    /**
     * A line that is shorter than the terminal is wide, which would wrap it so that it could not be
     * redrawn: with a shorter bar or none, and without the last of the words between commas.
     */
    private String line(double share, String state) {
        int most = terminal.width() - 1;
        int bar = Math.min(BAR, most - "%s [] %s".formatted(task, state).length());
        if (bar >= LEAST_BAR) {
            int filled = (int) (bar * share);
            return "%s [%s%s] %s"
                    .formatted(task, "=".repeat(filled), " ".repeat(bar - filled), state);
        }
        String line = task + ": " + state;
        while (line.length() > most && line.contains(", ")) {
            line = line.substring(0, line.lastIndexOf(", "));
        }
        return line.substring(0, Math.min(line.length(), most));
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
        if (terminal.errors()) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
