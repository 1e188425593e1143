package hlstm.trainer.run;

import it.unimi.dsi.fastutil.HashCommon;

/** A seed for each purpose, so that their random streams have nothing in common. */
public enum RunSeeds {
    /** The first weights. */
    WEIGHTS,
    /** The connections of the sparse seed and of growth. */
    STRUCTURE,
    /** Which examples meet in a batch, and in what order batches come. */
    BATCHES,
    /** How examples are varied. */
    AUGMENTATION,
    /** What dropout drops. */
    DROPOUT;

    /** The seed of this purpose in a run of a recipe. */
    public long of(Recipe recipe) {
        return HashCommon.murmurHash3(HashCommon.murmurHash3(recipe.seed()) + ordinal());
    }
}
