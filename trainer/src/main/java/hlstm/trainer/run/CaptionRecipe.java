package hlstm.trainer.run;

import java.util.List;
import java.util.Map;

/**
 * The recipe of a captioner of images.
 *
 * @param task {@code captioning}
 * @param name of the recipe
 * @param description what it trains, in one line
 * @param seed of every random choice
 * @param images what becomes of the features of images
 * @param words which words the network knows, and how it writes
 * @param network its layers
 * @param optimizer how weights are trained
 * @param training the course of the run; a batch has so many captions
 * @param growAndPrune how connections are found
 */
public record CaptionRecipe(
        String task,
        String name,
        String description,
        long seed,
        ImageSettings images,
        WordSettings words,
        CaptionNetworkSettings network,
        OptimizerSettings optimizer,
        TrainingSettings training,
        GrowAndPruneSettings growAndPrune)
        implements Recipe {
    /** As pycocoevalcap's, times 100. */
    private static final List<ScoreKind> SCORES =
            List.of(
                    new ScoreKind("cider", "CIDEr-D", "CIDEr-D x 100", "", true),
                    new ScoreKind("bleu4", "BLEU-4", "BLEU-4 x 100", "", true));

    /** Checks every range, and what goes together. */
    public CaptionRecipe {
        Settings.check(
                RecipeJson.MAPPER.valueToTree(
                        Map.of(
                                "images",
                                images,
                                "words",
                                words,
                                "network",
                                network,
                                "optimizer",
                                optimizer,
                                "training",
                                training,
                                "growAndPrune",
                                growAndPrune)));
        growAndPrune.geometry().requireNoAttention();
        RecipeRules.check(optimizer, training, growAndPrune, SCORES);
    }

    @Override
    public List<ScoreKind> scores() {
        return SCORES;
    }

    @Override
    public double rectifierSlope() {
        return network.rectifierSlope();
    }

    @Override
    public String lossLabel() {
        return "loss of a word";
    }

    @Override
    public CaptionRecipe with(List<String> settings) {
        return (CaptionRecipe) RecipeSettings.apply(this, settings);
    }
}
