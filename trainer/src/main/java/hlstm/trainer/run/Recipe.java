package hlstm.trainer.run;

import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.Augmentation;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides the result of a training run, besides the data. Immutable; written as
 * JSON that people read and change.
 *
 * @param name of the recipe
 * @param description what it trains, in one line
 * @param seed of every random choice
 * @param alphabet symbols that the network may write, without the blank; symbol k of the network is
 *     character k - 1
 * @param features what the network hears
 * @param network its layers
 * @param optimizer how weights are trained
 * @param training the course of the run
 * @param augmentation how utterances are varied
 * @param growAndPrune how connections are found
 */
public record Recipe(
        String name,
        String description,
        long seed,
        String alphabet,
        FeatureSpec features,
        NetworkSettings network,
        OptimizerSettings optimizer,
        TrainingSettings training,
        Augmentation augmentation,
        GrowAndPruneSettings growAndPrune) {
    /** Checks every range, and what goes together. */
    public Recipe {
        Settings.check(
                RecipeJson.MAPPER.valueToTree(
                        Map.of(
                                "features",
                                features,
                                "network",
                                network,
                                "optimizer",
                                optimizer,
                                "training",
                                training,
                                "augmentation",
                                augmentation,
                                "growAndPrune",
                                growAndPrune)));
        if (!network.frontEnd().isNone() && features.stack() > 1) {
            throw new IllegalArgumentException(
                    "network.frontEnd needs steps of one frame: set features.stack and"
                            + " features.stride to 1, found a stack of "
                            + features.stack());
        }
        network.requireSizes(features.width());
        Alphabet.of(alphabet);
        if (optimizer.followsScores() && training.patience() == 0) {
            throw new IllegalArgumentException(
                    "optimizer.schedule plateau needs training.patience of 1 or more, found 0");
        }
        if (optimizer.followsScores() && growAndPrune.enabled()) {
            throw new IllegalArgumentException(
                    "optimizer.schedule plateau does not go with grow-and-prune, whose cuts set the"
                            + " score back: choose constant, exponential or cosine");
        }
        if (growAndPrune.hasTarget() && training.evaluationInterval() > 1) {
            throw new IllegalArgumentException(
                    ("grow-and-prune with a target needs a score of every epoch: set"
                                    + " training.evaluationInterval to 1, found %d")
                            .formatted(training.evaluationInterval()));
        }
        new EpochBudget(training.epochs(), growAndPrune).require();
    }

    /** What a user may not have meant, though a run can be made; each in a sentence. */
    public List<String> warnings() {
        return new EpochBudget(this).warnings();
    }

    /** Every setting with its value as {@link #with} takes it, by its dotted path. */
    public Map<String, String> settings() {
        return RecipeSettings.texts(this);
    }

    /**
     * The recipe with some settings changed.
     *
     * @param settings each {@code key=value}, the key a dotted path such as {@code network.width};
     *     lists are written {@code 64,64} or {@code []}
     * @throws IllegalArgumentException if a key is unknown or a value is of the wrong type or out
     *     of its range; the message says which
     */
    public Recipe with(List<String> settings) {
        return RecipeSettings.apply(this, settings);
    }

    /**
     * The settings in which another recipe differs, each as {@code key: this value, that value}.
     * Settings that do not change the result, such as the number of threads, are left out.
     */
    public List<String> differences(Recipe other) {
        return RecipeSettings.differences(this, other);
    }

    /** The recipe as indented JSON, ended by a line feed. */
    public String toJson() {
        return RecipeJson.write(this);
    }

    /**
     * A recipe from JSON that holds every setting.
     *
     * @param source where the text comes from, for messages
     * @throws IllegalArgumentException if the text is no such JSON; the message names the setting
     */
    public static Recipe fromJson(String json, String source) {
        return RecipeJson.read(json, source);
    }
}
