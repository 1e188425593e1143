package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.RandomModels.Content;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Matrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model tells of itself, and that it is the same before and after its file. */
final class ModelTest {
    @TempDir private Path folder;

    private static ModelSpec speech() {
        FeatureSpec features = FeatureSpec.mel(16_000, 20, 2);
        Alphabet alphabet = Alphabet.of("äb😀 \"\\");
        return new ModelSpec(
                new SpeechTask(features, alphabet),
                List.of(
                        new RecurrentSpec(new CellSpec(40, 24, List.of(16, 8), true, 0.1f), true),
                        RandomModels.lstm(24, 32),
                        new LinearSpec(32, 7)));
    }

    @Test
    void fileHoldsAll() throws Exception {
        Path file = folder.resolve("m.safetensors");
        Content content = RandomModels.mixed(speech(), 6);
        ModelBuilder builder =
                content.builder().provenance("recipe", "test").provenance("a", "ü\n");
        builder.write(file);
        Model built = builder.build();
        Model loaded = Model.load(file);
        assertEquals(speech(), loaded.spec());
        assertEquals(Map.of("recipe", "test", "a", "ü\n"), loaded.provenance());
        assertEquals(built.provenance(), loaded.provenance());
        assertEquals(built.matrices(), loaded.matrices());
        assertEquals(built.fingerprint(), loaded.fingerprint());
        assertEquals(OptionalLong.of(Files.size(file)), loaded.fileBytes());
        assertEquals(OptionalLong.empty(), built.fileBytes());
        float[] in = new float[3 * 40];
        Arrays.fill(in, 0.5f);
        float[] one = new float[3 * 7];
        float[] two = new float[3 * 7];
        built.newSession().run(in, 3, one);
        loaded.newSession().run(in, 3, two);
        assertArrayEquals(one, two);
    }

    @Test
    void sameContentGivesSameBytes() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        RandomModels.mixed(speech(), 6).builder().provenance("k", "v").write(one);
        RandomModels.mixed(speech(), 6).builder().provenance("k", "v").write(two);
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
        RandomModels.mixed(speech(), 7).builder().provenance("k", "v").write(two);
        assertNotEquals(Model.load(one).fingerprint(), Model.load(two).fingerprint());
    }

    @Test
    void figuresAreSummed() {
        ModelSpec spec = RandomModels.stack(RandomModels.lstm(8, 16), new LinearSpec(16, 3));
        Model model =
                RandomModels.content(spec, List.of("banked8", "rows4", "dense"), 0.5, 1)
                        .builder()
                        .build();
        assertEquals(
                List.of(
                        new MatrixReport(
                                "layers.0.forward.gates.0.input", 64, 8, "banked8", 256, 1),
                        new MatrixReport(
                                "layers.0.forward.gates.0.recurrent", 64, 16, "rows4", 512, 1),
                        new MatrixReport("layers.1.weight", 3, 16, "dense", 48, 1)),
                model.matrices());
        assertEquals(0.5, model.matrices().getFirst().density());
        assertEquals(512, model.matrices().getFirst().flopsPerStep());
        assertEquals(256 + 512 + 48, model.weights());
        assertEquals(256 + 512, model.recurrentWeights());
        assertEquals(64 + 3, model.biases());
        assertEquals(2 * (256 + 512 + 48), model.flopsPerStep());
        assertTrue(List.of("scalar", "vector").contains(model.kernels().provider()));
    }

    /**
     * A convolution counts for each bin, and for each of the steps that an output step waits for.
     */
    @Test
    void productsOfConvolutionsAreCounted() {
        ConvolutionSpec first = RandomModels.convolution(9, 1, 4);
        ConvolutionSpec second = RandomModels.convolution(5, 4, 2);
        ModelSpec spec =
                RandomModels.stack(first, second, RandomModels.lstm(6, 8), new LinearSpec(8, 3));
        Model model = RandomModels.mixed(spec, 1).builder().build();
        assertEquals(
                List.of(2 * 5L, 3L, 1L, 1L, 1L),
                model.matrices().stream().map(MatrixReport::products).toList());
        assertEquals(
                2L * 10 * model.matrices().getFirst().weights(),
                model.matrices().getFirst().flopsPerStep());
        assertEquals(4, spec.timeStride());
    }

    @Test
    void sparseMatricesAreStoredCompactly() throws Exception {
        ModelSpec spec = RandomModels.stack(RandomModels.lstm(256, 128));
        for (Map.Entry<String, Double> bytesAWeight :
                Map.of("plain", 6.1, "rows4", 4.6, "rows16", 4.2, "rows32", 4.1, "banked8", 5.3)
                        .entrySet()) {
            Path file = folder.resolve(bytesAWeight.getKey());
            ModelBuilder builder =
                    RandomModels.content(spec, List.of(bytesAWeight.getKey()), 0.25, 1).builder();
            builder.write(file);
            long golden = 4L * GoldenVector.STEPS * (256 + 128);
            long rest = golden + 4 * 4 * 128 + 4096;
            double limit = bytesAWeight.getValue() * builder.build().weights() + rest;
            assertTrue(Files.size(file) < limit, bytesAWeight + ": " + Files.size(file));
        }
    }

    @Test
    void laterChangesOfTheArraysDoNotReachTheModel() {
        Content content = RandomModels.mixed(speech(), 6);
        Model model = content.builder().build();
        float[] in = new float[40];
        Arrays.fill(in, 1);
        float[] before = new float[7];
        model.newSession().run(in, 1, before);
        content.biases().values().forEach(bias -> Arrays.fill(bias, 9));
        for (Matrix matrix : content.matrices().values()) {
            Arrays.fill(Weights.values(matrix), 9);
        }
        float[] after = new float[7];
        model.newSession().run(in, 1, after);
        assertArrayEquals(before, after);
    }

    @Test
    void builderRefusesWhatTheArchitectureDoesNotHave() {
        ModelSpec spec = RandomModels.stack(new LinearSpec(2, 3));
        DenseMatrix good = new DenseMatrix(3, 2, new float[6]);
        refused("expected 'layers.0.weight' (3 x 2), found none", new ModelBuilder(spec));
        refused(
                "'layers.0.weight': expected 3 x 2, found 2 x 3",
                new ModelBuilder(spec)
                        .matrix("layers.0.weight", new DenseMatrix(2, 3, new float[6])));
        refused(
                "'layers.0.bias': expected 3 x 1, found 2 x 1",
                new ModelBuilder(spec)
                        .matrix("layers.0.weight", good)
                        .bias("layers.0.bias", new float[2]));
        refused(
                "the architecture has no 'layers.1.weight'",
                new ModelBuilder(spec)
                        .matrix("layers.0.weight", good)
                        .matrix("layers.1.weight", good));
        refused(
                "expected finite weights, found NaN as number 1",
                new ModelBuilder(spec)
                        .matrix("layers.0.weight", good)
                        .bias("layers.0.bias", new float[] {0, Float.NaN, 0}));
        refused(
                "the weights are too large",
                new ModelBuilder(spec)
                        .matrix(
                                "layers.0.weight",
                                new DenseMatrix(
                                        3,
                                        2,
                                        new float[] {3e38f, 3e38f, 3e38f, 3e38f, 3e38f, 3e38f})));
    }

    @Test
    void specsCheckThemselves() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RandomModels.stack(new LinearSpec(2, 3), new LinearSpec(4, 5)));
        SpeechTask task = (SpeechTask) speech().task();
        var input =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ModelSpec(task, List.of(new LinearSpec(39, 7))));
        assertTrue(input.getMessage().contains("a width of 40, found 39"), input.getMessage());
        var output =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ModelSpec(task, List.of(new LinearSpec(40, 8))));
        assertTrue(output.getMessage().contains("a width of 7, found 8"), output.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LinearSpec(0, 1));
        assertThrows(IllegalArgumentException.class, () -> RandomModels.lstm(1, 1 << 21));
    }

    private static void refused(String message, ModelBuilder builder) {
        var e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
