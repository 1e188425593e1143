package hlstm.trainer.run;

/**
 * The loss of a batch.
 *
 * @param mean whose gradients the backward pass adds
 * @param count what it is the mean of: utterances, or words
 */
public record BatchLoss(double mean, int count) {}
