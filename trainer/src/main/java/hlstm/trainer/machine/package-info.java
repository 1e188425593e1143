/** The machine that figures were taken on. */
package hlstm.trainer.machine;
