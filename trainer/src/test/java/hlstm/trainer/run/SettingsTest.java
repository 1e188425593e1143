package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hlstm.trainer.run.Setting.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final SpeechRecipe RECIPE =
            Recipes.require(SpeechRecipe.class, Recipes.named("speech-small"));

    SettingsTest() {}

    @Test
    void everySettingOfARecipeHasItsLineAndNoOther() {
        TreeSet<String> described = new TreeSet<>();
        for (Recipe recipe : Recipes.all()) {
            List<Setting> settings = Settings.ofRecipe(recipe);
            assertEquals(
                    List.copyOf(RecipeSettings.flatten(RecipeJson.tree(recipe)).keySet()),
                    settings.stream().map(Setting::key).toList(),
                    recipe.name());
            settings.forEach(setting -> described.add(setting.key()));
        }
        TreeSet<String> all = new TreeSet<>();
        Settings.all().forEach(setting -> all.add(setting.key()));
        assertEquals(all, described);
    }

    @Test
    void everyLineSaysSomethingInOneLine() {
        for (Setting setting : Settings.all()) {
            assertTrue(setting.meaning().length() > 5, setting.key());
            assertTrue(setting.meaning().length() <= 60, setting::meaning);
            assertFalse(setting.meaning().endsWith("."), setting::meaning);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech-small", "multi30k-lstm"})
    void typesAreThoseOfTheRecipe(String name) {
        Recipe recipe = Recipes.named(name);
        Map<String, JsonNode> values = RecipeSettings.flatten(RecipeJson.tree(recipe));
        for (Setting setting : Settings.ofRecipe(recipe)) {
            JsonNode value = values.get(setting.key());
            Type type =
                    value.isTextual()
                            ? Type.TEXT
                            : value.isBoolean()
                                    ? Type.FLAG
                                    : value.isArray()
                                            ? Type.LIST
                                            : value.isIntegralNumber() ? Type.WHOLE : Type.NUMBER;
            assertEquals(type, setting.type(), setting.key());
            assertEquals(
                    type == Type.WHOLE || type == Type.NUMBER || type == Type.LIST,
                    setting.range() != null,
                    setting.key());
        }
    }

    @Test
    void whatLiesOutsideARangeIsRefusedWithTheRange() {
        int refused = 0;
        for (Setting setting : Settings.ofRecipe(RECIPE)) {
            for (String value : outside(setting)) {
                Exception e =
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> RECIPE.with(List.of(setting.key() + "=" + value)),
                                () -> setting.key() + "=" + value);
                String expected =
                        "%s must %s"
                                .formatted(
                                        setting.key(),
                                        setting.range() == null
                                                ? "be one of " + setting.allowed()
                                                : "lie in " + setting.range());
                assertTrue(e.getMessage().startsWith(expected), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 2 * 40, "so many settings have two ends, found " + refused);
    }

    /**
     * Values of the setting's type just beyond the ends of its range, or a word it does not know.
     */
    private static List<String> outside(Setting setting) {
        if (!setting.choices().isEmpty()) {
            return List.of("nonesuch");
        }
        if (setting.range() == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        BigDecimal step = setting.type() == Type.NUMBER ? new BigDecimal("0.001") : BigDecimal.ONE;
        boolean any = setting.range().most() == Long.MAX_VALUE;
        BigDecimal beyond = any ? BigDecimal.TEN.pow(19) : step;
        values.add(
                new BigDecimal(setting.range().least())
                        .subtract(setting.range().withLeast() ? beyond : BigDecimal.ZERO)
                        .toPlainString());
        values.add(
                new BigDecimal(setting.range().most())
                        .add(setting.range().withMost() ? beyond : BigDecimal.ZERO)
                        .toPlainString());
        return values;
    }

    @Test
    void endsThatBelongToARangeAreAccepted() {
        for (Setting setting : Settings.ofRecipe(RECIPE)) {
            if (setting.type() == Type.WHOLE || setting.type() == Type.NUMBER) {
                Setting.Range range = setting.range();
                assertEquals(range.withLeast(), range.contains(range.least()), setting.key());
                assertEquals(range.withMost(), range.contains(range.most()), setting.key());
                assertFalse(range.contains(Double.NaN), setting.key());
            }
        }
    }

    @Test
    void filesAreHeldToTheRangesToo() {
        String json = RECIPE.toJson().replaceFirst("\"threads\": \\d+", "\"threads\": 100000");
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> Recipe.fromJson(json, "my.json"));
        assertEquals(
                "my.json: training.threads must lie in [0, 1024], found 100000", e.getMessage());
    }

    @Test
    void partsOfARecipeAreHeldToTheRangesToo() {
        TrainingSettings t = RECIPE.training();
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new SpeechRecipe(
                                        RECIPE.name(),
                                        RECIPE.description(),
                                        RECIPE.seed(),
                                        RECIPE.alphabet(),
                                        RECIPE.features(),
                                        RECIPE.network(),
                                        RECIPE.optimizer(),
                                        new TrainingSettings(
                                                0, t.batchSize(), true, 1, t.patience(), 1),
                                        RECIPE.augmentation(),
                                        RECIPE.distillation(),
                                        RECIPE.growAndPrune()));
        assertTrue(e.getMessage().startsWith("training.epochs must lie in"), e.getMessage());
    }
}
