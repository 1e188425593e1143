package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.cli.CommandLines.Outcome;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.Setting;
import hlstm.trainer.run.Settings;
import hlstm.trainer.run.SpeechRecipe;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecipesCommandTest {
    RecipesCommandTest() {}

    @Test
    void everySettingIsExplained() {
        Outcome outcome = CommandLines.run("recipes", "--settings", "demo-lstm");
        assertEquals(0, outcome.code(), outcome.errors());
        for (Setting setting : Settings.ofRecipe(Recipes.named("demo-lstm"))) {
            assertTrue(
                    outcome.output()
                            .matches("(?s).*\\R" + setting.key().replace(".", "\\.") + " .*"),
                    setting.key());
            assertTrue(outcome.output().contains(setting.meaning()), setting.key());
        }
        assertTrue(
                outcome.output()
                        .contains(
                                "network.width                       cells of a layer\n"
                                        + "    96                              whole number, [1, 16384]\n"),
                outcome.output());
        for (String line : outcome.output().lines().toList()) {
            assertTrue(line.length() <= 100, line);
        }
    }

    @Test
    void programsGetAList() throws IOException {
        JsonNode list =
                new ObjectMapper()
                        .readTree(CommandLines.run("recipes", "--settings", "--json").output());
        SpeechRecipe recipe = Recipes.require(SpeechRecipe.class, Recipes.named("speech-small"));
        assertEquals(Settings.ofRecipe(recipe).size(), list.size());
        assertEquals("network.layers", list.get(20).get("key").asText());
        assertEquals(
                Integer.toString(recipe.network().layers()), list.get(20).get("value").asText());
    }

    @Test
    void anUnknownRecipeIsAUsageError() {
        assertEquals(2, CommandLines.run("recipes", "speech-smal").code());
        assertEquals(2, CommandLines.run("recipes", "--settings", "speech-smal").code());
    }
}
