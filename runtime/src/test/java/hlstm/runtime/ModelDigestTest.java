package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.RandomModels.Content;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.sparse.Matrix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damage that leaves a model well formed is found by its digest; the fingerprint is the network.
 */
final class ModelDigestTest {
    @TempDir private Path folder;
    private Path file;

    record Change(String label, Consumer<StoredTensors> change) {
        @Override
        public String toString() {
            return label;
        }
    }

    @BeforeEach
    void writeModel() throws Exception {
        file = folder.resolve("model.safetensors");
        content().builder().provenance("seed", "1").write(file);
    }

    private static Content content() {
        FeatureSpec features = FeatureSpec.mel(16_000, 20, 1);
        return RandomModels.mixed(
                new ModelSpec(
                        new SpeechTask(features, Alphabet.of("abc")),
                        List.of(RandomModels.hlstm(20, 8, 6), new LinearSpec(8, 4))),
                3);
    }

    static List<Change> changes() {
        return List.of(
                architecture("blank", "\"blank\":0", "\"blank\":1"),
                architecture("symbol", "\"a\"", "\"x\""),
                architecture("sample rate", "\"sample_rate\":16000", "\"sample_rate\":8000"),
                architecture("slope", "\"rectifier_slope\":0.01", "\"rectifier_slope\":0.010001"),
                new Change("provenance", f -> f.metadata.put("hlstm.provenance", "{}")),
                new Change("string of others", f -> f.metadata.put("format", "pt")),
                new Change("weight", f -> nextUp(f.floats("layers.0.forward.gates.0.input"), 7)),
                new Change("bias", f -> nextUp(f.floats("layers.1.bias"), 3)),
                new Change("golden output", f -> nextUp(f.floats("golden.output"), 0)));
    }

    private static Change architecture(String label, String from, String to) {
        return new Change(
                label,
                f -> {
                    String before = f.metadata.get("hlstm.architecture");
                    assertTrue(before.contains(from), before);
                    f.metadata.put("hlstm.architecture", before.replace(from, to));
                });
    }

    private static void nextUp(float[] values, int index) {
        values[index] = Math.nextUp(values[index]);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void smallChangesAreFound(Change change) throws Exception {
        StoredTensors stored = new StoredTensors(file);
        String expected = stored.metadata.get("hlstm.sha256");
        change.change().accept(stored);
        stored.writeWithOldDigest(file);

        var e = assertThrows(ModelFormatException.class, () -> Model.load(file));

        String found;
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            found = ModelFile.digest(reader.contents());
        }
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains("expected hlstm.sha256 '" + expected), e.getMessage());
        assertTrue(e.getMessage().contains("found " + found), e.getMessage());
        // The digest alone is what refuses it.
        stored.write(file);
        Model.load(file);
    }

    /** From the definition in docs/model-format.md, by other code. */
    @Test
    void theDigestIsTheDocumentedOne() throws Exception {
        Path small = folder.resolve("small.safetensors");
        new SafetensorsWriter()
                .metadata("k", "v\"")
                .metadata("hlstm.sha256", "x")
                .floats("b", new float[] {1}, 1)
                .bytes("a", new byte[] {'a', 'b', 'c'}, 3, 1)
                .write(small);
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        byte[] one = {0, 0, (byte) 0x80, 0x3f};
        String text =
                "{\"metadata\":{\"k\":\"v\\\"\"},\"tensors\":{\"a\":{\"dtype\":\"U8\",\"sha256\":\""
                        + abc
                        + "\",\"shape\":[3,1]},\"b\":{\"dtype\":\"F32\",\"sha256\":\""
                        + sha256(one)
                        + "\",\"shape\":[1]}}}";
        try (SafetensorsReader reader = SafetensorsReader.open(small)) {
            assertEquals(
                    sha256(text.getBytes(StandardCharsets.UTF_8)),
                    ModelFile.digest(reader.contents()));
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void theFingerprintIsThatOfTheNetwork() throws Exception {
        long fingerprint = Model.load(file).fingerprint();
        assertEquals(fingerprint, content().builder().build().fingerprint());
        assertEquals(
                fingerprint, content().builder().provenance("seed", "2").build().fingerprint());

        Content weight = content();
        for (Matrix matrix : weight.matrices().values()) {
            nextUp(Weights.values(matrix), 0);
            assertNotEquals(fingerprint, weight.builder().build().fingerprint());
            fingerprint = weight.builder().build().fingerprint();
        }
        for (float[] bias : weight.biases().values()) {
            nextUp(bias, 0);
            assertNotEquals(fingerprint, weight.builder().build().fingerprint());
            fingerprint = weight.builder().build().fingerprint();
        }
    }

    @Test
    void aSessionGoesOnInAModelOfTheSameNetwork() throws Exception {
        Model other = content().builder().provenance("note", "copy").build();
        Session session = Model.load(file).newSession();
        session.step(new float[20], new float[4]);
        Session next = other.newSession();
        next.restore(SessionState.fromBytes(session.state().toBytes()));
        assertEquals(session.state(), next.state());
    }
}
