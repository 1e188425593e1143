/** Reads arrays that NumPy has written. */
package hlstm.trainer.numpy;
