package hlstm.trainer.run;

import hlstm.trainer.captions.CaptionData;
import java.io.IOException;
import java.util.Optional;

/** Trains a captioner of images into a run's folder; see {@link TrainingRun}. */
public final class CaptionTraining {
    private CaptionTraining() {}

    /**
     * Trains until the recipe's last epoch or until a rule stops it, then writes the model and the
     * report.
     *
     * @param folder from {@link RunFolder#create} or {@link RunFolder#resume}, of this recipe
     * @param listener told of progress, on this thread
     * @throws RunException as {@link TrainingRun#run}
     * @throws IOException if a file cannot be written
     */
    public static TrainingOutcome run(
            CaptionRecipe recipe, CaptionData data, RunFolder folder, TrainingListener listener)
            throws IOException {
        return TrainingRun.run(recipe, tasks(recipe, data), folder, listener);
    }

    /** Makes the task of a run on a data set, from random weights. */
    public static TrainingTask.Factory tasks(CaptionRecipe recipe, CaptionData data) {
        return tasks(recipe, data, Optional.empty());
    }

    /**
     * Makes the task of a run on a data set.
     *
     * @param initial what the network begins with; its words are kept
     */
    public static TrainingTask.Factory tasks(
            CaptionRecipe recipe, CaptionData data, Optional<InitialModel> initial) {
        return workers -> new CaptionTrainingTask(recipe, data, initial, workers);
    }
}
