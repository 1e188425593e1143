package hlstm.trainer.run;

/**
 * How well a network transcribes the development set.
 *
 * @param wer word error rate in percent
 * @param cer character error rate in percent
 */
record DevelopmentScore(double wer, double cer) {}
