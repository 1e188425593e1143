package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.sparse.DenseMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredModelTest {
    @TempDir private Path folder;

    StoredModelTest() {}

    @Test
    void holdsWhatWasWritten() throws IOException {
        ModelSpec spec = new ModelSpec(new SequenceTask(), List.of(new LinearSpec(2, 3)));
        float[] weights = {1, 2, 3, 4, 5, 6};
        float[] bias = {7, 8, 9};
        ModelBuilder builder =
                new ModelBuilder(spec)
                        .matrix("layers.0.weight", new DenseMatrix(3, 2, weights))
                        .bias("layers.0.bias", bias)
                        .provenance("from", "a test");
        Path file = folder.resolve("model.safetensors");
        builder.write(file);
        StoredModel stored = StoredModel.read(file);
        assertEquals(spec, stored.spec());
        assertEquals(Map.of("from", "a test"), stored.provenance());
        assertEquals(Model.load(file).fingerprint(), stored.fingerprint());
        assertEquals(5, stored.matrix("layers.0.weight").get(2, 0));
        assertArrayEquals(bias, stored.bias("layers.0.bias"));
        assertThrows(IllegalArgumentException.class, () -> stored.matrix("layers.1.weight"));
        assertThrows(IllegalArgumentException.class, () -> stored.bias("layers.0.weight"));
    }

    @Test
    void damageIsRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        ModelSpec spec = new ModelSpec(new SequenceTask(), List.of(new LinearSpec(1, 1)));
        new ModelBuilder(spec)
                .matrix("layers.0.weight", new DenseMatrix(1, 1, new float[] {1}))
                .write(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThrows(ModelFormatException.class, () -> StoredModel.read(file));
    }
}
