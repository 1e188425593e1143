/**
 * Spoken digits made on the spot, as data to learn from without any download: a small formant
 * synthesiser and the corpus it speaks.
 */
package hlstm.trainer.synth;
