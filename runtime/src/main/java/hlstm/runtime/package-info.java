/**
 * Inference for those who embed it: a {@link hlstm.runtime.Model} is loaded from one file and
 * shared, a {@link hlstm.runtime.Session} runs it on one stream without allocating, a {@link
 * hlstm.runtime.Transcriber} turns sound into text. Specs describe architectures; a {@link
 * hlstm.runtime.ModelBuilder} makes models from trained weights.
 */
package hlstm.runtime;
