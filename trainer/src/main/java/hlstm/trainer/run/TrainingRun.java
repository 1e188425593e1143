package hlstm.trainer.run;

import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a task into a run's folder: a new one, or one that was broken off. The same recipe and
 * data give the same model, bit for bit, on any number of threads and however often the run was
 * broken off and resumed.
 */
public final class TrainingRun {
    /** Percent; a recogniser that writes nothing has an error rate of 100. */
    private static final double HARDLY_BETTER_THAN_NOTHING = 95;

    private final Recipe recipe;
    private final RunFolder folder;
    private final TrainingParts parts;
    private final TrainingLoop loop;

    private TrainingRun(Recipe recipe, RunFolder folder, TrainingParts parts, TrainingLoop loop) {
        this.recipe = recipe;
        this.folder = folder;
        this.parts = parts;
        this.loop = loop;
    }

    /**
     * Trains until the recipe's last epoch or until a rule stops it, then writes the model and the
     * report.
     *
     * @param tasks makes the task of this recipe
     * @param folder from {@link RunFolder#create} or {@link RunFolder#resume}, of this recipe
     * @param listener told of progress, on this thread
     * @throws RunException if training diverges, the disk takes no more, the data is another than
     *     when the run began, or no checkpoint is whole; the message says what to do
     * @throws IOException if the data cannot be read or a file not be written
     */
    public static TrainingOutcome run(
            Recipe recipe, TrainingTask.Factory tasks, RunFolder folder, TrainingListener listener)
            throws IOException {
        TrainingOutcome outcome;
        try (Workers workers = new ThreadWorkers(recipe.training().workers())) {
            TrainingTask task = tasks.open(workers);
            TrainingParts parts = TrainingParts.of(recipe, task, workers);
            try (TrainingLoop loop = new TrainingLoop(recipe, parts, folder, listener)) {
                loop.run();
                outcome = new TrainingRun(recipe, folder, parts, loop).finish();
            }
        }
        Report.write(folder);
        return outcome;
    }

    private TrainingOutcome finish() throws IOException {
        long smallest = parts.gates().weights();
        Candidate accurate = parts.selection().accurate();
        Candidate chosen = parts.selection().chosen();
        Path accurateModel = folder.model();
        if (!accurate.equals(chosen)) {
            accurateModel = folder.accurateModel();
            write(accurate, accurateModel);
        }
        write(chosen, folder.model());
        GoalOutcome goal =
                GoalOutcome.of(
                        recipe,
                        chosen,
                        parts.selection().compact() != null,
                        smallest,
                        loop.latencyMicros());
        String message = message(chosen, goal);
        loop.end(chosen, message);
        List<ScoreKind> kinds = recipe.scores();
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(kinds.get(0).key(), chosen.scores(kinds).first());
        scores.put(kinds.get(1).key(), chosen.scores(kinds).second());
        return new TrainingOutcome(
                folder.model(),
                accurateModel,
                loop.epochs(),
                chosen.epoch(),
                scores,
                chosen.weights(),
                parts.gates().density(),
                goal,
                message);
    }

    private void write(Candidate candidate, Path file) throws IOException {
        loop.bringBack(candidate);
        parts.task()
                .write(file, ModelProvenance.of(recipe, parts.task(), loop.epochs(), candidate));
    }

    private String message(Candidate chosen, GoalOutcome goal) {
        boolean missed = recipe.growAndPrune().hasTarget() && parts.selection().compact() == null;
        Scores scores = chosen.scores(recipe.scores());
        return String.format(
                Locale.ROOT,
                "The model is from epoch %d: %s, %s, %,d gate weights (%.1f %%)%s.%s%s",
                chosen.epoch(),
                recipe.scores().get(0).text(scores.first()),
                recipe.scores().get(1).text(scores.second()),
                chosen.weights(),
                100 * parts.gates().density(),
                recipe.growAndPrune().prunesOutput()
                        ? String.format(
                                Locale.ROOT,
                                ", %,d weights of attention and output",
                                parts.connections() - parts.gates().weights())
                        : "",
                goal != null
                        ? " " + goal.text()
                        : missed
                                ? " No small network met the target: this is the most accurate one."
                                : "",
                hasLearnt(scores)
                        ? ""
                        : " It has learnt next to nothing yet: train for more epochs, or on more data.");
    }

    private boolean hasLearnt(Scores scores) {
        // BLEU is 0 where no sentence has four words, however well they are learnt.
        return recipe.scores().getFirst().higherIsBetter()
                ? scores.first() > 0 || scores.second() > 0
                : scores.first() < HARDLY_BETTER_THAN_NOTHING;
    }
}
