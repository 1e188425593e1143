/** Speech corpora, their features, and batches of utterances of similar length. */
package hlstm.trainer.data;
