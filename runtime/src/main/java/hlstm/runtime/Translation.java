package hlstm.runtime;

import java.util.List;

/**
 * A translation of a text.
 *
 * @param text the translation
 * @param tokens what it was made of, the end not included
 * @param score what translations are ranked by: the log-probability, normalised by length
 * @param logProbability natural logarithm of its probability, the end included
 */
public record Translation(String text, List<String> tokens, double score, double logProbability) {}
