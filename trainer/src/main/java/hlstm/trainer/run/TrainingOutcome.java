package hlstm.trainer.run;

import java.nio.file.Path;

/**
 * What a finished run gave.
 *
 * @param model the file; for grow-and-prune the compact model
 * @param accurateModel of grow-and-prune, the model with the best score on the way; else the same
 * @param epochs that were trained
 * @param modelEpoch the epoch that the model is from
 * @param wer word error rate of the model on the development set, in percent
 * @param cer character error rate of the model on the development set, in percent
 * @param gateWeights connections of the model's gate matrices
 * @param gateDensity those over all possible ones
 * @param message how the run ended, in a sentence
 */
public record TrainingOutcome(
        Path model,
        Path accurateModel,
        int epochs,
        int modelEpoch,
        double wer,
        double cer,
        long gateWeights,
        double gateDensity,
        String message) {}
