package hlstm.trainer.run;

import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.runtime.safetensors.TensorInfo;
import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.LayerState;
import hlstm.trainer.layers.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a network under training in one safetensors file: of each parameter the values, the
 * pattern, the average and the optimiser's slots, and the layers' other state. A digest over the
 * content tells a damaged file from a whole one.
 */
final class StateFile {
    private static final String FORMAT = "hlstm training state 1";
    private static final String OFFSETS = ".pattern.offsets";
    private static final String COLUMNS = ".pattern.columns";
    private static final String NOTE = "note.";
    private static final String SLOT = ".slot.";
    private static final String AVERAGE = ".average";

    private StateFile() {}

    /**
     * Writes atomically.
     *
     * @param notes strings to keep with the state
     */
    static void write(
            Path file,
            List<Parameter> parameters,
            List<LayerState> states,
            Map<String, String> notes)
            throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        StateDigest digest = new StateDigest();
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            floats(writer, digest, name, parameter.values());
            if (parameter.isSparse()) {
                SparsityPattern pattern = parameter.pattern();
                ints(writer, digest, name + OFFSETS, pattern.rowOffsets());
                ints(writer, digest, name + COLUMNS, pattern.columnIndices());
                metadata(writer, digest, "geometry." + name, pattern.geometry().label());
            }
            List<float[]> slots = parameter.slots();
            for (int k = 0; k < slots.size(); k++) {
                floats(writer, digest, name + SLOT + k, slots.get(k));
            }
            if (parameter.average() != null) {
                floats(writer, digest, name + AVERAGE, parameter.average());
            }
        }
        for (LayerState state : states) {
            floats(writer, digest, state.name(), state.values());
        }
        notes.forEach((key, value) -> metadata(writer, digest, NOTE + key, value));
        metadata(writer, digest, "format", FORMAT);
        writer.metadata("sha256", digest.hex());
        writer.write(file);
    }

    private static void floats(
            SafetensorsWriter writer, StateDigest digest, String name, float[] values) {
        writer.floats(name, values, values.length);
        digest.floats(name, values);
    }

    private static void ints(
            SafetensorsWriter writer, StateDigest digest, String name, int[] values) {
        writer.ints(name, values, values.length);
        digest.ints(name, values);
    }

    private static void metadata(
            SafetensorsWriter writer, StateDigest digest, String key, String value) {
        writer.metadata(key, value);
        digest.text(key, value);
    }

    /**
     * Reads a file and checks that it is whole.
     *
     * @throws IOException if it cannot be read, is damaged, or is no training state
     */
    static StoredState read(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            Map<String, String> metadata = reader.metadata();
            if (!FORMAT.equals(metadata.get("format"))) {
                throw new IOException(
                        "%s is no training state: its format is '%s', expected '%s'"
                                .formatted(file, metadata.get("format"), FORMAT));
            }
            Map<String, float[]> floats = new LinkedHashMap<>();
            Map<String, int[]> ints = new LinkedHashMap<>();
            StateDigest digest = new StateDigest();
            for (TensorInfo tensor : reader.tensors().values()) {
                switch (tensor.type()) {
                    case F32 -> {
                        floats.put(tensor.name(), reader.floats(tensor));
                        digest.floats(tensor.name(), floats.get(tensor.name()));
                    }
                    case I32 -> {
                        ints.put(tensor.name(), reader.ints(tensor));
                        digest.ints(tensor.name(), ints.get(tensor.name()));
                    }
                    default ->
                            throw new IOException(
                                    "%s: tensor %s is of type %s, which no training state has"
                                            .formatted(file, tensor.name(), tensor.type()));
                }
            }
            metadata.forEach(
                    (key, value) -> {
                        if (!key.equals("sha256")) {
                            digest.text(key, value);
                        }
                    });
            if (!digest.hex().equals(metadata.get("sha256"))) {
                throw new IOException(
                        "%s is damaged: its content does not have the digest that it was written with"
                                .formatted(file));
            }
            return new StoredState(file, metadata, floats, ints);
        }
    }

    /** A string that was kept with the state of a file, without reading the state; or null. */
    static String note(Path file, String key) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return reader.metadata().get(NOTE + key);
        }
    }

    /**
     * A state that was read.
     *
     * @param file where from
     * @param metadata its strings
     * @param floats values, slots and layer state by name
     * @param ints patterns by name
     */
    record StoredState(
            Path file,
            Map<String, String> metadata,
            Map<String, float[]> floats,
            Map<String, int[]> ints) {
        /** A string that was kept with the state; null if there was none of this key. */
        String note(String key) {
            return metadata.get(NOTE + key);
        }

        /** The patterns of the sparse parameters, which must be of these shapes. */
        SparsityPattern pattern(Parameter parameter) throws IOException {
            return pattern(parameter.name(), parameter.rows(), parameter.columns());
        }

        /** The pattern of a parameter of this shape, null if it is dense. */
        SparsityPattern pattern(String name, int rows, int columns) throws IOException {
            int[] offsets = ints.get(name + OFFSETS);
            int[] indices = ints.get(name + COLUMNS);
            String geometry = metadata.get("geometry." + name);
            if (offsets == null && indices == null && geometry == null) {
                return null;
            }
            if (offsets == null || indices == null || geometry == null) {
                throw new IOException("%s: the pattern of %s is not whole".formatted(file, name));
            }
            try {
                return new SparsityPattern(rows, columns, Geometry.of(geometry), offsets, indices);
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "%s: pattern of %s: %s".formatted(file, name, e.getMessage()), e);
            }
        }

        /**
         * Puts the state into a network.
         *
         * @throws IOException if the network has other parameters; it is then partly restored
         */
        void restore(List<Parameter> parameters, List<LayerState> states) throws IOException {
            for (Parameter parameter : parameters) {
                try {
                    parameter.restore(
                            pattern(parameter), stored(parameter.name()), slots(parameter));
                    float[] average = floats.get(parameter.name() + AVERAGE);
                    parameter.setAverage(average == null ? null : average.clone());
                } catch (IllegalArgumentException e) {
                    throw new IOException(
                            "%s is the state of another network: %s"
                                    .formatted(file, e.getMessage()),
                            e);
                }
            }
            for (LayerState state : states) {
                copy(state.name(), state.values());
            }
        }

        private List<float[]> slots(Parameter parameter) {
            List<float[]> slots = new ArrayList<>();
            for (int k = 0; floats.containsKey(parameter.name() + SLOT + k); k++) {
                slots.add(floats.get(parameter.name() + SLOT + k));
            }
            return slots;
        }

        private float[] stored(String name) throws IOException {
            float[] stored = floats.get(name);
            if (stored == null) {
                throw new IOException(
                        "%s is the state of another network: it has no %s".formatted(file, name));
            }
            return stored;
        }

        private void copy(String name, float[] target) throws IOException {
            float[] stored = stored(name);
            if (stored.length != target.length) {
                throw new IOException(
                        "%s is the state of another network: expected %d values of %s, found %d"
                                .formatted(file, target.length, name, stored.length));
            }
            System.arraycopy(stored, 0, target, 0, stored.length);
        }
    }
}
