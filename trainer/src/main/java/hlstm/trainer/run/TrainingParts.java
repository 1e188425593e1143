package hlstm.trainer.run;

import hlstm.sparse.KernelProviders;
import hlstm.trainer.growth.GrowAndPrune;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Trainable;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.optim.Optimizer;
import hlstm.trainer.optim.WeightAverage;

/**
 * What a recipe and its task make: a network without weights and all that trains it.
 *
 * @param task the network and its data
 * @param optimizer without state
 * @param policy grow-and-prune, or dense training
 * @param selection of the models to keep
 * @param patience with scores that do not get better; endless in grow-and-prune
 * @param trainer runs an epoch
 */
record TrainingParts(
        TrainingTask task,
        Optimizer optimizer,
        GrowAndPrune policy,
        ModelSelection selection,
        Patience patience,
        EpochTrainer trainer) {
    static TrainingParts of(Recipe recipe, TrainingTask task, Workers workers) {
        TrainingSettings training = recipe.training();
        Optimizer optimizer = recipe.optimizer().optimizer();
        GrowAndPrune policy =
                new GrowAndPrune(
                        recipe.growAndPrune()
                                .config(
                                        training.epochs(),
                                        recipe.scores().getFirst(),
                                        fixedWeights(recipe.growAndPrune(), task.network())),
                        task.network().parameters(),
                        RunSeeds.STRUCTURE.of(recipe));
        EpochTrainer trainer =
                new EpochTrainer(
                        task,
                        optimizer,
                        new WeightAverage(recipe.optimizer().averageDecay()),
                        recipe.optimizer().learningRates(training.epochs()),
                        recipe.optimizer().clipNorm(),
                        policy,
                        KernelProviders.get(),
                        workers,
                        RunSeeds.DROPOUT.of(recipe));
        return new TrainingParts(
                task,
                optimizer,
                policy,
                new ModelSelection(recipe.growAndPrune().wantsAccuracy()),
                new Patience(
                        recipe.growAndPrune().enabled() ? 0 : training.patience(),
                        recipe.optimizer()),
                trainer);
    }

    /** Connections of gate matrices that stay as they are: all, or those of a trained model. */
    private static long fixedWeights(GrowAndPruneSettings structure, Trainable network) {
        return GateMatrices.parameters(network).stream()
                .filter(parameter -> structure.geometry().keepsDense(parameter.kind()))
                .mapToLong(parameter -> parameter.values().length)
                .sum();
    }

    /** What is trained. */
    Trainable network() {
        return task.network();
    }

    /** Connections of all matrices that grow-and-prune may change, whatever the recipe. */
    long connections() {
        return gates().weights()
                + network().parameters().stream()
                        .filter(
                                parameter ->
                                        parameter.kind() == Parameter.Kind.ATTENTION
                                                || parameter.kind() == Parameter.Kind.OUTPUT)
                        .mapToLong(parameter -> parameter.values().length)
                        .sum();
    }

    /** The gate matrices as they are now. */
    GateMatrices gates() {
        return GateMatrices.of(network());
    }
}
