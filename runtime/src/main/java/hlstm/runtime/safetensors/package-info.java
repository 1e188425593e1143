/**
 * Reading and writing of safetensors files: named tensors behind a JSON header, as any safetensors
 * library reads them. Used for model files and for training checkpoints.
 */
package hlstm.runtime.safetensors;
