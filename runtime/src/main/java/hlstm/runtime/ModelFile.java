package hlstm.runtime;

import hlstm.runtime.json.JsonException;
import hlstm.runtime.json.JsonFields;
import hlstm.runtime.json.JsonParser;
import hlstm.runtime.json.JsonValue;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import hlstm.runtime.json.JsonWriter;
import hlstm.runtime.safetensors.SafetensorsException;
import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.sparse.Geometry;
import hlstm.sparse.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that a model file holds. It is a safetensors file with these strings in its metadata,
 * all but the first JSON objects:
 *
 * <ul>
 *   <li>{@code hlstm.format}: the version of this format;
 *   <li>{@code hlstm.architecture}: the {@link ModelSpec};
 *   <li>{@code hlstm.matrices}: the geometry of each matrix, or {@code dense};
 *   <li>{@code hlstm.provenance}: where the weights come from.
 * </ul>
 *
 * <p>Its tensors are the matrices, as {@link MatrixTensors} stores them, the biases, and {@code
 * golden.input} and {@code golden.output}.
 *
 * @param spec the architecture
 * @param weights matrices and biases
 * @param provenance free strings on the training run
 * @param golden the self-check
 */
record ModelFile(
        ModelSpec spec, Weights weights, Map<String, String> provenance, GoldenVector golden) {
    /** Version of the format, raised with every change that older readers would misunderstand. */
    static final int FORMAT = 1;

    private static final String FORMAT_KEY = "hlstm.format";
    private static final String ARCHITECTURE_KEY = "hlstm.architecture";
    private static final String MATRICES_KEY = "hlstm.matrices";
    private static final String PROVENANCE_KEY = "hlstm.provenance";
    private static final String GOLDEN_INPUT = "golden.input";
    private static final String GOLDEN_OUTPUT = "golden.output";

    /** Writes the file, atomically; the same content gives the same bytes. */
    void write(Path file) throws IOException {
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
        writer.floats(GOLDEN_INPUT, golden.input(), GoldenVector.STEPS, spec.inputWidth());
        writer.floats(GOLDEN_OUTPUT, golden.output(), GoldenVector.STEPS, spec.outputWidth());
        writer.write(file);
    }

    /**
     * Reads and checks a file, all but whether the kernels give the golden output.
     *
     * @throws ModelFormatException if the file is no such model
     * @throws IOException if it cannot be read
     */
    static ModelFile read(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            checkFormat(reader);
            ModelSpec spec = SpecJson.read(metadata(reader, ARCHITECTURE_KEY));
            Map<String, String> provenance = readStrings(reader, PROVENANCE_KEY);
            Set<String> used = new HashSet<>();
            Map<String, Matrix> matrices = readMatrices(reader, spec, used);
            Map<String, float[]> biases = new LinkedHashMap<>();
            for (TensorSpec bias : spec.biases()) {
                biases.put(bias.name(), reader.floats(reader.tensor(bias.name(), bias.rows())));
            }
            GoldenVector golden =
                    new GoldenVector(
                            readGolden(reader, GOLDEN_INPUT, spec.inputWidth()),
                            readGolden(reader, GOLDEN_OUTPUT, spec.outputWidth()));
            used.addAll(biases.keySet());
            used.addAll(List.of(GOLDEN_INPUT, GOLDEN_OUTPUT));
            for (String name : reader.tensors().keySet()) {
                if (!used.contains(name)) {
                    throw new JsonException("the architecture has no tensor '%s'".formatted(name));
                }
            }
            return new ModelFile(spec, weights(spec, matrices, biases), provenance, golden);
        } catch (SafetensorsException e) {
            throw new ModelFormatException(e.getMessage(), e);
        } catch (JsonException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static void checkFormat(SafetensorsReader reader) throws JsonException {
        String format = metadata(reader, FORMAT_KEY);
        if (!format.equals(Integer.toString(FORMAT))) {
            throw new JsonException(
                    "expected a model of format %d, found format '%s': load it with the version of"
                                    .formatted(FORMAT, format)
                            + " hlstm that wrote it");
        }
    }

    private static Map<String, Matrix> readMatrices(
            SafetensorsReader reader, ModelSpec spec, Set<String> used)
            throws IOException, JsonException {
        Map<String, String> geometries = readStrings(reader, MATRICES_KEY);
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (TensorSpec matrix : spec.matrices()) {
            String label = geometries.remove(matrix.name());
            if (label == null) {
                throw new JsonException(
                        "%s: expected the geometry of '%s', found none"
                                .formatted(MATRICES_KEY, matrix.name()));
            }
            Optional<Geometry> geometry = geometry(matrix.name(), label);
            matrices.put(matrix.name(), MatrixTensors.read(reader, matrix, geometry));
            used.addAll(MatrixTensors.names(matrix.name(), geometry));
        }
        if (!geometries.isEmpty()) {
            throw new JsonException(
                    "%s: the architecture has no matrix '%s'"
                            .formatted(MATRICES_KEY, geometries.keySet().iterator().next()));
        }
        return matrices;
    }

    private static Optional<Geometry> geometry(String name, String label) throws JsonException {
        if (label.equals(MatrixReport.DENSE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Geometry.of(label));
        } catch (IllegalArgumentException e) {
            throw new JsonException("%s: '%s': %s".formatted(MATRICES_KEY, name, e.getMessage()));
        }
    }

    private static Weights weights(
            ModelSpec spec, Map<String, Matrix> matrices, Map<String, float[]> biases)
            throws JsonException {
        try {
            return new Weights(spec, matrices, biases);
        } catch (IllegalArgumentException e) {
            throw new JsonException(e.getMessage());
        }
    }

    private static float[] readGolden(SafetensorsReader reader, String name, int width)
            throws IOException, JsonException {
        float[] values = reader.floats(reader.tensor(name, GoldenVector.STEPS, width));
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new JsonException(
                        "'%s': expected finite values, found %s".formatted(name, value));
            }
        }
        return values;
    }

    private static String metadata(SafetensorsReader reader, String key) throws JsonException {
        String value = reader.metadata().get(key);
        if (value == null) {
            throw new JsonException(
                    "not an hlstm model: expected metadata '%s', found %s"
                            .formatted(key, reader.metadata().keySet()));
        }
        return value;
    }

    private static Map<String, String> readStrings(SafetensorsReader reader, String key)
            throws JsonException {
        return JsonFields.of(key, JsonParser.parse(metadata(reader, key))).allStrings();
    }

    private static String strings(Map<String, String> values) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        values.forEach((name, value) -> fields.put(name, new JsonString(value)));
        return JsonWriter.write(new JsonObject(fields));
    }
}
