package hlstm.runtime;

/**
 * A caption of an image.
 *
 * @param text words with a space between them
 * @param logProbability natural logarithm of the probability that the model gives it
 */
public record Caption(String text, double logProbability) {}
