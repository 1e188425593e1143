/** Language models from text. */
package hlstm.trainer.language;
