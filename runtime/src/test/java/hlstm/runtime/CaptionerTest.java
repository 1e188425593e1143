package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.CaptioningTask.FeatureTransform;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.DenseMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionerTest {
    private static final int FEATURES = 5;
    private static final TokenVocabulary WORDS =
            new TokenVocabulary(List.of("<unk>", "<s>", "</s>", "a", "dog", "runs"));
    private static final int FIRST_WORD = 3;
    private static final long MAX_WARM_UP_NANOS = 60_000_000_000L;

    private static ModelSpec spec(FeatureTransform transform) {
        return new ModelSpec(
                new CaptioningTask(FEATURES, transform, WORDS),
                List.of(
                        new LinearSpec(FEATURES + WORDS.size(), 12),
                        RandomModels.hlstm(12, 16, 10),
                        RandomModels.lstm(16, 8),
                        new LinearSpec(8, WORDS.size())));
    }

    /** Dense outside, sparse in the gates; large enough outputs that words differ. */
    private static ModelBuilder builder(FeatureTransform transform, long seed) {
        RandomModels.Content content =
                RandomModels.content(
                        spec(transform),
                        List.of("dense", "rows4", "banked8", "plain", "dense", "dense", "dense"),
                        0.5,
                        seed);
        ModelBuilder builder = content.builder();
        String last = "layers.3.weight";
        builder.matrix(
                last,
                new DenseMatrix(
                        WORDS.size(),
                        8,
                        RandomModels.values(WORDS.size() * 8, 6, new SplittableRandom(seed))));
        return builder;
    }

    private static Model model(long seed) {
        return builder(FeatureTransform.NONE, seed).build();
    }

    private static float[] image(long seed) {
        return RandomModels.values(FEATURES, 1, new SplittableRandom(seed));
    }

    /** The logarithms of what may come behind an image and words, by the whole network. */
    private static double[] next(Model model, float[] image, List<Integer> words) {
        int width = FEATURES + WORDS.size();
        int steps = words.size() + 2;
        float[] in = new float[steps * width];
        System.arraycopy(image, 0, in, 0, FEATURES);
        for (int step = 1; step < steps; step++) {
            int word = step == 1 ? TokenVocabulary.BEGIN : words.get(step - 2);
            in[step * width + FEATURES + word] = 1;
        }
        float[] out = new float[steps * WORDS.size()];
        model.newSession().run(in, steps, out);
        double[] logarithms = new double[WORDS.size()];
        double sum = 0;
        for (int word = TokenVocabulary.END; word < logarithms.length; word++) {
            sum += Math.exp(out[(steps - 1) * WORDS.size() + word]);
        }
        for (int word = 0; word < logarithms.length; word++) {
            logarithms[word] =
                    word < TokenVocabulary.END
                            ? Double.NEGATIVE_INFINITY
                            : out[(steps - 1) * WORDS.size() + word] - Math.log(sum);
        }
        return logarithms;
    }

    private record Found(List<Integer> words, double logProbability) {
        String text() {
            return String.join(" ", words.stream().map(WORDS::token).toList());
        }
    }

    private static Found greedy(Model model, float[] image, int most) {
        List<Integer> words = new ArrayList<>();
        double total = 0;
        while (true) {
            double[] next = next(model, image, words);
            int best = TokenVocabulary.END;
            for (int word = FIRST_WORD; word < next.length && words.size() < most; word++) {
                best = next[word] > next[best] ? word : best;
            }
            total += next[best];
            if (best == TokenVocabulary.END) {
                return new Found(words, total);
            }
            words.add(best);
        }
    }

    private static Found best(
            Model model, float[] image, List<Integer> words, double total, int most) {
        double[] next = next(model, image, words);
        Found best = new Found(words, total + next[TokenVocabulary.END]);
        for (int word = FIRST_WORD; word < next.length && words.size() < most; word++) {
            List<Integer> longer = new ArrayList<>(words);
            longer.add(word);
            Found found = best(model, image, longer, total + next[word], most);
            best = found.logProbability() > best.logProbability() ? found : best;
        }
        return best;
    }

    @Test
    void greedyCaptionsAreThoseOfTheWholeNetwork() {
        int words = 0;
        for (int seed = 1; seed <= 20; seed++) {
            Model model = model(seed);
            Captioner captioner = new Captioner(model, BeamSettings.GREEDY, 6);
            for (int k = 0; k < 3; k++) { // each call begins anew
                Found expected = greedy(model, image(k), 6);
                Caption found = captioner.captions(image(k)).getFirst();
                assertEquals(expected.text(), found.text());
                // Logarithms of at most seven words, each within a few units of 2^-20.
                assertEquals(expected.logProbability(), found.logProbability(), 1e-4);
                words += expected.words().size();
            }
        }
        assertTrue(words > 60, "captions have words: " + words);
    }

    @Test
    void aWideBeamFindsTheMostProbableCaption() {
        int differ = 0;
        for (int seed = 1; seed <= 20; seed++) {
            Model model = model(seed);
            Found expected = best(model, image(seed), List.of(), 0, 3);
            Captioner wide = new Captioner(model, new BeamSettings(64, 0), 3);
            List<Caption> found = wide.captions(image(seed));
            assertEquals(expected.text(), found.getFirst().text());
            assertEquals(expected.logProbability(), found.getFirst().logProbability(), 1e-4);
            // One, three, nine and 27 captions of none to three words.
            assertEquals(40, found.size());
            double sum = found.stream().mapToDouble(c -> Math.exp(c.logProbability())).sum();
            assertTrue(sum <= 1 + 1e-4, "probabilities sum to at most one: " + sum);
            differ += greedy(model, image(seed), 3).text().equals(expected.text()) ? 0 : 1;
        }
        assertTrue(differ > 0, "a search must matter for this to show anything");
    }

    @Test
    void aFileGivesTheSameCaptions(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.safetensors");
        builder(FeatureTransform.LOG, 3).write(file);
        Model loaded = Model.load(file);
        assertEquals(spec(FeatureTransform.LOG), loaded.spec());
        float[] positive = {0.1f, 0.2f, 0, 0.3f, 0.4f};
        assertEquals(
                new Captioner(builder(FeatureTransform.LOG, 3).build()).caption(positive),
                new Captioner(loaded).caption(positive));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"features\":5        | \"features\":6        | the input of layer 0",
                "\"features\":5        | \"features\":0        | features",
                "\"transform\":\"log\" | \"transform\":\"exp\" | none or log, found 'exp'",
                "\"dog\",              | ''                  | the input of layer 0",
                "\"dog\"               | \"a\"               | are both 'a'",
                "\"dog\"               | \"a dog\"           | white space",
                "\"<unk>\",\"<s>\"     | \"<s>\",\"<unk>\"   | a vocabulary begins with",
                "\"transform\":\"log\" | \"scale\":1         | transform"
            })
    void architecturesThatDoNotFitAreRefused(
            String from, String to, String message, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.safetensors");
        builder(FeatureTransform.LOG, 3).write(file);
        StoredTensors stored = new StoredTensors(file);
        String before = stored.metadata.get("hlstm.architecture");
        assertTrue(before.contains(from), before);
        stored.metadata.put("hlstm.architecture", before.replace(from, to));
        stored.write(file);
        Exception e = assertThrows(ModelFormatException.class, () -> Model.load(file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    /** The vectors of words too, since the self-check gives all inputs at once. */
    @Test
    void theSelfCheckSeesEveryMatrix(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.safetensors");
        builder(FeatureTransform.LOG, 3).write(file);
        for (String name :
                List.of(
                        "layers.0.weight",
                        "layers.0.bias",
                        "layers.1.forward.gates.1.o",
                        "layers.2.forward.gates.0.recurrent",
                        "layers.3.weight")) {
            StoredTensors stored = new StoredTensors(file);
            float[] values =
                    stored.floats(stored.tensors.containsKey(name) ? name : name + ".values");
            values[values.length - 1] += 0.5f;
            Path changed = folder.resolve("changed.safetensors");
            stored.write(changed);
            Exception e = assertThrows(ModelFormatException.class, () -> Model.load(changed));
            assertTrue(e.getMessage().contains("self-check"), name + ": " + e.getMessage());
        }
    }

    @Test
    void featuresAreTransformed() {
        Model logarithms = builder(FeatureTransform.LOG, 5).build();
        Model plain = builder(FeatureTransform.NONE, 5).build();
        float[] image = {0.5f, 0.25f, 0, 1, 2};
        float[] transformed = new float[FEATURES];
        for (int k = 0; k < FEATURES; k++) {
            transformed[k] = (float) StrictMath.log(image[k] + 1e-8);
        }
        assertEquals(
                new Captioner(plain).captions(transformed),
                new Captioner(logarithms).captions(image));
    }

    @Test
    void searchesAllocateNothing() {
        Captioner captioner = new Captioner(model(2), new BeamSettings(3, 0.5), 10);
        float[] image = image(2);
        long end = System.nanoTime() + MAX_WARM_UP_NANOS;
        Runnable repeated =
                () -> {
                    for (int k = 0; k < 200; k++) {
                        captioner.search(image);
                    }
                };
        // As AllocationTest: what allocates does so every time.
        int clean = 0;
        long allocated = 0;
        while (clean < 3 && System.nanoTime() < end) {
            allocated = AllocatedBytes.of(repeated);
            clean += allocated == 0 ? 1 : 0;
        }
        assertEquals(3, clean, "bytes of the last 200 searches: " + allocated);
    }

    @Test
    void aStepCountsNoProductsOfWhatIsLookedUp() {
        Model model = model(1);
        MatrixReport lookedUp = model.matrices().getFirst();
        assertEquals((FEATURES + WORDS.size()) * 12, lookedUp.weights());
        assertEquals(0, lookedUp.flopsPerStep());
        assertEquals(2 * (model.weights() - lookedUp.weights()), model.flopsPerStep());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Captioner captioner = new Captioner(builder(FeatureTransform.LOG, 1).build());
        refused("expected 5 features", () -> captioner.caption(new float[4]));
        refused(
                "found NaN as number 4",
                () -> captioner.caption(new float[] {1, 1, 1, 1, Float.NaN}));
        refused("not negative", () -> captioner.caption(new float[] {1, -1, 1, 1, 1}));
        Model other =
                RandomModels.mixed(RandomModels.stack(RandomModels.lstm(3, 4)), 1)
                        .builder()
                        .build();
        refused(
                "need a model for captioning, with a vocabulary; found one for sequence",
                () -> new Captioner(other));
        refused("a word at least", () -> new Captioner(model(1), BeamSettings.GREEDY, 0));
    }

    @Test
    void networksOfOtherFormsAreRefused() {
        CaptioningTask task = new CaptioningTask(FEATURES, FeatureTransform.NONE, WORDS);
        LinearSpec first = new LinearSpec(FEATURES + WORDS.size(), 12);
        LinearSpec last = new LinearSpec(12, WORDS.size());
        refused(
                "the input of layer 0",
                () -> new ModelSpec(task, List.of(new LinearSpec(5, 12), last)));
        refused(
                "the output of the last layer",
                () -> new ModelSpec(task, List.of(first, new LinearSpec(12, 5))));
        refused("found LinearSpec", () -> new ModelSpec(task, List.of(first, last)));
        RecurrentSpec both = new RecurrentSpec(new CellSpec(12, 12, List.of(), false, 0), true);
        refused("as layer 1 of 3", () -> new ModelSpec(task, List.of(first, both, last)));
        refused(
                "expected a dense matrix",
                () ->
                        RandomModels.content(spec(FeatureTransform.NONE), List.of("plain"), 0.5, 1)
                                .builder()
                                .build());
        refused("none or log, found 'exp'", () -> FeatureTransform.of("exp"));
        refused("1 to", () -> new CaptioningTask(0, FeatureTransform.NONE, WORDS));
        assertFalse(task.equals(new CaptioningTask(FEATURES, FeatureTransform.LOG, WORDS)));
    }

    private static void refused(String part, Runnable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
