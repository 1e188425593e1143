package hlstm.trainer.run;

/**
 * How good a network is on the development set, in the {@linkplain Recipe#scores two kinds} of its
 * task, both in percent.
 *
 * @param first the one that decides
 * @param second the one that breaks ties
 */
public record Scores(double first, double second) {}
