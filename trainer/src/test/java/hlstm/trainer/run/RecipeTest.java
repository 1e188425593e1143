package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    private static final SpeechRecipe RECIPE =
            Recipes.require(SpeechRecipe.class, Recipes.named("speech-small"));

    RecipeTest() {}

    @Test
    void everyBuiltInRecipeReadsAndDescribesItself() {
        for (String name : Recipes.names()) {
            Recipe recipe = Recipes.named(name);
            assertEquals(name, recipe.name());
            assertTrue(recipe.description().length() > 20, recipe.description());
        }
    }

    @Test
    void recipesOfEarlierVersionsMeanWhatTheyMeant() {
        String earlier =
                RECIPE.toJson()
                        .replaceFirst(" *\"tempo\": 0.0,\n", "")
                        .replaceFirst(" *\"goal\": \\{[^}]*},\n", "")
                        .replaceFirst(
                                ",\\s*\"attention\": \"dense\",\\s*\"output\": \"dense\"", "");
        for (String later : List.of("goal", "tempo", "attention", "output")) {
            assertFalse(earlier.contains("\"" + later + "\""), earlier);
        }
        assertEquals(RECIPE, Recipe.fromJson(earlier, "test"));
    }

    @Test
    void aGoalOfWeightsCountsGatesAlone() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                RECIPE.with(
                                        List.of(
                                                "growAndPrune.goal.kind=weights",
                                                "growAndPrune.goal.value=5000",
                                                "growAndPrune.geometry.output=rows4")));
        assertTrue(e.getMessage().contains("counts gate weights alone"), e.getMessage());
    }

    @Test
    void geometriesWithoutEffectAreRefused() {
        IllegalArgumentException attention =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RECIPE.with(List.of("growAndPrune.geometry.attention=banked8")));
        assertTrue(attention.getMessage().contains("only translators"), attention.getMessage());
    }

    @Test
    void jsonKeepsEverySetting() {
        assertEquals(RECIPE, Recipe.fromJson(RECIPE.toJson(), "test"));
    }

    @Test
    void settingsOfEveryTypeAreChanged() {
        SpeechRecipe changed =
                RECIPE.with(
                        List.of(
                                "seed=7",
                                "network.width=96",
                                "network.gateHidden=64,32",
                                "alphabet= AB",
                                "network.bidirectional=false",
                                "optimizer.learningRate=1e-3",
                                "growAndPrune.geometry.hidden=banked8"));
        assertEquals(7, changed.seed());
        assertEquals(" AB", changed.alphabet());
        assertEquals(96, changed.network().width());
        assertEquals(List.of(64, 32), changed.network().gateHidden());
        assertEquals(false, changed.network().bidirectional());
        assertEquals(1e-3, changed.optimizer().learningRate());
        assertEquals("banked8", changed.growAndPrune().geometry().hidden());
        assertEquals(RECIPE.training(), changed.training());
        assertEquals(
                List.of(), RECIPE.with(List.of("network.gateHidden=[]")).network().gateHidden());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.widht=3         | did you mean 'network.width'?",
                "width=3                 | did you mean 'network.width'?",
                "network=3               | is a group of settings",
                "network.width           | a setting is written key=value",
                "network.width=wide      | network.width must be a whole number, found 'wide'",
                "network.width=1.5       | network.width must be a whole number, found '1.5'",
                "network.width=9e9       | network.width must be a whole number",
                "network.width=99999999999999999999 | network.width must lie in [1, 16384], found 99999999999999999999",
                "network.width=0         | network.width must lie in [1, 16384], found 0",
                "network.dropout=much    | network.dropout must be a number, found 'much'",
                "network.dropout=NaN     | network.dropout must lie in [0, 1), found NaN",
                "network.bidirectional=1 | network.bidirectional must be true or false, found '1'",
                "network.gateHidden=8;8  | network.gateHidden must be a list",
                "network.gateHidden=1.5  | network.gateHidden must be a list of whole numbers such as 64,64 or [], found [1.5]",
                "network.gateHidden=8,1e2 | network.gateHidden must be a list of whole numbers such as 64,64 or [], found [8,",
                "network.gateHidden=[[8]] | network.gateHidden must be a list of whole numbers such as 64,64 or [], found [[8]]",
                "network.gateHidden=\"8\" | network.gateHidden must be a list of whole numbers such as 64,64 or [], found [\"8\"]",
                "network.gateHidden=null | network.gateHidden must be a list of whole numbers such as 64,64 or [], found [null]",
                "network.gateHidden={    | network.gateHidden must be a list of whole numbers such as 64,64 or [], found '{'",
                "seed=9223372036854775808 | seed must lie in",
                "colour=3                | unknown setting 'colour' ('hlstm recipes --settings speech-small' lists all)",
                "network.gateHidden=8,100000000 | network.gateHidden must lie in [1, 16384], found 100000000",
                "network.gateHidden=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 | at most 16 elements, found 17",
                "optimizer.method=adamw  | must be one of adam, sgd, found 'adamw'",
                "optimizer.schedule=linear | one of constant, exponential, cosine, plateau",
                "growAndPrune.geometry.input=rows5 | must be one of dense, plain, rows4, rows8, rows16, rows32, banked8, found 'rows5'",
                "features.stack=0        | features.stack must lie in [1, 64], found 0",
                "alphabet=AA             | must differ"
            })
    void wrongSettingsAreNamed(String setting, String message) {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> RECIPE.with(List.of(setting)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void matricesWithoutAnIndexForEachElementAreRefused() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                RECIPE.with(
                                        List.of(
                                                "network.gateHidden=16384",
                                                "features.melBands=0",
                                                "features.windowMillis=1000",
                                                "features.stack=16")));
        // 4 gates of 16,384 hidden units; 8,001 bins in each of 16 frames.
        assertTrue(
                e.getMessage()
                        .contains("gates.0.input of the first layer would have 65,536 x 128,016"),
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo-hlstm   | 2 | 0 | needs training.patience of 1 or more, found 0",
                "demo-hlstm   | 1 | 2 | divisor must be more than 1",
                "speech-small | 2 | 2 | does not go with grow-and-prune"
            })
    void thePlateauScheduleIsRefusedWhereItCannotWork(
            String recipe, double divisor, int patience, String message) {
        List<String> settings =
                List.of(
                        "optimizer.schedule=plateau",
                        "optimizer.divisor=" + divisor,
                        "training.patience=" + patience);
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Recipes.named(recipe).with(settings));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"seed\": 1        | \"sead\": 1       | setting 'seed' is missing",
                "\"seed\": 1,       | \"seed\": 1, \"sead\": 1, | unknown setting 'sead'",
                "\"seed\": 1,       | ''               | seed",
                "\"seed\": 1,       | \"seed\": null,   | seed must be a whole number, found null",
                "\"layers\": 2      | \"layers\": \"2\" | network.layers must be a whole number, found '2'",
                "\"layers\": 2      | \"layers\": 2.5  | network.layers must be a whole number, found 2.5",
                "\"layers\": 2      | \"layers\": {}   | network.layers must be a whole number, found an object",
                "\"layers\": 2      | \"layers\": 1e99 | network.layers must be a whole number",
                "\"seed\": 1,       | \"seed\": 1      | not well-formed JSON"
            })
    void wrongFilesAreRefused(String text, String replacement, String message) {
        String json = RECIPE.toJson().replace(text, replacement);
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Recipe.fromJson(json, "my.json"));
        assertTrue(e.getMessage().startsWith("my.json: "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void differencesLeaveOutWhatDoesNotChangeTheResult() {
        Recipe other = RECIPE.with(List.of("training.threads=2", "network.width=96"));
        assertEquals(
                List.of("network.width: %d, 96".formatted(RECIPE.network().width())),
                RECIPE.differences(other));
    }

    @Test
    void unknownRecipesGetASuggestion() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Recipes.resolve("speech-smal"));
        assertTrue(e.getMessage().contains("did you mean 'speech-small'?"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "", "null"})
    void filesThatAreNoObjectAreRefused(String json) {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Recipe.fromJson(json, "my.json"));
        assertTrue(
                e.getMessage().startsWith("my.json: expected an object that holds the settings"),
                e.getMessage());
        assertTrue(e.getMessage().contains("'hlstm recipes NAME'"), e.getMessage());
    }

    @Test
    void groupsThatAreNoneAreRefused() {
        String json =
                RECIPE.toJson().replaceFirst("(?s)\"optimizer\": \\{.*?\\},", "\"optimizer\": 3,");
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Recipe.fromJson(json, "my.json"));
        assertEquals(
                "my.json: optimizer must be an object that holds settings, found 3",
                e.getMessage());
    }

    /** Whatever a setting is given, the words are the recipe's and not those of a library. */
    @Test
    void noLibrarySpeaksInAnError() {
        List<String> odd =
                List.of(
                        "", " ", "null", "{}", "[]", "[[]]", "1e999", "-0", "0x10", "1,", "\"",
                        "tru");
        // Those of other tasks are unknown here, and may be named after tokens.
        for (Setting setting : Settings.ofRecipe(RECIPE)) {
            for (String value : odd) {
                String text = setting.key() + "=" + value;
                try {
                    RECIPE.with(List.of(text));
                } catch (IllegalArgumentException e) {
                    String message = e.getMessage();
                    assertFalse(
                            message.matches(
                                    "(?si).*(deserial|coerce|\\btoken\\b|json|`|hlstm\\.[a-z]+\\.[A-Z]).*"),
                            text + ": " + message);
                }
            }
        }
    }
}
