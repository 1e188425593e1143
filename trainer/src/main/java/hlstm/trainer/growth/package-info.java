/**
 * Grow-and-prune training as a policy beside the optimiser: a sparse seed, growth by a score, a
 * schedule of cuts, retraining and the way back are separate types, driven by {@link
 * hlstm.trainer.growth.GrowAndPrune}.
 */
package hlstm.trainer.growth;
