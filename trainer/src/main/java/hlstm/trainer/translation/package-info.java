/** Translation: parallel text, the encoder-decoder network, and its training. */
package hlstm.trainer.translation;
