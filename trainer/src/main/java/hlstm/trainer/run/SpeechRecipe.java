package hlstm.trainer.run;

import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.Augmentation;
import java.util.List;
import java.util.Map;

/**
 * The recipe of a speech recogniser.
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
 * @param distillation how much is learnt from a teacher
 * @param growAndPrune how connections are found
 */
public record SpeechRecipe(
        String name,
        String description,
        long seed,
        String alphabet,
        FeatureSpec features,
        NetworkSettings network,
        OptimizerSettings optimizer,
        TrainingSettings training,
        Augmentation augmentation,
        DistillationSettings distillation,
        GrowAndPruneSettings growAndPrune)
        implements Recipe {
    /** Words decide; characters break ties. */
    private static final List<ScoreKind> SCORES =
            List.of(
                    new ScoreKind("wer", "WER", "words (WER)", " %", false),
                    new ScoreKind("cer", "CER", "characters (CER)", " %", false));

    /** Checks every range, and what goes together. */
    public SpeechRecipe {
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
                                "distillation",
                                distillation,
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
        growAndPrune.geometry().requireNoAttention();
        RecipeRules.check(optimizer, training, growAndPrune, SCORES);
    }

    @Override
    public List<ScoreKind> scores() {
        return SCORES;
    }

    @Override
    public boolean gatesShareHidden() {
        return network.sharedHidden() && !network.gateHidden().isEmpty();
    }

    @Override
    public double rectifierSlope() {
        return network.rectifierSlope();
    }

    @Override
    public String lossLabel() {
        return "loss of an utterance";
    }

    @Override
    public SpeechRecipe with(List<String> settings) {
        return (SpeechRecipe) RecipeSettings.apply(this, settings);
    }
}
