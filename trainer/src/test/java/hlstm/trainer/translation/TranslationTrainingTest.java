package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.MatrixReport;
import hlstm.runtime.Model;
import hlstm.runtime.Translator;
import hlstm.trainer.numbers.NumberCorpus;
import hlstm.trainer.run.RunEvent;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.TrainingListener;
import hlstm.trainer.run.TrainingOutcome;
import hlstm.trainer.run.TrainingRun;
import hlstm.trainer.run.TranslationRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTrainingTest {
    private static final NumberCorpus NUMBERS = NumberCorpus.generate(1, 200, 20, 20);
    private static final TranslationRecipe RECIPE = SmallTranslators.recipe();

    @TempDir private Path folder;

    TranslationTrainingTest() {}

    private static TrainingOutcome train(
            TranslationRecipe recipe, Path path, boolean resume, TrainingListener listener)
            throws IOException {
        ParallelCorpus corpus = new ParallelCorpus(NUMBERS.train(), NUMBERS.valid());
        try (RunFolder run =
                resume ? RunFolder.resume(path, recipe) : RunFolder.create(path, recipe)) {
            return TrainingRun.run(
                    recipe, TranslationTrainingTask.tasks(recipe, corpus), run, listener);
        }
    }

    @Test
    void aRunGrowsPrunesAndWritesAModelAndAReport() throws IOException {
        Path path = folder.resolve("run");
        TrainingOutcome outcome = train(RECIPE, path, false, TrainingListener.NONE);
        assertEquals(List.of("bleu", "exact"), List.copyOf(outcome.scores().keySet()));
        Model model = Model.load(outcome.model());
        assertEquals(outcome.gateWeights(), model.recurrentWeights());
        assertEquals("numbers-grow-prune", model.provenance().get("recipe"));
        assertNotNull(model.provenance().get("dev.bleu"));
        assertEquals("16", model.provenance().get("recipe.translator.width"));
        List<RunEvent> events;
        try (RunFolder run = RunFolder.view(path)) {
            events = run.log();
        }
        for (RunEvent.Kind kind :
                List.of(RunEvent.Kind.SEED, RunEvent.Kind.GROW, RunEvent.Kind.PRUNE)) {
            assertTrue(events.stream().anyMatch(e -> e.event() == kind), kind::label);
        }
        List<Double> losses =
                events.stream().filter(e -> e.loss() != null).map(RunEvent::loss).toList();
        assertTrue(losses.getLast() < losses.getFirst(), losses::toString);
        assertTrue(Files.readString(path.resolve("report.html")).contains("BLEU of the model"));
    }

    @Test
    void somethingMustBeLeftToChooseOn() {
        ParallelText blank = new ParallelText("few", List.of(" "), List.of("x"));
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                TranslationData.of(
                                        RECIPE.text(), new ParallelCorpus(NUMBERS.train(), blank)));
        assertTrue(e.getMessage().startsWith("few: no pair is left to choose on"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.45})
    void attentionAndOutputAreGrownAndPrunedOnRequest(double outputDensity) throws IOException {
        TranslationRecipe recipe =
                RECIPE.with(
                        List.of(
                                "growAndPrune.geometry.attention=banked8",
                                "growAndPrune.geometry.output=rows4",
                                "growAndPrune.pruning.outputDensity=" + outputDensity));
        TrainingOutcome outcome =
                train(recipe, folder.resolve("run"), false, TrainingListener.NONE);

        Model model = Model.load(outcome.model());
        assertEquals(outcome.gateWeights(), model.recurrentWeights());
        double target = recipe.growAndPrune().pruning().targetDensity();
        for (MatrixReport matrix : model.matrices()) {
            if (matrix.isOfGates()) {
                assertEquals(target, matrix.density(), 0.03, matrix.name());
            }
            String geometry =
                    matrix.name().startsWith("attention.")
                            ? "banked8"
                            : matrix.name().endsWith(".weight") ? "rows4" : null;
            if (geometry != null) {
                assertEquals(geometry, matrix.geometry(), matrix.name());
                double expected = Math.max(target, outputDensity);
                assertEquals(expected, matrix.density(), 0.03, matrix.name());
            }
        }
        assertEquals("banked8", model.provenance().get("geometry.attention"));
        assertEquals("rows4", model.provenance().get("geometry.output"));
        assertNotNull(new Translator(model).translate("eins"));
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed() {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "growAndPrune.geometry.output=rows4",
                "translator.tiedOutput=true translator.embedding=16"
            })
    void aRunThatWasBrokenOffEndsWithTheSameModelOnAnyNumberOfThreads(String changes)
            throws IOException {
        TranslationRecipe recipe = RECIPE.with(List.of(changes.split(" ")));
        Path whole = folder.resolve("whole");
        train(recipe, whole, false, TrainingListener.NONE);
        Path broken = folder.resolve("broken");
        TranslationRecipe two = recipe.with(List.of("training.threads=2"));
        TrainingListener killer =
                new TrainingListener() {
                    @Override
                    public void batch(Progress progress) {
                        if (progress.epoch() == 4 && progress.batch() == 3) {
                            throw new Killed();
                        }
                    }
                };
        assertThrows(Killed.class, () -> train(two, broken, false, killer));
        train(two, broken, true, TrainingListener.NONE);
        byte[] expected = Files.readAllBytes(whole.resolve("model.safetensors"));
        byte[] found = Files.readAllBytes(broken.resolve("model.safetensors"));
        assertArrayEquals(expected, found);
    }
}
