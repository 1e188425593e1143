package hlstm.trainer.run;

import hlstm.runtime.ModelBuilder;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.layers.NetworkExporter;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Trains a speech recogniser into a run's folder: a new one, or one that was broken off. The same
 * recipe and data give the same model, bit for bit, on any number of threads and however often the
 * run was broken off and resumed.
 */
public final class SpeechTraining {
    private final Recipe recipe;
    private final TrainingData data;
    private final RunFolder folder;
    private final TrainingParts parts;
    private final TrainingLoop loop;

    private SpeechTraining(
            Recipe recipe,
            TrainingData data,
            RunFolder folder,
            TrainingParts parts,
            TrainingLoop loop) {
        this.recipe = recipe;
        this.data = data;
        this.folder = folder;
        this.parts = parts;
        this.loop = loop;
    }

    /**
     * Trains until the recipe's last epoch or until a rule stops it, then writes the model and the
     * report.
     *
     * @param folder from {@link RunFolder#create} or {@link RunFolder#resume}, of this recipe
     * @param listener told of progress, on this thread
     * @throws RunException if training diverges, the disk takes no more, the data is another than
     *     when the run began, or no checkpoint is whole; the message says what to do
     * @throws IOException if the data cannot be read or a file not be written
     */
    public static TrainingOutcome run(
            Recipe recipe, CorpusSplit corpus, RunFolder folder, TrainingListener listener)
            throws IOException {
        TrainingOutcome outcome;
        try (Workers workers = new ThreadWorkers(recipe.training().workers())) {
            TrainingData data = TrainingData.compute(recipe, corpus, workers);
            TrainingParts parts = TrainingParts.of(recipe, data, workers);
            try (TrainingLoop loop = new TrainingLoop(recipe, parts, data, folder, listener)) {
                loop.run(data.description());
                outcome = new SpeechTraining(recipe, data, folder, parts, loop).finish();
            }
        }
        Report.write(folder);
        return outcome;
    }

    private TrainingOutcome finish() throws IOException {
        Candidate accurate = parts.selection().accurate();
        Candidate chosen = parts.selection().chosen();
        Path accurateModel = folder.model();
        if (!accurate.equals(chosen)) {
            accurateModel = folder.accurateModel();
            write(accurate, accurateModel);
        }
        write(chosen, folder.model());
        String message = message(chosen);
        loop.end(chosen, message);
        return new TrainingOutcome(
                folder.model(),
                accurateModel,
                loop.epochs(),
                chosen.epoch(),
                chosen.wer(),
                chosen.cer(),
                chosen.weights(),
                parts.gates().density(),
                message);
    }

    private void write(Candidate candidate, Path file) throws IOException {
        loop.bringBack(candidate);
        SpeechTask task = new SpeechTask(recipe.features(), Alphabet.of(recipe.alphabet()));
        ModelBuilder model = NetworkExporter.export(parts.network(), task);
        ModelProvenance.note(model, recipe, data, loop.epochs(), candidate, parts.network());
        model.write(file);
    }

    private String message(Candidate chosen) {
        boolean missed = recipe.growAndPrune().hasTarget() && parts.selection().compact() == null;
        return String.format(
                Locale.ROOT,
                "The model is from epoch %d: WER %.1f %%, CER %.1f %%, %,d gate weights (%.1f %%).%s",
                chosen.epoch(),
                chosen.wer(),
                chosen.cer(),
                chosen.weights(),
                100 * parts.gates().density(),
                missed ? " No small network met the target: this is the most accurate one." : "");
    }
}
