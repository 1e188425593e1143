package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Captioner;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.Model;
import hlstm.runtime.StoredModel;
import hlstm.runtime.TensorSpec;
import hlstm.runtime.search.BeamSettings;
import hlstm.sparse.Matrix;
import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionScorer;
import hlstm.trainer.captions.CaptionSet;
import hlstm.trainer.captions.CaptionedImage;
import hlstm.trainer.captions.ImageFeatures;
import hlstm.trainer.captions.MatchReport;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.scenes.SceneCorpus;
import hlstm.trainer.scenes.SceneCorpusSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionTrainingTest {
    @TempDir private Path folder;

    private static CaptionRecipe small(String... changes) {
        CaptionRecipe recipe =
                Recipes.require(CaptionRecipe.class, Recipes.named("demo-captions-grown"));
        return recipe.with(
                        List.of(
                                "network.width=16",
                                "network.gateHidden=16",
                                "network.embedding=16",
                                "training.epochs=4",
                                "growAndPrune.growth.maxEvents=0",
                                "growAndPrune.growth.interval=1",
                                "growAndPrune.pruning.epochs=2",
                                "growAndPrune.pruning.retrainEpochs=1",
                                "training.threads=1"))
                .with(List.of(changes));
    }

    private static CaptionData scenes() {
        return SceneCorpus.generate(new SceneCorpusSpec(60, 10, 10, 3, 1)).data();
    }

    private TrainingOutcome train(String name, CaptionRecipe recipe, CaptionData data)
            throws IOException {
        try (RunFolder run = RunFolder.create(folder.resolve(name), recipe)) {
            return CaptionTraining.run(recipe, data, run, TrainingListener.NONE);
        }
    }

    @Test
    void captionsWithoutAKnownWordAreRefused() {
        RunException e =
                assertThrows(
                        RunException.class,
                        () -> train("none", small("words.minimumCount=1000000"), scenes()));
        assertTrue(e.getMessage().startsWith("no word occurs"), e.getMessage());
    }

    @Test
    void theModelScoresAsTheRunSays() throws IOException {
        CaptionData data = scenes();
        TrainingOutcome outcome = train("run", small(), data);
        Model model = Model.load(outcome.model());
        assertTrue(model.spec().task() instanceof CaptioningTask);
        assertTrue(outcome.gateDensity() < 0.15, "pruned: " + outcome.gateDensity());
        CaptionScorer.Scored scored;
        try (Workers workers = new ThreadWorkers(2)) {
            scored =
                    new CaptionScorer(data.dev())
                            .score(
                                    () -> new Captioner(model, new BeamSettings(2, 0), 20),
                                    workers,
                                    done -> {});
        }
        assertEquals(outcome.scores().get("cider"), 100 * scored.cider(), 1e-9);
        assertEquals(outcome.scores().get("bleu4"), 100 * scored.bleu(4), 1e-9);
        assertEquals("1", model.provenance().get("seed"));
    }

    @Test
    void theSameSeedGivesTheSameModelOnAnyNumberOfThreads() throws IOException {
        CaptionData data = scenes();
        Path one = train("one", small(), data).model();
        Path two = train("two", small("training.threads=2"), data).model();
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
        Path other = train("other", small("seed=2"), data).model();
        assertTrue(Files.mismatch(one, other) >= 0);
    }

    /** Images that differ in one feature, each with a caption of its own: a network learns them. */
    @Test
    void learnsToTellImagesApart() throws IOException {
        List<String> names = List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg");
        List<String> said = List.of("a dog", "two cats sit", "the sea", "a red bus on a road");
        List<CaptionedImage> images =
                IntStream.range(0, 4)
                        .mapToObj(
                                k ->
                                        new CaptionedImage(
                                                names.get(k),
                                                names.get(k),
                                                null,
                                                List.of(said.get(k))))
                        .toList();
        float[] features = new float[16];
        for (int k = 0; k < 4; k++) {
            features[5 * k] = 3;
        }
        CaptionSet set = new CaptionSet(images, new ImageFeatures(names, features));
        CaptionData data =
                new CaptionData(
                        set,
                        set,
                        set,
                        new MatchReport(4, 4, List.of(), List.of(), List.of(), List.of()));
        CaptionRecipe recipe =
                small(
                        "growAndPrune.enabled=false",
                        "training.epochs=60",
                        "training.batchSize=4",
                        "network.inputDropout=0",
                        "network.dropout=0",
                        "optimizer.learningRate=0.02");
        Model model = Model.load(train("apart", recipe, data).model());
        for (int k = 0; k < 4; k++) {
            assertEquals(said.get(k), new Captioner(model).caption(set.features(k)));
        }
    }

    /** On other images, whose means and deviations are others. */
    @Test
    void aRunMayBeginWithATrainedModel() throws IOException {
        Path first = train("first", small("network.layers=2"), scenes()).model();
        InitialModel initial = InitialModel.read(first);
        CaptionRecipe recipe = Recipes.require(CaptionRecipe.class, initial.recipe(small()));
        CaptionData others = SceneCorpus.generate(new SceneCorpusSpec(30, 10, 10, 3, 2)).data();
        try (Workers workers = new ThreadWorkers(1)) {
            TrainingTask task =
                    CaptionTraining.tasks(recipe, others, Optional.of(initial)).open(workers);
            task.network().setRectifierSlope(0);
            Path same = folder.resolve("same.safetensors");
            task.write(same, Map.of());
            StoredModel expected = StoredModel.read(first);
            StoredModel found = StoredModel.read(same);
            assertEquals(expected.spec(), found.spec());
            for (TensorSpec tensor : expected.spec().matrices()) {
                Matrix one = expected.matrix(tensor.name());
                Matrix two = found.matrix(tensor.name());
                assertEquals(one.weights(), two.weights(), tensor.name());
                for (int row = 0; row < one.rows(); row++) {
                    for (int column = 0; column < one.columns(); column++) {
                        assertEquals(one.get(row, column), two.get(row, column), 1e-5);
                    }
                }
            }
            for (TensorSpec tensor : expected.spec().biases()) {
                assertArrayEquals(expected.bias(tensor.name()), found.bias(tensor.name()), 1e-5f);
            }
        }
    }

    @Test
    void aModelOfOtherFeaturesOrWidthsIsRefused() throws IOException {
        Optional<InitialModel> initial =
                Optional.of(InitialModel.read(train("first", small(), scenes()).model()));
        try (Workers workers = new ThreadWorkers(1)) {
            for (String[] wrong :
                    new String[][] {
                        {"images.transform=log", "sees other features: expected"},
                        {"network.embedding=24", "has layers.0.forward.gates.0.input of 64 x 24"},
                        {"network.gateHidden=8", "has another network than the recipe"},
                        {"network.layers=2", "has another network than the recipe"},
                    }) {
                RunException e =
                        assertThrows(
                                RunException.class,
                                () ->
                                        CaptionTraining.tasks(small(wrong[0]), scenes(), initial)
                                                .open(workers));
                assertTrue(e.getMessage().contains(wrong[1]), e.getMessage());
            }
        }
    }

    @Test
    void featuresAreNormalisedAsTheRecipeSays() {
        float[] values = {1, 5, 3, 5, 2, 5};
        List<String> names = List.of("a", "b", "c");
        CaptionSet set =
                new CaptionSet(
                        names.stream()
                                .map(name -> new CaptionedImage(name, name, null, List.of("x")))
                                .toList(),
                        new ImageFeatures(names, values));
        ImageNormalisation standard =
                ImageNormalisation.of(new ImageSettings("none", "standard"), set);
        // Of 1, 3 and 2 the mean is 2, the deviation the root of 2/3; 5 never varies.
        assertArrayEquals(new float[] {(float) -Math.sqrt(1.5), 0}, standard.apply(set, 0), 1e-6f);
        ImageNormalisation centred =
                ImageNormalisation.of(new ImageSettings("none", "centred"), set);
        // The mean of the variances is 1/3.
        assertArrayEquals(new float[] {(float) -Math.sqrt(3), 0}, centred.apply(set, 0), 1e-6f);
        ImageNormalisation none = ImageNormalisation.of(new ImageSettings("none", "none"), set);
        assertArrayEquals(new float[] {1, 5}, none.apply(set, 0));
        CaptionSet negative =
                new CaptionSet(
                        List.of(new CaptionedImage("a", "a", null, List.of("x"))),
                        new ImageFeatures(List.of("a"), new float[] {-1}));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ImageNormalisation.of(new ImageSettings("log", "none"), negative));
        assertTrue(e.getMessage().contains("found -1.0 as number 0 of a"), e.getMessage());
    }
}
