package hlstm.trainer.cli;

import hlstm.trainer.run.Recipe;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.TrainingRun;
import hlstm.trainer.run.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/** Trains a model of a demonstration, showing progress. */
final class DemoRun {
    private DemoRun() {}

    /**
     * Trains by a recipe into a new folder.
     *
     * @param name of the model in what is shown
     * @return seconds that it took
     */
    static double train(
            String name,
            Recipe recipe,
            TrainingTask.Factory tasks,
            Path folder,
            Terminal terminal,
            PrintWriter err)
            throws IOException {
        long started = System.nanoTime();
        try (RunFolder run = RunFolder.create(folder, recipe);
                TrainingDisplay display =
                        new TrainingDisplay(
                                terminal,
                                err,
                                "training " + name,
                                recipe.scores().getFirst(),
                                false)) {
            TrainingRun.run(recipe, tasks, run, display);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        say(err, "trained %s in %s".formatted(name, text(seconds)));
        return seconds;
    }

    /** Says what a demonstration does next. */
    static void say(PrintWriter err, String message) {
        err.println("demo: " + Printable.of(message));
        err.flush();
    }

    /** Seconds as people read them. */
    static String text(double seconds) {
        return ProgressDisplay.text(Duration.ofSeconds(Math.round(seconds)));
    }
}
