package hlstm.runtime;

import hlstm.runtime.json.JsonException;
import hlstm.runtime.json.JsonFields;
import hlstm.runtime.json.JsonParser;
import hlstm.runtime.safetensors.Contents;
import hlstm.runtime.safetensors.SafetensorsException;
import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.sparse.Geometry;
import hlstm.sparse.Matrix;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and checks a {@link ModelFile}: all but whether the kernels give the golden output. */
final class ModelFileReader {
    private final SafetensorsReader reader;
    private final Set<String> used = new HashSet<>();
    private long fingerprint;

    ModelFileReader(SafetensorsReader reader) {
        this.reader = reader;
    }

    /**
     * Reads the file.
     *
     * @throws ModelFormatException if the file is no model
     * @throws IOException if it cannot be read
     */
    ModelFile read() throws IOException {
        try {
            checkFormat();
            checkDigest();
            ModelSpec spec = SpecJson.read(metadata(ModelFile.ARCHITECTURE_KEY));
            Map<String, String> provenance = readStrings(ModelFile.PROVENANCE_KEY);
            Map<String, Matrix> matrices = readMatrices(spec);
            Map<String, float[]> biases = readBiases(spec);
            GoldenVector golden = readGolden(spec);
            checkNothingElse();
            return new ModelFile(spec, weights(spec, matrices, biases), provenance, golden);
        } catch (SafetensorsException e) {
            throw new ModelFormatException(e.getMessage(), e);
        } catch (JsonException e) {
            throw new ModelFormatException(reader.file() + ": " + e.getMessage(), e);
        }
    }

    /** The {@link ModelFile#fingerprint(Contents)} of the file that was {@link #read}. */
    long fingerprint() {
        return fingerprint;
    }

    /** Before anything is made of the content, so that damage is called damage. */
    private void checkDigest() throws IOException {
        String expected = metadata(ModelFile.DIGEST_KEY);
        Contents contents = reader.contents();
        String found = ModelFile.digest(contents);
        if (!found.equals(expected)) {
            throw refusal(
                    "damaged or changed since it was written: expected %s '%s', found %s; get the"
                                    .formatted(ModelFile.DIGEST_KEY, expected, found)
                            + " file once more from where it was made");
        }
        fingerprint = ModelFile.fingerprint(contents);
    }

    private void checkFormat() throws ModelFormatException {
        String format = metadata(ModelFile.FORMAT_KEY);
        if (!format.equals(Integer.toString(ModelFile.FORMAT))) {
            throw refusal(
                    "expected a model of format %d, found format '%s': load it with the version of"
                                    .formatted(ModelFile.FORMAT, format)
                            + " hlstm that wrote it, or train it again with this one");
        }
    }

    private Map<String, Matrix> readMatrices(ModelSpec spec) throws IOException, JsonException {
        Map<String, String> geometries = readStrings(ModelFile.MATRICES_KEY);
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        for (TensorSpec matrix : spec.matrices()) {
            String label = geometries.remove(matrix.name());
            if (label == null) {
                throw refusal(
                        "%s: expected the geometry of '%s', found none"
                                .formatted(ModelFile.MATRICES_KEY, matrix.name()));
            }
            Optional<Geometry> geometry = geometry(matrix.name(), label);
            matrices.put(matrix.name(), MatrixTensors.read(reader, matrix, geometry));
            used.addAll(MatrixTensors.names(matrix.name(), geometry));
        }
        if (!geometries.isEmpty()) {
            throw refusal(
                    "%s: the architecture has no matrix '%s'"
                            .formatted(
                                    ModelFile.MATRICES_KEY, geometries.keySet().iterator().next()));
        }
        return matrices;
    }

    private Optional<Geometry> geometry(String name, String label) throws ModelFormatException {
        if (label.equals(MatrixReport.DENSE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Geometry.of(label));
        } catch (IllegalArgumentException e) {
            throw refusal(
                    "%s: '%s': %s, or dense"
                            .formatted(ModelFile.MATRICES_KEY, name, e.getMessage()));
        }
    }

    private Map<String, float[]> readBiases(ModelSpec spec) throws IOException {
        Map<String, float[]> biases = new LinkedHashMap<>();
        for (TensorSpec bias : spec.biases()) {
            biases.put(bias.name(), reader.floats(reader.tensor(bias.name(), bias.rows())));
            used.add(bias.name());
        }
        return biases;
    }

    private GoldenVector readGolden(ModelSpec spec) throws IOException {
        int steps = GoldenVector.inputSteps(spec);
        return new GoldenVector(
                readFinite(ModelFile.GOLDEN_INPUT, steps, spec.inputWidth()),
                readFinite(ModelFile.GOLDEN_OUTPUT, spec.outputSteps(steps), spec.outputWidth()));
    }

    private float[] readFinite(String name, long... shape) throws IOException {
        float[] values = reader.floats(reader.tensor(name, shape));
        used.add(name);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw refusal("'%s': expected finite values, found %s".formatted(name, value));
            }
        }
        return values;
    }

    private Weights weights(
            ModelSpec spec, Map<String, Matrix> matrices, Map<String, float[]> biases)
            throws ModelFormatException {
        try {
            return new Weights(spec, matrices, biases);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private void checkNothingElse() throws ModelFormatException {
        for (String name : reader.tensors().keySet()) {
            if (!used.contains(name)) {
                throw refusal("the architecture has no tensor '%s'".formatted(name));
            }
        }
    }

    private String metadata(String key) throws ModelFormatException {
        String value = reader.metadata().get(key);
        if (value == null) {
            throw refusal(
                    "not an hlstm model: expected metadata '%s', found %s"
                            .formatted(key, reader.metadata().keySet()));
        }
        return value;
    }

    private Map<String, String> readStrings(String key) throws IOException, JsonException {
        return JsonFields.of(key, JsonParser.parse(metadata(key))).allStrings();
    }

    private ModelFormatException refusal(String message) {
        return new ModelFormatException(reader.file() + ": " + message);
    }
}
