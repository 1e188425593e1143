package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlierRecipesTest {
    /** The defaults of what came later are those of these recipes. */
    @ParameterizedTest
    @CsvSource({
        "speech-small, /augmentation, tempo",
        "speech-small, /growAndPrune, goal",
        "speech-small, '', distillation",
        "multi30k-lstm, /optimizer, averageDecay",
        "captions-38x, /growAndPrune/geometry, attention output",
        "captions-38x, /growAndPrune/pruning, outputDensity groupLasso",
        "numbers-grow-prune, /text, mergeDropout",
        "numbers-grow-prune, /translator, tiedOutput",
        "multi30k-lstm, /translator, embeddingBound",
        "numbers-grow-prune, /translator, concatenated"
    })
    void whatCameLaterIsAdded(String name, String group, String settings) {
        Recipe recipe = Recipes.named(name);
        ObjectNode earlier = RecipeJson.tree(recipe);
        for (String setting : settings.split(" ")) {
            ((ObjectNode) earlier.at(group)).remove(setting);
        }
        assertEquals(RecipeJson.tree(recipe), EarlierRecipes.completed(earlier));
    }
}
