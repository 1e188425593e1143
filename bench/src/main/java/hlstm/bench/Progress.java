package hlstm.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells now and then how far a task is and how long it will still take. For one thread. */
public final class Progress {
    private static final Duration FIRST_LINE = Duration.ofSeconds(3);
    private static final Duration NEXT_LINE = Duration.ofSeconds(10);

    private final String task;
    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final long started;
    private long next;

    /**
     * Starts at nothing done.
     *
     * @param lines gets a line now and then, and none of a task that takes a few seconds
     */
    public Progress(String task, Consumer<String> lines) {
        this(task, lines, System::nanoTime);
    }

    Progress(String task, Consumer<String> lines, LongSupplier nanoTime) {
        this.task = task;
        this.lines = lines;
        this.nanoTime = nanoTime;
        started = nanoTime.getAsLong();
        next = started + FIRST_LINE.toNanos();
    }

    /** Lines on standard error, each with the name of the command. */
    public static Consumer<String> linesOn(PrintWriter err, String command) {
        return line -> {
            err.println(command + ": " + line);
            err.flush();
        };
    }

    /**
     * Tells how far the task is; the time left is taken from its pace so far.
     *
     * @param share of the task that is done, 0 to 1
     * @param note what it is at, in a few words; may be empty
     */
    public void to(double share, String note) {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + NEXT_LINE.toNanos();
        String left = "";
        if (share > 0) {
            long seconds = Math.round(1e-9 * (now - started) * (1 - share) / share);
            left = ", %d s left".formatted(Math.max(1, seconds));
        }
        lines.accept(
                "%s: %.0f %%%s%s"
                        .formatted(
                                task,
                                Math.floor(100 * share),
                                left,
                                note.isEmpty() ? "" : ", " + note));
    }
}
