package hlstm.trainer.cli;

import hlstm.trainer.run.RunEvent;
import hlstm.trainer.run.ScoreKind;
import hlstm.trainer.run.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows how far a training run is. Made on the thread that trains, and used there alone. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
    /** An epoch on the display, of which training does one part and scoring the other. */
    private static final long EPOCH_UNITS = 10_000;

    private final Terminal terminal;
    private final PrintWriter err;
    private final String task;
    private final ScoreKind score;
    private final boolean announces;
    private ProgressDisplay display;
    private Progress last;
    private String scores = "";

    /**
     * A display that appears with the first batch.
     *
     * @param task what is trained
     * @param score the one to show
     * @param announces whether to say what a run begins with, or where it goes on
     */
    TrainingDisplay(
            Terminal terminal, PrintWriter err, String task, ScoreKind score, boolean announces) {
        this.score = score;
        this.announces = announces;
        this.terminal = terminal;
        this.err = err;
        this.task = Printable.of(task);
    }

    @Override
    public void batch(Progress progress) {
        if (display == null) {
            display =
                    new ProgressDisplay(
                            terminal, err, task, (long) progress.epochs() * EPOCH_UNITS);
        }
        last = progress;
        show(progress.phase());
    }

    @Override
    public void scoring() {
        if (display != null) {
            display.redraw();
            show("scoring");
        }
    }

    private void show(String phase) {
        String note =
                String.format(
                        Locale.ROOT,
                        "epoch %d of %d (%s), loss %.2f%s",
                        last.epoch(),
                        last.epochs(),
                        phase,
                        last.loss(),
                        scores);
        display.to((long) (last.epochsDone() * EPOCH_UNITS), note, last.left());
    }

    @Override
    public void event(RunEvent event) {
        switch (event.event()) {
            case START, RESUME -> {
                if (announces) {
                    say(event.message());
                }
            }
            case WARNING -> say("warning: " + event.message());
            default -> {}
        }
        if (event.event() == RunEvent.Kind.EPOCH && event.score(score) != null) {
            String density =
                    event.density() == null || event.density() == 1
                            ? ""
                            : String.format(
                                    Locale.ROOT, ", density %.1f %%", 100 * event.density());
            scores = ", " + score.text(event.score(score)) + density;
        }
    }

    /** All this comes before the first batch, so there is no progress line yet to be erased. */
    private void say(String message) {
        err.println(task + ": " + Printable.of(message));
        err.flush();
    }

    @Override
    public void close() {
        if (display != null) {
            display.close();
        }
    }
}
