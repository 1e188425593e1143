package hlstm.trainer.run;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a finished run gave.
 *
 * @param model the file; for grow-and-prune the compact model
 * @param accurateModel of grow-and-prune, the model with the best score on the way; else the same
 * @param epochs that were trained
 * @param modelEpoch the epoch that the model is from
 * @param scores of the model on the development set by {@link ScoreKind#key}, in percent
 * @param gateWeights connections of the model's gate matrices
 * @param gateDensity those over all possible ones
 * @param goal what became of the recipe's goal; null if it has none
 * @param message how the run ended, in a sentence
 */
public record TrainingOutcome(
        Path model,
        Path accurateModel,
        int epochs,
        int modelEpoch,
        Map<String, Double> scores,
        long gateWeights,
        double gateDensity,
        GoalOutcome goal,
        String message) {}
