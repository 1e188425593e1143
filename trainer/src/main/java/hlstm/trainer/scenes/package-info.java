/**
 * Pictures of simple scenes made on the spot, with captions and features, as data to learn
 * captioning from without any download.
 */
package hlstm.trainer.scenes;
