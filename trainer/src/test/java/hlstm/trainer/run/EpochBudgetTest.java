package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochBudgetTest {
    EpochBudgetTest() {}

    private static SpeechRecipe epochs(int epochs) {
        return SmallRuns.growAndPrune()
                .with(List.of("training.epochs=" + epochs, "growAndPrune.pruning.retrainEpochs=3"));
    }

    @Test
    void anUnprunedModelIsNotMadeWithoutAWord() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> epochs(4));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "training.epochs is 4, but grow-and-prune takes 5 or more, and 7"
                                        + " with all retraining: 2 to grow in 1 events, 1 to"
                                        + " settle, 1 from the first cut to the last, 3 to retrain"),
                e.getMessage());
    }

    @Test
    void theFewestEpochsReachTheTargetSize(@TempDir Path folder) throws IOException {
        SmallRuns.Events log = new SmallRuns.Events();
        TrainingOutcome outcome = SmallRuns.train(epochs(5), folder, log);
        assertEquals(0.2, outcome.gateDensity(), 0.02);
        assertEquals(
                List.of(epochs(5).warnings().getFirst()),
                log.events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.WARNING)
                        .map(RunEvent::message)
                        .toList());
    }

    @Test
    void shortRetrainingIsTold() {
        assertTrue(
                epochs(5)
                        .warnings()
                        .getFirst()
                        .endsWith("only 1 of 3 epochs are left to retrain after the last cut"),
                epochs(5).warnings()::toString);
        assertEquals(List.of(), epochs(7).warnings());
    }

    @Test
    void theProgramsOwnRecipesHaveTheirEpochs() {
        for (Recipe recipe : Recipes.all()) {
            assertEquals(List.of(), recipe.warnings(), recipe.name());
        }
    }
}
