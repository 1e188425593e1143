package hlstm.trainer.run;

import java.util.List;
import java.util.Map;

/**
 * The recipe of a translator.
 *
 * @param task {@code translation}
 * @param name of the recipe
 * @param description what it trains, in one line
 * @param seed of every random choice
 * @param text how text becomes tokens
 * @param translator the network
 * @param optimizer how weights are trained
 * @param training the course of the run
 * @param growAndPrune how connections are found
 */
public record TranslationRecipe(
        String task,
        String name,
        String description,
        long seed,
        TextSettings text,
        TranslatorSettings translator,
        OptimizerSettings optimizer,
        TrainingSettings training,
        GrowAndPruneSettings growAndPrune)
        implements Recipe {
    /** BLEU decides; whole sentences break ties. */
    private static final List<ScoreKind> SCORES =
            List.of(
                    new ScoreKind("bleu", "BLEU", "BLEU", "", true),
                    new ScoreKind("exact", "exact", "sentences that are exact", " %", true));

    /** Checks every range, and what goes together. */
    public TranslationRecipe {
        Settings.check(
                RecipeJson.MAPPER.valueToTree(
                        Map.of(
                                "text",
                                text,
                                "translator",
                                translator,
                                "optimizer",
                                optimizer,
                                "training",
                                training,
                                "growAndPrune",
                                growAndPrune)));
        translator.requireSizes();
        translator.requireTies(growAndPrune);
        RecipeRules.check(optimizer, training, growAndPrune, SCORES);
    }

    @Override
    public List<ScoreKind> scores() {
        return SCORES;
    }

    @Override
    public boolean gatesShareHidden() {
        return translator.sharedHidden() && !translator.gateHidden().isEmpty();
    }

    @Override
    public double rectifierSlope() {
        return translator.rectifierSlope();
    }

    @Override
    public String lossLabel() {
        return "loss of a token";
    }

    @Override
    public TranslationRecipe with(List<String> settings) {
        return (TranslationRecipe) RecipeSettings.apply(this, settings);
    }
}
