package hlstm.runtime;

import hlstm.runtime.json.JsonValue;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import hlstm.runtime.json.JsonWriter;
import hlstm.runtime.safetensors.Contents;
import hlstm.runtime.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that a model file holds. It is a safetensors file with these strings in its metadata,
 * all but the first and the last JSON objects:
 *
 * <ul>
 *   <li>{@code hlstm.format}: the version of this format;
 *   <li>{@code hlstm.architecture}: the {@link ModelSpec};
 *   <li>{@code hlstm.matrices}: the geometry of each matrix, or {@code dense};
 *   <li>{@code hlstm.provenance}: where the weights come from;
 *   <li>{@code hlstm.sha256}: the {@linkplain #digest digest} of everything else.
 * </ul>
 *
 * <p>Its tensors are the matrices, as {@link MatrixTensors} stores them, the biases, and {@code
 * golden.input} and {@code golden.output} of the self-check.
 *
 * @param spec the architecture
 * @param weights matrices and biases
 * @param provenance free strings on the training run
 * @param golden the self-check
 */
record ModelFile(
        ModelSpec spec, Weights weights, Map<String, String> provenance, GoldenVector golden) {
    /** Version of the format, raised with every change that older readers would misunderstand. */
    static final int FORMAT = 2;

    static final String FORMAT_KEY = "hlstm.format";
    static final String ARCHITECTURE_KEY = "hlstm.architecture";
    static final String MATRICES_KEY = "hlstm.matrices";
    static final String PROVENANCE_KEY = "hlstm.provenance";
    static final String DIGEST_KEY = "hlstm.sha256";
    static final String GOLDEN_INPUT = "golden.input";
    static final String GOLDEN_OUTPUT = "golden.output";

    private static final Set<String> SELF_CHECK = Set.of(GOLDEN_INPUT, GOLDEN_OUTPUT);
    private static final Set<String> NETWORK = Set.of(ARCHITECTURE_KEY, MATRICES_KEY);

    /** The digest that a file of this content carries: of all its strings and tensors. */
    static String digest(Contents contents) {
        return contents.sha256(key -> !key.equals(DIGEST_KEY), tensor -> true);
    }

    /**
     * A number that tells networks apart: the first 64 bits of a digest of the architecture and all
     * weights and biases, as they are stored.
     */
    static long fingerprint(Contents contents) {
        String digest = contents.sha256(NETWORK::contains, tensor -> !SELF_CHECK.contains(tensor));
        return HexFormat.fromHexDigitsToLong(digest, 0, 16);
    }

    /** The {@link #fingerprint(Contents)} that this has as a file. */
    long fingerprint() {
        return fingerprint(writer().contents());
    }

    /** Writes the file, atomically; the same content gives the same bytes. */
    void write(Path file) throws IOException {
        SafetensorsWriter writer = writer();
        writer.metadata(DIGEST_KEY, digest(writer.contents())).write(file);
    }

    private SafetensorsWriter writer() {
        SafetensorsWriter writer =
                new SafetensorsWriter()
                        .metadata(FORMAT_KEY, Integer.toString(FORMAT))
                        .metadata(ARCHITECTURE_KEY, SpecJson.write(spec))
                        .metadata(PROVENANCE_KEY, strings(new TreeMap<>(provenance)));
        Map<String, String> geometries = new LinkedHashMap<>();
        weights.matrices()
                .forEach(
                        (name, matrix) -> {
                            geometries.put(name, MatrixReport.geometry(matrix));
                            MatrixTensors.write(writer, name, matrix);
                        });
        writer.metadata(MATRICES_KEY, strings(geometries));
        weights.biases().forEach((name, bias) -> writer.floats(name, bias, bias.length));
        int steps = GoldenVector.inputSteps(spec);
        writer.floats(GOLDEN_INPUT, golden.input(), steps, spec.inputWidth());
        writer.floats(GOLDEN_OUTPUT, golden.output(), spec.outputSteps(steps), spec.outputWidth());
        return writer;
    }

    private static String strings(Map<String, String> values) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        values.forEach((name, value) -> fields.put(name, new JsonString(value)));
        return JsonWriter.write(new JsonObject(fields));
    }
}
