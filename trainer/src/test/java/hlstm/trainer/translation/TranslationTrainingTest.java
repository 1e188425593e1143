package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.MatrixReport;
import hlstm.runtime.Model;
import hlstm.runtime.Translator;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.numbers.NumberCorpus;
import hlstm.trainer.run.InitialModel;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunEvent;
import hlstm.trainer.run.RunException;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.TrainingListener;
import hlstm.trainer.run.TrainingOutcome;
import hlstm.trainer.run.TrainingRun;
import hlstm.trainer.run.TrainingTask;
import hlstm.trainer.run.TranslationRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** What is passed over depends on epoch and pair, not on who cuts it or when. */
    @Test
    void droppedMergesAreTheSameOnAnyNumberOfThreads() throws IOException {
        TranslationRecipe dropping = RECIPE.with(List.of("text.mergeDropout=0.3"));
        byte[] one =
                Files.readAllBytes(
                        train(dropping, folder.resolve("one"), false, TrainingListener.NONE)
                                .model());
        TranslationRecipe three = dropping.with(List.of("training.threads=3"));
        assertArrayEquals(
                one,
                Files.readAllBytes(
                        train(three, folder.resolve("three"), false, TrainingListener.NONE)
                                .model()));
        Path none = train(RECIPE, folder.resolve("none"), false, TrainingListener.NONE).model();
        assertNotEquals(
                Model.load(none).fingerprint(),
                Model.load(folder.resolve("one/model.safetensors")).fingerprint());
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
    @ValueSource(doubles = {0, 0.1, 0.45})
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
                double expected = outputDensity == 0 ? target : outputDensity;
                assertEquals(expected, matrix.density(), 0.03, matrix.name());
            }
        }
        assertEquals("banked8", model.provenance().get("geometry.attention"));
        assertEquals("rows4", model.provenance().get("geometry.output"));
        assertNotNull(new Translator(model).translate("eins"));
    }

    @Test
    void anOutputIsPrunedByItselfWhereAllElseStaysDense() throws IOException {
        TranslationRecipe recipe =
                RECIPE.with(
                        List.of(
                                "growAndPrune.geometry.input=dense",
                                "growAndPrune.geometry.recurrent=dense",
                                "growAndPrune.geometry.hidden=dense",
                                "growAndPrune.geometry.output=rows4",
                                "growAndPrune.pruning.outputDensity=0.25"));
        TrainingOutcome outcome =
                train(recipe, folder.resolve("run"), false, TrainingListener.NONE);
        assertEquals(1, outcome.gateDensity());
        assertTrue(
                outcome.message().contains(" weights of attention and output"), outcome.message());
        MatrixReport output =
                Model.load(outcome.model()).matrices().stream()
                        .filter(matrix -> matrix.name().endsWith(".weight"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(0.25, output.density(), 0.03);
    }

    /** Begun with codes, vocabularies and weights of the model, nothing is learnt anew. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunMayBeginWithATrainedModel(boolean tied) throws IOException {
        TranslationRecipe recipe =
                tied
                        ? RECIPE.with(
                                List.of("translator.tiedOutput=true", "translator.embedding=16"))
                        : RECIPE;
        Path first = train(recipe, folder.resolve("first"), false, TrainingListener.NONE).model();
        InitialModel initial = InitialModel.read(first);
        NumberCorpus others = NumberCorpus.generate(2, 50, 20, 20);
        ParallelCorpus corpus = new ParallelCorpus(others.train(), others.valid());
        TranslationRecipe further =
                Recipes.require(TranslationRecipe.class, initial.recipe(RECIPE));
        assertEquals(recipe.translator(), further.translator());
        try (Workers workers = new ThreadWorkers(1)) {
            TrainingTask task =
                    TranslationTrainingTask.tasks(further, corpus, Optional.of(initial))
                            .open(workers);
            task.network().setRectifierSlope(0);
            Path same = folder.resolve("same.safetensors");
            task.write(same, Map.of());
            assertEquals(Model.load(first).fingerprint(), Model.load(same).fingerprint());
        }
    }

    @Test
    void aDenseMatrixOfATrainedModelIsPrunedInAnyGeometryASparseOneInItsOwn() throws IOException {
        Path first = train(RECIPE, folder.resolve("first"), false, TrainingListener.NONE).model();
        ParallelCorpus corpus = new ParallelCorpus(NUMBERS.train(), NUMBERS.valid());
        Optional<InitialModel> initial = Optional.of(InitialModel.read(first));
        TranslationRecipe output =
                RECIPE.with(
                        List.of(
                                "growAndPrune.growth.maxEvents=0",
                                "growAndPrune.geometry.output=rows4",
                                "growAndPrune.pruning.outputDensity=0.4",
                                "training.epochs=4"));
        try (RunFolder run = RunFolder.create(folder.resolve("output"), output)) {
            TrainingOutcome outcome =
                    TrainingRun.run(
                            output,
                            TranslationTrainingTask.tasks(output, corpus, initial),
                            run,
                            TrainingListener.NONE);
            Model model = Model.load(outcome.model());
            assertEquals(Model.load(first).recurrentWeights(), model.recurrentWeights());
            MatrixReport matrix =
                    model.matrices().stream()
                            .filter(m -> m.name().endsWith(".weight"))
                            .findFirst()
                            .orElseThrow();
            assertEquals("rows4", matrix.geometry());
            assertEquals(0.4, matrix.density(), 0.03);
        }
        String geometry = RECIPE.growAndPrune().geometry().recurrent();
        TranslationRecipe other = output.with(List.of("growAndPrune.geometry.recurrent=rows32"));
        try (RunFolder run = RunFolder.create(folder.resolve("other"), other)) {
            RunException e =
                    assertThrows(
                            RunException.class,
                            () ->
                                    TrainingRun.run(
                                            other,
                                            TranslationTrainingTask.tasks(other, corpus, initial),
                                            run,
                                            TrainingListener.NONE));
            assertTrue(
                    e.getMessage()
                            .contains(
                                    "has connections in "
                                            + geometry
                                            + ", which cannot become rows32"),
                    e.getMessage());
        }
    }

    /** BLEU of four-word sequences is 0 where no sentence is so long. */
    @Test
    void shortSentencesThatAreLearntAreNotCalledNothing() throws IOException {
        List<String> words = List.of("a", "b", "c", "d");
        ParallelText pairs = new ParallelText("letters", words, words);
        TranslationRecipe recipe =
                RECIPE.with(
                        List.of(
                                "growAndPrune.enabled=false",
                                "text.unit=words",
                                "optimizer.learningRate=0.02",
                                "training.epochs=60",
                                "training.batchSize=4"));
        try (RunFolder run = RunFolder.create(folder.resolve("short"), recipe)) {
            TrainingOutcome outcome =
                    TrainingRun.run(
                            recipe,
                            TranslationTrainingTask.tasks(recipe, new ParallelCorpus(pairs, pairs)),
                            run,
                            TrainingListener.NONE);
            assertEquals(0, outcome.scores().get("bleu"));
            assertEquals(100, outcome.scores().get("exact"));
            assertTrue(!outcome.message().contains("next to nothing"), outcome::message);
        }
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
