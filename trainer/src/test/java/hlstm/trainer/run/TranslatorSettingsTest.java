package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Directions;
import hlstm.runtime.RecurrentSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslatorSettingsTest {
    private static final TranslationRecipe STACK =
            Recipes.require(TranslationRecipe.class, Recipes.named("multi30k-lstm"));

    @Test
    void concatenatedDirectionsShareTheCellsOfALayer() {
        RecurrentSpec layer = STACK.translator().encoderLayer(500);
        assertEquals(Directions.CONCATENATED, layer.directions());
        assertEquals(250, layer.cell().width());
        assertEquals(500, layer.outputWidth());
    }

    @ParameterizedTest
    @ValueSource(strings = {"translator.bidirectional=false", "translator.width=501"})
    void concatenatedDirectionsAreTwoOfOneWidth(String setting) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> STACK.with(List.of(setting)));
        assertTrue(e.getMessage().contains("translator.concatenated=false"), e.getMessage());
    }

    @Test
    void aTiedOutputIsDenseAndAGeometryWithoutPruningIsNone() {
        List<String> tied =
                List.of("translator.tiedOutput=true", "growAndPrune.geometry.output=rows16");
        assertTrue(STACK.with(tied).translator().tiedOutput());
        TranslationRecipe pruned =
                STACK.with(List.of("growAndPrune.enabled=true", "training.epochs=20"));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pruned.with(tied));
        assertTrue(e.getMessage().contains("found 500, 500 and rows16"), e.getMessage());
    }

    @Test
    void mergesAreDroppedWhereThereAreAny() {
        assertEquals(0.1, STACK.with(List.of("text.mergeDropout=0.1")).text().mergeDropout());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> STACK.with(List.of("text.mergeDropout=0.1", "text.unit=characters")));
        assertTrue(e.getMessage().contains("text.unit=codes"), e.getMessage());
    }

    @Test
    void theDensityOfTheOutputIsForOneThatIsPruned() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> STACK.with(List.of("growAndPrune.pruning.outputDensity=0.4")));
        assertTrue(e.getMessage().contains("outputDensity"), e.getMessage());
        double density =
                STACK.with(
                                List.of(
                                        "growAndPrune.geometry.output=rows16",
                                        "growAndPrune.pruning.outputDensity=0.4"))
                        .growAndPrune()
                        .pruning()
                        .outputDensity();
        assertEquals(0.4, density);
    }

    @Test
    void theDensityOfTheOutputIsLessThanThatOfTheGrownOne() {
        List<String> changes =
                List.of(
                        "growAndPrune.geometry.output=rows16",
                        "growAndPrune.seedDensity=0.5",
                        "growAndPrune.growth.densityCap=0.6",
                        "growAndPrune.pruning.outputDensity=0.6");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> STACK.with(changes));
        assertTrue(e.getMessage().contains("less than 0.6"), e.getMessage());
    }
}
