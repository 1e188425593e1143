package hlstm.runtime;

import hlstm.runtime.safetensors.SafetensorsException;
import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.sparse.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model as it is stored, its weights by name: for programs that train on from it or convert it. A
 * {@link Model} runs it, and has its weights in another order. Matrices and biases are not copied:
 * nobody may write to their arrays; then it is safe to share among threads.
 */
public final class StoredModel {
    private final ModelFile content;
    private final long fingerprint;
    private final long fileBytes;

    private StoredModel(ModelFile content, long fingerprint, long fileBytes) {
        this.content = content;
        this.fingerprint = fingerprint;
        this.fileBytes = fileBytes;
    }

    /**
     * Reads a model and checks all of it, its digest included, but not whether the kernels of this
     * process give the output that is stored in it.
     *
     * @throws ModelFormatException if the file is no model; the message says what is wrong
     * @throws IOException if the file cannot be read
     */
    public static StoredModel read(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            ModelFileReader modelReader = new ModelFileReader(reader);
            ModelFile content = modelReader.read();
            return new StoredModel(content, modelReader.fingerprint(), reader.fileBytes());
        } catch (SafetensorsException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    /** All that the file holds. */
    ModelFile content() {
        return content;
    }

    /** Size of the file. */
    long fileBytes() {
        return fileBytes;
    }

    /** The architecture. */
    public ModelSpec spec() {
        return content.spec();
    }

    /** Where the weights come from: free strings on the training run, sorted by key. */
    public Map<String, String> provenance() {
        return Collections.unmodifiableMap(new TreeMap<>(content.provenance()));
    }

    /** The {@link Model#fingerprint()} of the model. */
    public long fingerprint() {
        return fingerprint;
    }

    /**
     * A matrix.
     *
     * @param name one of {@link ModelSpec#matrices()}
     * @throws IllegalArgumentException if there is none of this name
     */
    public Matrix matrix(String name) {
        return found(name, content.weights().matrix(name));
    }

    /**
     * A bias.
     *
     * @param name one of {@link ModelSpec#biases()}
     * @throws IllegalArgumentException if there is none of this name
     */
    public float[] bias(String name) {
        return found(name, content.weights().bias(name));
    }

    private static <T> T found(String name, T tensor) {
        if (tensor == null) {
            throw new IllegalArgumentException("the model has no '%s'".formatted(name));
        }
        return tensor;
    }
}
