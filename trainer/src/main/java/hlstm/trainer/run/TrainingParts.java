package hlstm.trainer.run;

import hlstm.runtime.decode.Alphabet;
import hlstm.runtime.decode.CtcGreedyDecoder;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.trainer.data.BatchLoader;
import hlstm.trainer.data.LengthBuckets;
import hlstm.trainer.growth.GrowAndPrune;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.CtcLoss;
import hlstm.trainer.optim.Optimizer;
import it.unimi.dsi.fastutil.HashCommon;

/**
 * What a recipe and its data make: a network without weights and all that trains it.
 *
 * @param network all weights zero
 * @param optimizer without state
 * @param policy grow-and-prune, or dense training
 * @param selection of the models to keep
 * @param patience with scores that do not get better; endless in grow-and-prune
 * @param trainer runs an epoch
 * @param scorer scores on the development set
 * @param initialSeed of the first weights
 */
record TrainingParts(
        Network network,
        Optimizer optimizer,
        GrowAndPrune policy,
        ModelSelection selection,
        Patience patience,
        EpochTrainer trainer,
        DevelopmentScorer scorer,
        long initialSeed) {
    /**
     * Blocks have a multiple of so many lanes whatever the machine, for the same bits everywhere.
     */
    private static final int LANE_MULTIPLE = 8;

    static TrainingParts of(Recipe recipe, TrainingData data, Workers workers) {
        Alphabet alphabet = Alphabet.of(recipe.alphabet());
        TrainingSettings training = recipe.training();
        Kernels kernels = KernelProviders.get();
        Network network =
                NetworkBuilder.build(recipe.network(), recipe.features().width(), alphabet.size());
        Optimizer optimizer = recipe.optimizer().optimizer();
        GrowAndPrune policy =
                new GrowAndPrune(
                        recipe.growAndPrune().config(training.epochs()),
                        network.parameters(),
                        seed(recipe, 1));
        EpochTrainer trainer =
                new EpochTrainer(
                        network,
                        new LengthBuckets(
                                data.training().allSteps(),
                                training.batchSize(),
                                seed(recipe, 2),
                                training.shortestFirst()),
                        new BatchLoader(
                                data.training(),
                                recipe.augmentation(),
                                seed(recipe, 3),
                                LANE_MULTIPLE),
                        new CtcLoss(alphabet.blank()),
                        optimizer,
                        recipe.optimizer().learningRates(training.epochs()),
                        recipe.optimizer().clipNorm(),
                        policy,
                        kernels,
                        workers,
                        seed(recipe, 4));
        DevelopmentScorer scorer =
                new DevelopmentScorer(
                        data.development(),
                        training.batchSize(),
                        LANE_MULTIPLE,
                        new CtcGreedyDecoder(alphabet),
                        kernels,
                        workers);
        return new TrainingParts(
                network,
                optimizer,
                policy,
                new ModelSelection(),
                new Patience(
                        recipe.growAndPrune().enabled() ? 0 : training.patience(),
                        recipe.optimizer()),
                trainer,
                scorer,
                seed(recipe, 0));
    }

    /** The gate matrices as they are now. */
    GateMatrices gates() {
        return GateMatrices.of(network);
    }

    /** A seed for each purpose, so that their random streams have nothing in common. */
    private static long seed(Recipe recipe, int purpose) {
        return HashCommon.murmurHash3(HashCommon.murmurHash3(recipe.seed()) + purpose);
    }
}
