/** Numbers in words: a task of translation whose answers anyone can check. */
package hlstm.trainer.numbers;
