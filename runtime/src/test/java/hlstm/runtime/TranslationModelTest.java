package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.TranslationTask.Attention;
import hlstm.runtime.search.BeamSearch;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models for translation: their files, and that their steps allocate nothing. */
final class TranslationModelTest {
    private static final int WIDTH = 16;
    private static final int EMBEDDING = 8;
    private static final long MAX_WARM_UP_NANOS = 60_000_000_000L;

    @TempDir private Path folder;
    private Path file;

    private static TextCoding coding(int tokens) {
        List<String> all = new ArrayList<>(TokenVocabulary.SPECIAL);
        for (char letter = 'a'; all.size() < tokens; letter++) {
            all.add(String.valueOf(letter));
        }
        return new TextCoding(
                TextCoding.Unit.WORDS, new TokenVocabulary(all), new BytePairCodes(List.of()));
    }

    private static ModelSpec spec(Attention attention) {
        CellSpec first = new CellSpec(EMBEDDING, WIDTH, List.of(16), false, 0);
        CellSpec decoder = new CellSpec(EMBEDDING + WIDTH, WIDTH, List.of(), false, 0);
        return new ModelSpec(
                new TranslationTask(coding(12), coding(9), EMBEDDING, WIDTH, 1, attention),
                List.of(
                        new RecurrentSpec(first, true),
                        new RecurrentSpec(decoder, false),
                        RandomModels.lstm(WIDTH, WIDTH),
                        new LinearSpec(WIDTH, 9)));
    }

    private static ModelBuilder model(Attention attention) {
        return model(attention, Geometry.BANKED_8, 0.5);
    }

    /** A model whose attentional vectors come from a sparse matrix, or a dense one (null). */
    private static ModelBuilder model(Attention attention, Geometry combine, double density) {
        ModelSpec spec = spec(attention);
        ModelBuilder builder =
                RandomModels.content(spec, List.of("dense", "plain", "rows8", "banked8"), 0.5, 3)
                        .builder();
        SplittableRandom random = new SplittableRandom(4);
        for (TensorSpec matrix : spec.task().matrices()) {
            float[] values = RandomModels.values(matrix.rows() * matrix.columns(), 1, random);
            if (matrix.name().equals("attention.combine") && combine != null) {
                SparsityPattern pattern =
                        SparsityPattern.random(
                                matrix.rows(), matrix.columns(), combine, density, random);
                builder.matrix(
                        matrix.name(),
                        new SparseMatrix(pattern, Arrays.copyOf(values, pattern.nonzeros())));
            } else {
                builder.matrix(
                        matrix.name(), new DenseMatrix(matrix.rows(), matrix.columns(), values));
            }
        }
        return builder;
    }

    /** A model of random dense matrices. */
    private static Model dense(ModelSpec spec) {
        ModelBuilder builder = RandomModels.content(spec, List.of("dense"), 1, 3).builder();
        SplittableRandom random = new SplittableRandom(5);
        for (TensorSpec matrix : spec.task().matrices()) {
            float[] values = RandomModels.values(matrix.rows() * matrix.columns(), 1, random);
            builder.matrix(matrix.name(), new DenseMatrix(matrix.rows(), matrix.columns(), values));
        }
        return builder.build();
    }

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("model.safetensors");
        model(Attention.GENERAL).write(file);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        Model loaded = Model.load(file);
        assertEquals(spec(Attention.GENERAL), loaded.spec());
        Model built = model(Attention.GENERAL).build();
        assertEquals(built.fingerprint(), loaded.fingerprint());
        String text = "a b c d e";
        assertEquals(
                new Translator(built).translations(text),
                new Translator(loaded).translations(text));
        assertEquals(
                0,
                loaded.matrices().stream()
                        .filter(matrix -> matrix.name().equals("source.embedding"))
                        .findFirst()
                        .orElseThrow()
                        .flopsPerStep());
    }

    @Test
    void unknownTokensAreCopiedFromWhereTheNetworkLooked() throws Exception {
        Translator translator = new Translator(Model.load(file));
        String text = "a zebra b";
        assertEquals(1, translator.unknownTokens(text));
        assertEquals(0, translator.unknownTokens("a b"));
        Translation translation =
                new Translation("a <unk> b <unk>", List.of("a", "<unk>", "b", "<unk>"), 0, 0);
        float[][] shares = translator.align(text, translation).shares();
        List<String> expected = new ArrayList<>(translation.tokens());
        for (int k : new int[] {1, 3}) {
            int looked = 0;
            for (int column = 0; column < 3; column++) {
                looked = shares[k][column] > shares[k][looked] ? column : looked;
            }
            expected.set(k, text.split(" ")[looked]);
        }
        assertEquals(String.join(" ", expected), translator.copyUnknown(text, translation));
        Translation known = new Translation("b a", List.of("b", "a"), 0, 0);
        assertEquals("b a", translator.copyUnknown(text, known));
    }

    /** Of a word in parts the whole is copied. */
    @Test
    void wordsInPartsAreCopiedWhole() throws Exception {
        ModelSpec words = spec(Attention.DOT);
        TranslationTask task = (TranslationTask) words.task();
        List<String> parts = new ArrayList<>(TokenVocabulary.SPECIAL);
        parts.addAll(List.of("zeb@@", "ra", "a", "b", "c", "d", "e", "f", "g"));
        TextCoding codes =
                new TextCoding(
                        TextCoding.Unit.CODES,
                        new TokenVocabulary(parts),
                        new BytePairCodes(List.of("z e", "ze b", "r a</w>")));
        ModelSpec spec =
                new ModelSpec(
                        new TranslationTask(
                                codes, task.target(), EMBEDDING, WIDTH, 1, Attention.DOT),
                        words.layers());
        Translator translator = new Translator(dense(spec));
        Translation translation = new Translation("<unk>", List.of("<unk>"), 0, 0);
        assertEquals("zebra", translator.copyUnknown("zebra", translation));
    }

    /** And the token that begins sentences is in none of them. */
    @Test
    void everyTextIsThereOnce() throws Exception {
        List<String> target = new ArrayList<>(TokenVocabulary.SPECIAL);
        target.addAll(List.of("a@@", "aa@@", "aaa@@", "a", "aa", "aaa"));
        TextCoding codes =
                new TextCoding(
                        TextCoding.Unit.CODES,
                        new TokenVocabulary(target),
                        new BytePairCodes(List.of("a a")));
        ModelSpec words = spec(Attention.DOT);
        TranslationTask task = (TranslationTask) words.task();
        ModelSpec spec =
                new ModelSpec(
                        new TranslationTask(
                                task.source(), codes, EMBEDDING, WIDTH, 1, Attention.DOT),
                        words.layers());
        Translator translator = new Translator(dense(spec), new BeamSettings(200, 0));
        List<Translation> translations = translator.translations("a");
        assertEquals(
                translations.size(),
                translations.stream().map(Translation::text).distinct().count());
        assertTrue(
                translations.size() > 50 && translations.size() < 200,
                () -> "of 200 results " + translations.size() + " texts");
        double last = Double.POSITIVE_INFINITY;
        for (Translation translation : translations) {
            assertTrue(translation.score() <= last);
            last = translation.score();
            assertTrue(!translation.tokens().contains("<s>"), translation::toString);
        }
    }

    @Test
    void transcribersTakeNoTranslators() throws Exception {
        Model translator = Model.load(file);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Transcriber(translator));
        assertTrue(e.getMessage().endsWith("found one for translation"), e.getMessage());
    }

    @Test
    void anEncoderMayConcatenateItsDirections() throws Exception {
        CellSpec half = new CellSpec(EMBEDDING, WIDTH / 2, List.of(16), false, 0);
        ModelSpec summed = spec(Attention.DOT);
        List<LayerSpec> layers = new ArrayList<>(summed.layers());
        layers.set(0, new RecurrentSpec(half, Directions.CONCATENATED));
        ModelSpec spec = new ModelSpec(summed.task(), layers);
        ModelBuilder builder = RandomModels.content(spec, List.of("dense"), 1, 3).builder();
        SplittableRandom random = new SplittableRandom(5);
        for (TensorSpec matrix : spec.task().matrices()) {
            float[] values = RandomModels.values(matrix.rows() * matrix.columns(), 1, random);
            builder.matrix(matrix.name(), new DenseMatrix(matrix.rows(), matrix.columns(), values));
        }
        builder.write(file);
        Model loaded = Model.load(file);
        assertEquals(spec, loaded.spec());
        assertEquals(
                new Translator(builder.build()).translations("a b c"),
                new Translator(loaded).translations("a b c"));
    }

    @Test
    void itHasATranslatorAndNoSession() throws Exception {
        Model loaded = Model.load(file);
        assertThrows(UnsupportedOperationException.class, loaded::newSession);
        Model other =
                RandomModels.mixed(RandomModels.stack(RandomModels.lstm(3, 4)), 1)
                        .builder()
                        .build();
        assertThrows(IllegalArgumentException.class, () -> new Translator(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"attention\":\"general\" | \"attention\":\"local\"  | expected dot or general, found 'local'",
                "\"attention\":\"general\" | \"attention\":\"dot\"    | 'attention.keys'",
                "\"encoder_layers\":1      | \"encoder_layers\":2     | layer 1",
                "\"encoder_layers\":1      | \"encoder_layers\":3     | translation needs 3 layers to encode",
                "\"encoder_layers\":1      | \"encoder_layers\":0     | encoder_layers",
                "\"embedding\":8           | \"embedding\":9          | the input of layer 0",
                "\"unit\":\"words\"        | \"unit\":\"bytes\"       | expected words, characters or codes",
                "\"merges\":[]             | \"merges\":[\"a b\"]     | take no merges",
                "\"d\",\"e\"               | \"d\",\"d\"              | are both 'd'",
                "\"<unk>\",\"<s>\"         | \"<s>\",\"<unk>\"        | a vocabulary begins with",
                "\"kind\":\"translation\"  | \"kind\":\"captions\"    | expected speech, captioning, sequence or translation"
            })
    void architecturesThatDoNotFitAreRefused(String from, String to, String message)
            throws Exception {
        StoredTensors stored = new StoredTensors(file);
        String before = stored.metadata.get("hlstm.architecture");
        assertTrue(before.contains(from), before);
        stored.metadata.put("hlstm.architecture", before.replace(from, to));
        stored.write(file);
        Exception e = assertThrows(ModelFormatException.class, () -> Model.load(file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    /** Every tensor but the embeddings, whose rows are only looked up, has a part in the output. */
    @Test
    void theSelfCheckSeesEveryMatrix() throws Exception {
        for (String name :
                List.of(
                        "layers.0.forward.gates.0.input",
                        "layers.0.backward.gates.1.o.values",
                        "layers.1.forward.gates.0.recurrent",
                        "layers.2.forward.gates.0.bias",
                        "layers.3.bias",
                        "attention.keys",
                        "attention.combine")) {
            StoredTensors stored = new StoredTensors(file);
            String found = stored.tensors.containsKey(name) ? name : name + ".values";
            float[] values = stored.floats(found);
            for (int k = 0; k < values.length; k++) {
                values[k] += 0.5f;
            }
            Path changed = folder.resolve("changed.safetensors");
            stored.write(changed);
            Exception e = assertThrows(ModelFormatException.class, () -> Model.load(changed));
            assertTrue(e.getMessage().contains("self-check"), name + ": " + e.getMessage());
        }
    }

    @Test
    void embeddingsAreDense() {
        ModelBuilder builder = model(Attention.DOT);
        builder.matrix(
                "target.embedding",
                RandomModels.content(spec(Attention.DOT), List.of("plain"), 0.5, 1)
                        .matrices()
                        .get("target.embedding"));
        Exception e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(e.getMessage().contains("whose rows are looked up"), e.getMessage());
    }

    @Test
    void linesOfAnyKindAreTranslated() throws Exception {
        Translator translator = new Translator(Model.load(file), new BeamSettings(3, 1));
        assertEquals("", translator.translate("  "));
        assertEquals(1, translator.translations("").size());
        assertTrue(translator.translations("nobody knows these").size() >= 1);
        String longLine = "a b ".repeat(700);
        assertTrue(translator.translate(longLine) != null);
        assertThrows(IllegalArgumentException.class, () -> translator.translations(longLine));
        Translation best = translator.translations("a b c").getFirst();
        Alignment alignment = translator.align("a b c", best);
        assertEquals(best.tokens().size() + 1, alignment.shares().length);
        for (float[] shares : alignment.shares()) {
            assertEquals(3, shares.length);
            assertEquals(1, shares[0] + shares[1] + shares[2], 1e-6);
        }
    }

    /** A dense matrix meets source and state apart; one of all connections meets both at once. */
    @ParameterizedTest
    @EnumSource
    void aDenseAttentionGivesWhatOneOfAllConnectionsGives(Attention attention) throws Exception {
        TranslationSession dense = model(attention, null, 1).build().newTranslationSession(2);
        TranslationSession sparse =
                model(attention, Geometry.PLAIN, 1).build().newTranslationSession(2);
        float[] expected = new float[2 * sparse.symbols()];
        float[] found = new float[2 * dense.symbols()];
        int[] source = {3, 7, 11, 5, 4};
        // A longer one first, so that what it leaves behind would show.
        for (int length : new int[] {5, 1, 3}) {
            int[] symbols = {TokenVocabulary.BEGIN, 4};
            for (TranslationSession session : List.of(dense, sparse)) {
                session.encode(source, length);
                session.copy(0, 1);
            }
            for (int step = 0; step < 4; step++) {
                dense.step(2, new int[] {0, 1}, symbols, found);
                sparse.step(2, new int[] {0, 1}, symbols, expected);
                assertArrayEquals(expected, found, 2e-5f);
                symbols[0] = 3 + step;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hypothesesThatStepTogetherHaveTheBitsOfEachAlone(boolean isDense) throws Exception {
        Model model = isDense ? model(Attention.GENERAL, null, 1).build() : Model.load(file);
        TranslationSession together = model.newTranslationSession(4);
        TranslationSession alone = model.newTranslationSession(4);
        int[] slots = {2, 0, 3};
        float[] all = new float[3 * together.symbols()];
        float[] one = new float[alone.symbols()];
        for (TranslationSession session : List.of(together, alone)) {
            session.encode(new int[] {3, 7, 11, 5}, 4);
            session.step(1, new int[] {0}, new int[] {TokenVocabulary.BEGIN}, one);
            session.copy(0, 2);
            session.copy(0, 3);
        }
        for (int step = 0; step < 3; step++) {
            int[] symbols = {3 + step, 6, 8 - step};
            together.step(3, slots, symbols, all);
            for (int k = 0; k < slots.length; k++) {
                alone.step(1, new int[] {slots[k]}, new int[] {symbols[k]}, one);
                int from = k * one.length;
                assertArrayEquals(one, Arrays.copyOfRange(all, from, from + one.length));
            }
        }
    }

    @Test
    void warmUpLeavesTranslationsAsTheyWere() throws Exception {
        Model model = Model.load(file);
        String before = new Translator(model).translate("a b c");
        Translator translator = new Translator(model);

        WarmUpReport report = translator.warmUp(Duration.ofMinutes(1));

        assertTrue(report.settled(), report::toString);
        // Not which is longer: other tests may have had this code compiled.
        assertTrue(report.firstCallNanos() > 0 && report.settledStepNanos() > 0, report::toString);
        assertEquals(before, translator.translate("a b c"));
        assertThrows(
                IllegalArgumentException.class, () -> translator.warmUp(Duration.ofMillis(-1)));
    }

    @Test
    void searchesAllocateNothing() throws Exception {
        TranslationSession session = Model.load(file).newTranslationSession(4);
        BeamSearch search = new BeamSearch(session, new BeamSettings(4, 1), TokenVocabulary.END);
        int[] source = {3, 5, 4, 8, 11, 3, 0};
        Runnable code =
                () -> {
                    for (int k = 0; k < 20; k++) {
                        session.encode(source, source.length);
                        search.search(TokenVocabulary.BEGIN, 12);
                    }
                };
        long end = System.nanoTime() + MAX_WARM_UP_NANOS;
        // As in AllocationTest: the virtual machine allocates now and then, a step every time.
        int clean = 0;
        long allocated = 0;
        while (clean < 3 && System.nanoTime() < end) {
            allocated = AllocatedBytes.of(code);
            clean += allocated == 0 ? 1 : 0;
        }
        assertEquals(3, clean, "bytes of the last calls: " + allocated);
    }

    @Test
    void exponentialsAreExact() {
        for (float x = 0; x > -60; x -= 0.0137f) {
            double expected = Math.exp(x);
            // A polynomial of relative error 1e-7, and half a dozen roundings.
            assertEquals(1, SoftmaxLogarithm.exp(x) / expected, 6e-7, "exp " + x);
        }
        assertEquals(0, SoftmaxLogarithm.exp(Float.NEGATIVE_INFINITY));
        assertTrue(Float.isNaN(SoftmaxLogarithm.exp(Float.NaN)));
        float[] x = {1, 3, -2, 200, 199};
        SoftmaxLogarithm.logProbabilities(x, 1, 4);
        assertEquals(-Math.log(1 + Math.exp(-1)), x[3], 1e-6);
        assertEquals(1, x[0]);
    }
}
