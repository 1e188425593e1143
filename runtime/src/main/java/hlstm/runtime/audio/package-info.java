/** From sound to the network's input: WAV files, resampling and spectral features. */
package hlstm.runtime.audio;
