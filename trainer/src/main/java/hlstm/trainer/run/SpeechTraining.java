package hlstm.trainer.run;

import hlstm.trainer.data.CorpusSplit;
import java.io.IOException;
import java.util.Optional;

/** Trains a speech recogniser into a run's folder; see {@link TrainingRun}. */
public final class SpeechTraining {
    private SpeechTraining() {}

    /**
     * Trains until the recipe's last epoch or until a rule stops it, then writes the model and the
     * report.
     *
     * @param folder from {@link RunFolder#create} or {@link RunFolder#resume}, of this recipe
     * @param listener told of progress, on this thread
     * @throws RunException as {@link TrainingRun#run}
     * @throws IOException if the data cannot be read or a file not be written
     */
    public static TrainingOutcome run(
            SpeechRecipe recipe, CorpusSplit corpus, RunFolder folder, TrainingListener listener)
            throws IOException {
        return TrainingRun.run(recipe, tasks(recipe, corpus), folder, listener);
    }

    /** Makes the task of a run on a corpus, without a teacher and from random weights. */
    public static TrainingTask.Factory tasks(SpeechRecipe recipe, CorpusSplit corpus) {
        return tasks(recipe, corpus, Optional.empty(), Optional.empty());
    }

    /**
     * Makes the task of a run on a corpus.
     *
     * @param teacher there if and only if the recipe's {@code distillation.weight} is above 0
     * @param initial what the network begins with
     */
    public static TrainingTask.Factory tasks(
            SpeechRecipe recipe,
            CorpusSplit corpus,
            Optional<Teacher> teacher,
            Optional<InitialModel> initial) {
        return workers -> SpeechTrainingTask.open(recipe, corpus, teacher, initial, workers);
    }
}
