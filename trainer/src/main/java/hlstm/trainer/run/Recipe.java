package hlstm.trainer.run;

import java.util.List;
import java.util.Map;

/**
 * Everything that decides the result of a training run, besides the data: what the runs of all
 * tasks have in common, and in each record that implements it what a task adds. Immutable; written
 * as JSON that people read and change. A recipe of another task than speech begins with a setting
 * {@code task}, which says whose it is ({@link RecipeKind}).
 */
public interface Recipe {
    /** The recipe's name. */
    String name();

    /** What it trains, in one line. */
    String description();

    /** The seed of every random choice. */
    long seed();

    /** How weights are trained. */
    OptimizerSettings optimizer();

    /** The course of the run. */
    TrainingSettings training();

    /** How connections are found. */
    GrowAndPruneSettings growAndPrune();

    /**
     * What networks are scored by on the development set: two kinds. The first decides which is
     * better and what grow-and-prune does; the second breaks ties.
     */
    List<ScoreKind> scores();

    /** Slope of the gates' leaky ReLU until the first cut; 0 is ReLU throughout. */
    double rectifierSlope();

    /** Whether the four gates of its cells share their hidden layers; false if they have none. */
    default boolean gatesShareHidden() {
        return false;
    }

    /** What the training loss is the mean of, such as {@code loss of an utterance}. */
    String lossLabel();

    /** What a user may not have meant, though a run can be made; each in a sentence. */
    default List<String> warnings() {
        return new EpochBudget(this).warnings();
    }

    /** Every setting with its value as {@link #with} takes it, by its dotted path. */
    default Map<String, String> settings() {
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
    default Recipe with(List<String> settings) {
        return RecipeSettings.apply(this, settings);
    }

    /**
     * The settings in which another recipe differs, each as {@code key: this value, that value}.
     * Settings that do not change the result, such as the number of threads, are left out.
     */
    default List<String> differences(Recipe other) {
        return RecipeSettings.differences(this, other);
    }

    /** The recipe as indented JSON, ended by a line feed. */
    default String toJson() {
        return RecipeJson.write(this);
    }

    /**
     * A recipe from JSON that holds every setting.
     *
     * @param source where the text comes from, for messages
     * @throws IllegalArgumentException if the text is no such JSON; the message names the setting
     */
    static Recipe fromJson(String json, String source) {
        return RecipeJson.read(json, source);
    }
}
