package hlstm.runtime.decode;

/**
 * A text that may have been meant.
 *
 * @param text as the symbols spell it, spaces at its ends included
 * @param score what hypotheses are ranked by: the log-probability, plus what a language model adds
 * @param logProbability natural logarithm of the probability that the network gives to the text,
 *     over the alignments that the search has followed: at most the true one, and equal to it if
 *     nothing was pruned
 */
public record Hypothesis(String text, double score, double logProbability) {}
