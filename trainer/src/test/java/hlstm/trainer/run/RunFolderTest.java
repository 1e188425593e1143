package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final SpeechRecipe RECIPE =
            Recipes.require(SpeechRecipe.class, Recipes.named("demo-lstm"));

    @TempDir private Path temporary;

    RunFolderTest() {}

    @Test
    void aNewFolderHoldsTheRecipe() throws IOException {
        Path path = temporary.resolve("deep/run");
        assertEquals(Optional.empty(), RunFolder.recipeIn(path));
        try (RunFolder folder = RunFolder.create(path, RECIPE)) {
            assertEquals(RECIPE, folder.recipe());
            assertFalse(folder.resumed());
        }
        assertEquals(Optional.of(RECIPE), RunFolder.recipeIn(path));
    }

    /** A run that got as far as its first checkpoint. */
    private void begin() throws IOException {
        RunFolder.create(temporary, RECIPE).close();
        Files.createDirectory(temporary.resolve("checkpoints"));
    }

    @Test
    void aRunThatNeverBeganMayBeStartedAgain() throws IOException {
        RunFolder.create(temporary, RECIPE).close();
        Recipe other = RECIPE.with(List.of("network.width=24"));
        try (RunFolder folder = RunFolder.create(temporary, other)) {
            assertEquals(other, folder.recipe());
        }
    }

    @Test
    void aRunIsNotOverwritten() throws IOException {
        begin();
        assertRefused("--resume", () -> RunFolder.create(temporary, RECIPE));
    }

    @Test
    void aFolderOfOtherThingsIsLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("thesis.txt"), "mine");
        assertRefused("thesis.txt", () -> RunFolder.create(temporary, RECIPE));
        assertRefused("there is no run in", () -> RunFolder.resume(temporary, RECIPE));
        assertEquals(List.of(temporary.resolve("thesis.txt")), files());
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(temporary.resolve("run"), "");
        assertRefused("is not a folder", () -> RunFolder.create(file, RECIPE));
    }

    @Test
    void twoWritersAreNotLetIn() throws IOException {
        begin();
        try (RunFolder first = RunFolder.resume(temporary, RECIPE)) {
            assertTrue(first.resumed());
            assertRefused("another process trains into", () -> RunFolder.resume(temporary, RECIPE));
            assertEquals(RECIPE, RunFolder.view(temporary).recipe());
        }
        try (RunFolder second = RunFolder.resume(temporary, RECIPE)) {
            assertTrue(second.resumed());
        }
    }

    @Test
    void anotherRecipeIsNotResumed() throws IOException {
        begin();
        Recipe other = RECIPE.with(List.of("network.width=24"));
        assertRefused(
                "network.width: %d, 24".formatted(RECIPE.network().width()),
                () -> RunFolder.resume(temporary, other));
        RunFolder.resume(temporary, RECIPE.with(List.of("training.threads=2"))).close();
    }

    @Test
    void aRunKilledBeforeItsRecipeWasWrittenStartsAnew() throws IOException {
        Files.writeString(temporary.resolve("recipe.json.tmp"), "{ half");
        Files.writeString(temporary.resolve(".lock"), "");
        try (RunFolder folder = RunFolder.resume(temporary, RECIPE)) {
            assertFalse(folder.resumed());
        }
    }

    @Test
    void onlyRunsAreResumed() throws IOException {
        Path missing = temporary.resolve("misspelt");
        assertRefused("leave out --resume", () -> RunFolder.resume(missing, RECIPE));
        assertFalse(Files.exists(missing));
        assertRefused("leave out --resume", () -> RunFolder.resume(temporary, RECIPE));
        assertEquals(List.of(), files());
    }

    @Test
    void onlyRunsAreViewed() {
        assertRefused("is no run", () -> RunFolder.view(temporary));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.toList();
        }
    }

    private static void assertRefused(
            String message, org.junit.jupiter.api.function.Executable action) {
        RunException e = assertThrows(RunException.class, action);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
