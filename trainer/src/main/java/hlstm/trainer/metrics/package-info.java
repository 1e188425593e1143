/** Scores of hypotheses against references. */
package hlstm.trainer.metrics;
