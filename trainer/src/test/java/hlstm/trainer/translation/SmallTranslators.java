package hlstm.trainer.translation;

import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.TranslationRecipe;
import hlstm.trainer.run.TranslatorSettings;
import java.util.ArrayList;
import java.util.List;

/** Small networks and recipes for tests. */
final class SmallTranslators {
    private SmallTranslators() {}

    static TranslatorSettings settings(
            int width,
            List<Integer> hidden,
            String attention,
            boolean tied,
            boolean concatenated,
            int embedding,
            int encoder,
            int decoder) {
        return new TranslatorSettings(
                embedding,
                0.1,
                width,
                encoder,
                decoder,
                hidden,
                false,
                true,
                concatenated,
                attention,
                tied,
                0,
                0,
                0.01,
                0.1);
    }

    /** Single letters as words, so many tokens in all. */
    static TextCoding coding(int tokens) {
        List<String> all = new ArrayList<>(TokenVocabulary.SPECIAL);
        for (char letter = 'a'; all.size() < tokens; letter++) {
            all.add(String.valueOf(letter));
        }
        return new TextCoding(
                TextCoding.Unit.WORDS, new TokenVocabulary(all), new BytePairCodes(List.of()));
    }

    /** The recipe of the numbers, so small that an epoch takes a moment. */
    static TranslationRecipe recipe() {
        return Recipes.require(TranslationRecipe.class, Recipes.named("numbers-grow-prune"))
                .with(
                        List.of(
                                "translator.width=16",
                                "translator.embedding=8",
                                "translator.gateHidden=16",
                                "translator.dropout=0.1",
                                "translator.gateDropout=0.1",
                                "text.merges=30",
                                "training.epochs=6",
                                "training.batchSize=20",
                                "training.evaluationInterval=1",
                                "training.threads=1",
                                "growAndPrune.growth.interval=1",
                                "growAndPrune.growth.maxEvents=1",
                                "growAndPrune.growth.gradientBatches=2",
                                "growAndPrune.settleEpochs=1",
                                "growAndPrune.pruning.epochs=2",
                                "growAndPrune.pruning.retrainEpochs=1"));
    }
}
