package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.MatrixReport;
import hlstm.runtime.Model;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialModelTest {
    private static final List<String> NO_BATCH_NORM = List.of("network.batchNorm=false");
    private static final SpeechRecipe DENSE = SmallRuns.dense().with(NO_BATCH_NORM);
    private static final SpeechRecipe SPARSE = SmallRuns.growAndPrune().with(NO_BATCH_NORM);

    @TempDir private static Path trained;
    @TempDir private Path folder;

    private static Path dense;
    private static Path sparse;

    InitialModelTest() {}

    @BeforeAll
    static void train() throws IOException {
        dense = SmallRuns.train(DENSE, trained.resolve("dense"), TrainingListener.NONE).model();
        sparse = SmallRuns.train(SPARSE, trained.resolve("sparse"), TrainingListener.NONE).model();
    }

    private static TrainingTask.Factory tasks(SpeechRecipe recipe, Path model) throws IOException {
        return SpeechTraining.tasks(
                recipe,
                SmallRuns.corpus(),
                Optional.empty(),
                Optional.of(InitialModel.read(model)));
    }

    private static TrainingOutcome run(
            SpeechRecipe recipe, Path model, Path path, TrainingListener listener)
            throws IOException {
        boolean isNew = !Files.exists(path.resolve(".lock"));
        try (RunFolder run =
                isNew ? RunFolder.create(path, recipe) : RunFolder.resume(path, recipe)) {
            return TrainingRun.run(recipe, tasks(recipe, model), run, listener);
        }
    }

    private static SpeechRecipe recipeOf(Path model) throws IOException {
        Recipe base = Recipes.named("demo-lstm");
        return Recipes.require(SpeechRecipe.class, InitialModel.read(model).recipe(base));
    }

    private static RunException refusal(SpeechRecipe recipe, Path model) throws IOException {
        try (Workers workers = new ThreadWorkers(1)) {
            TrainingTask.Factory tasks = tasks(recipe, model);
            return assertThrows(RunException.class, () -> tasks.open(workers));
        }
    }

    @Test
    void theNetworkBeginsAsTheModelIs() throws IOException {
        for (Path model : List.of(dense, sparse)) {
            SpeechRecipe recipe = recipeOf(model);
            try (Workers workers = new ThreadWorkers(1)) {
                TrainingTask task = tasks(recipe, model).open(workers);
                task.network()
                        .setRectifierSlope(task.initialModel().orElseThrow().rectifierSlope());
                Path same = folder.resolve("same.safetensors");
                task.write(same, Map.of());
                assertEquals(Model.load(model).fingerprint(), Model.load(same).fingerprint());
            }
        }
    }

    @Test
    void theRecipeIsThatOfTheModel() throws IOException {
        assertEquals(List.of(), DENSE.differences(recipeOf(dense)));
        assertEquals(List.of(), SPARSE.differences(recipeOf(sparse)));
        RunException e =
                assertThrows(
                        RunException.class,
                        () ->
                                InitialModel.read(dense)
                                        .recipe(Recipes.named("multi30k-grow-prune")));
        assertTrue(e.getMessage().contains("it is for speech"), e.getMessage());
    }

    /** As where data is new and the structure is to stay. */
    @Test
    void aSparseModelIsTrainedOnWithItsConnections() throws IOException {
        SpeechRecipe recipe =
                SPARSE.with(List.of("growAndPrune.enabled=false", "training.epochs=2"));
        SmallRuns.Events events = new SmallRuns.Events();
        TrainingOutcome outcome = run(recipe, sparse, folder.resolve("on"), events);
        Model before = Model.load(sparse);
        Model after = Model.load(outcome.model());
        assertEquals(
                before.matrices().stream().map(MatrixReport::geometry).toList(),
                after.matrices().stream().map(MatrixReport::geometry).toList());
        assertEquals(before.recurrentWeights(), after.recurrentWeights());
        RunEvent start = events.events.getFirst();
        assertTrue(start.message().contains("begins with " + sparse + ", WER "), start.message());
        assertEquals(
                "%016x".formatted(before.fingerprint()), after.provenance().get("initialModel"));
    }

    @Test
    void aDenseModelIsPruned() throws IOException {
        SpeechRecipe recipe =
                SPARSE.with(List.of("growAndPrune.growth.maxEvents=0", "training.epochs=4"));
        TrainingOutcome outcome =
                run(recipe, dense, folder.resolve("pruned"), TrainingListener.NONE);
        Model model = Model.load(outcome.model());
        for (MatrixReport matrix : model.matrices()) {
            if (matrix.isOfGates()) {
                assertEquals(0.2, matrix.density(), 0.03, matrix.name());
            }
        }
    }

    /** What is learnt already is not lost to training that makes it worse. */
    @Test
    void theModelItselfIsAmongThoseToChooseFrom() throws IOException {
        SpeechRecipe ruinous =
                DENSE.with(
                        List.of(
                                "optimizer.learningRate=3",
                                "optimizer.warmupEpochs=0",
                                "training.epochs=1"));
        Path better = trained.resolve("better/model.safetensors");
        if (!Files.exists(better)) {
            SpeechRecipe longer = DENSE.with(List.of("training.epochs=30"));
            SmallRuns.train(longer, better.getParent(), TrainingListener.NONE);
        }
        TrainingOutcome outcome =
                run(ruinous, better, folder.resolve("ruin"), TrainingListener.NONE);
        assertEquals(0, outcome.modelEpoch());
        assertEquals(Model.load(better).fingerprint(), Model.load(outcome.model()).fingerprint());
    }

    @Test
    void aRunResumesWithItsModelAndNoOther() throws IOException {
        SpeechRecipe recipe =
                SPARSE.with(List.of("growAndPrune.growth.maxEvents=0", "training.epochs=4"));
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        run(recipe, dense, whole, TrainingListener.NONE);
        TrainingListener breakOff =
                new TrainingListener() {
                    @Override
                    public void event(RunEvent event) {
                        if (event.event() == RunEvent.Kind.EPOCH && event.epoch() == 2) {
                            throw new IllegalStateException("broken off");
                        }
                    }
                };
        assertThrows(IllegalStateException.class, () -> run(recipe, dense, broken, breakOff));
        Path other = whole.resolve("accurate.safetensors");
        Path another = Files.exists(other) ? other : whole.resolve("model.safetensors");
        SpeechRecipe plain = recipe.with(List.of("training.threads=2"));
        RunException e =
                assertThrows(
                        RunException.class,
                        () -> run(plain, another, broken, TrainingListener.NONE));
        assertTrue(e.getMessage().contains("began with another model"), e.getMessage());
        run(plain, dense, broken, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("model.safetensors")),
                Files.readAllBytes(broken.resolve("model.safetensors")));
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        for (String[] wrong :
                new String[][] {
                    {"network.batchNorm=true", "expected network.batchNorm=false"},
                    {"features.melBands=9", "hears other features than the recipe"},
                    {
                        "alphabet= ABCDEFGHIJKLMNOPQRSTUVWXYZ?",
                        "writes other symbols than the recipe's"
                    },
                    {"network.width=24", "has layers.0.forward.gates.0.recurrent of 64 x 24"},
                    {"network.layers=3", "which the model has not"},
                    {"network.layers=1", "has layers.1.weight, which the model has not"},
                    {"network.bidirectional=false", "which the model has"},
                }) {
            RunException e = refusal(DENSE.with(List.of(wrong[0])), dense);
            assertTrue(e.getMessage().contains(wrong[1]), wrong[0] + ": " + e.getMessage());
        }
    }
}
