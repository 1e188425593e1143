/** Captioned images: captions in the field's formats, features of the images, and both matched. */
package hlstm.trainer.captions;
