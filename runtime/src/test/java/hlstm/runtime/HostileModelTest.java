package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Model files that are good safetensors files, but no good models: each is refused, and the message
 * says what is wrong.
 */
final class HostileModelTest {
    private static final String CELL = "layers.0.forward.gates.";

    @TempDir private Path folder;
    private Path file;

    /** Dense, plain, rows4, rows8, rows16, banked8 by turns. */
    @BeforeEach
    void writeGoodModel() throws Exception {
        file = folder.resolve("model.safetensors");
        ModelSpec spec = RandomModels.stack(RandomModels.hlstm(17, 10, 12), new LinearSpec(10, 3));
        RandomModels.content(
                        spec,
                        List.of("plain", "rows4", "rows8", "rows16", "banked8", "dense", "dense"),
                        0.5,
                        1)
                .builder()
                .provenance("seed", "1")
                .write(file);
        Model.load(file);
    }

    record Damage(String label, Consumer<StoredTensors> change, String message) {
        @Override
        public String toString() {
            return label;
        }
    }

    static List<Damage> damages() {
        List<Damage> all = new ArrayList<>();
        for (String key :
                List.of(
                        "hlstm.format",
                        "hlstm.architecture",
                        "hlstm.matrices",
                        "hlstm.provenance",
                        "hlstm.sha256")) {
            all.add(
                    new Damage(
                            "no " + key,
                            f -> f.metadata.remove(key),
                            "expected metadata '" + key + "', found"));
        }
        for (String key : List.of("hlstm.architecture", "hlstm.matrices", "hlstm.provenance")) {
            all.add(new Damage("torn " + key, f -> f.metadata.put(key, "{"), "end of the text"));
            all.add(
                    new Damage(
                            "other " + key, f -> f.metadata.put(key, "[]"), "expected an object"));
        }
        for (String format : List.of("1", "3")) {
            all.add(
                    new Damage(
                            "format " + format,
                            f -> f.metadata.put("hlstm.format", format),
                            "expected a model of format 2, found format '" + format + "'"));
        }
        architectures(all);
        matrices(all);
        tensors(all);
        return all;
    }

    private static void architectures(List<Damage> all) {
        String[][] edits = {
            {
                "\"kind\":\"sequence\"",
                "\"kind\":\"oracle\"",
                "expected speech, captioning, sequence or"
            },
            {"\"kind\":\"linear\"", "\"kind\":\"pooling\"", "found 'pooling'"},
            {"\"kind\":\"linear\",", "", "expected a field 'kind'"},
            {"\"width\":10", "\"width\":11", "expected a width of 11, found 10"},
            {"\"width\":10", "\"width\":0", "expected an integer from 1 to 1048576"},
            {"\"width\":10", "\"width\":1e9", "expected an integer"},
            {"\"width\":10", "\"width\":2147483647", "expected an integer from 1 to 1048576"},
            {"\"input\":17", "\"input\":18", "golden.input"},
            {"\"input\":17", "\"input\":-17", "expected an integer from 1"},
            {"\"hidden\":[12]", "\"hidden\":[]", "offsets': expected shape [41], found [49]"},
            {"\"hidden\":[12]", "\"hidden\":[1048576]", "expected shape"},
            {"\"hidden\":[12]", "\"hidden\":[0]", "expected an integer from 1"},
            {"\"hidden\":[12]", "\"hidden\":12", "expected an array"},
            {"\"hidden\":[12]", "\"hidden\":[" + "1,".repeat(16) + "1]", "16 hidden layers"},
            {"\"shared_hidden\":false", "\"shared_hidden\":true", "expected shape [13], found"},
            {"\"shared_hidden\":false", "\"shared_hidden\":0", "expected true or false"},
            {"\"rectifier_slope\":0.01", "\"rectifier_slope\":1.5", "slope"},
            {"\"rectifier_slope\":0.01", "\"rectifier_slope\":-1", "slope"},
            {"\"rectifier_slope\":0.01", "\"rectifier_slope\":1e99", "single-precision"},
            {"\"bidirectional\":false", "\"bidirectional\":true", "layers.0.backward"},
            {"\"bidirectional\":false", "\"bidirectional\":false,\"x\":1", "unknown field 'x'"},
            {
                "\"bidirectional\":false",
                "\"bidirectional\":false,\"concatenated\":true",
                "nothing to concatenate"
            },
            {
                "\"bidirectional\":false",
                "\"bidirectional\":true,\"concatenated\":1",
                "expected true or false"
            },
            {
                "\"bidirectional\":false",
                "\"bidirectional\":true,\"concatenated\":true",
                "expected a width of 20, found 10"
            },
            {"\"layers\":[", "\"layers\":[7,", "architecture.layers[0]: expected an object"},
            {"\"output\":3", "\"output\":4", "expected shape"},
        };
        for (String[] edit : edits) {
            all.add(
                    new Damage(
                            edit[0] + " -> " + edit[1],
                            f -> edit(f, "hlstm.architecture", edit[0], edit[1]),
                            edit[2]));
        }
        all.add(
                new Damage(
                        "no layers",
                        f ->
                                f.metadata.put(
                                        "hlstm.architecture",
                                        "{\"task\":{\"kind\":\"sequence\"},\"layers\":[]}"),
                        "a model needs 1 to 256 layers, found 0"));
    }

    private static void matrices(List<Damage> all) {
        String name = "\"" + CELL + "0.input\":\"plain\"";
        String[][] edits = {
            {name, "\"x\":\"plain\"", "expected the geometry of '" + CELL + "0.input'"},
            {name, name + ",\"x\":\"plain\"", "the architecture has no matrix 'x'"},
            {name, name.replace("plain", "rows5"), "unknown geometry 'rows5'"},
            {name, name.replace("plain", "dense"), "expected a tensor '" + CELL + "0.input'"},
            {name, name.replace("plain", "rows4"), "expected shape [13]"},
            {name, name.replace("\"plain\"", "1"), "expected a string, found the number 1"},
        };
        for (String[] edit : edits) {
            all.add(
                    new Damage(
                            edit[0] + " -> " + edit[1],
                            f -> edit(f, "hlstm.matrices", edit[0], edit[1]),
                            edit[2]));
        }
    }

    private static void tensors(List<Damage> all) {
        for (String part : List.of("values", "offsets", "columns")) {
            String name = CELL + "0.input." + part;
            all.add(new Damage("no " + name, f -> f.tensors.remove(name), "'" + name + "'"));
        }
        for (String name :
                List.of(
                        CELL + "0.bias",
                        CELL + "1.g.lanes",
                        CELL + "1.g.banks",
                        "layers.1.weight",
                        "layers.1.bias",
                        "golden.input",
                        "golden.output")) {
            all.add(new Damage("no " + name, f -> f.tensors.remove(name), "'" + name + "'"));
        }
        all.add(
                new Damage(
                        "one more",
                        f -> f.put("extra", new float[1], 1),
                        "the architecture has no tensor 'extra'"));
        all.add(
                new Damage(
                        "transposed",
                        f -> f.put("layers.1.weight", new float[30], 10, 3),
                        "'layers.1.weight': expected shape [3, 10], found [10, 3]"));
        all.add(
                new Damage(
                        "wrong type",
                        f -> f.put("layers.1.weight", new int[30], 3, 10),
                        "'layers.1.weight': expected dtype F32, found I32"));
        all.add(
                new Damage(
                        "columns as I32",
                        f -> {
                            int[] columns = f.ints(CELL + "0.input.columns");
                            f.put(CELL + "0.input.columns", columns, columns.length);
                        },
                        "expected dtype U16, found I32"));
        all.add(floats("NaN weight", "layers.1.weight", 4, Float.NaN, "found NaN as number 4"));
        all.add(
                floats(
                        "infinite weight",
                        CELL + "0.input.values",
                        0,
                        Float.POSITIVE_INFINITY,
                        "found Infinity as number 0"));
        all.add(floats("NaN bias", CELL + "1.bias", 1, Float.NaN, "found NaN as number 1"));
        all.add(floats("NaN golden", "golden.output", 1, Float.NaN, "expected finite values"));
        all.add(floats("another output", "golden.output", 5, 0.9f, "self-check with the"));
        all.add(floats("false output", "golden.output", 5, 0.9f, "not that of these weights"));
        all.add(floats("huge output", "golden.output", 5, 3e38f, "not that of these weights"));
        all.add(floats("another weight", "layers.1.weight", 5, 9, "not that of these weights"));
        all.add(floats("weight too large", "layers.1.weight", 5, 3e38f, "self-check with the"));
        all.add(
                new Damage(
                        "leniency",
                        f -> {
                            f.floats("golden.output")[5] = 0.9f;
                            f.put("golden.tolerance", new float[] {1e30f});
                        },
                        "the architecture has no tensor 'golden.tolerance'"));
        all.add(ints("column beyond", "0.input.columns", 0, 17, "[0, 17)"));
        all.add(ints("column at the limit", "0.input.columns", 0, 65535, "[0, 17)"));
        all.add(ints("columns out of order", "0.input.columns", 1, 0, "must ascend"));
        all.add(ints("block column beyond", "0.recurrent.columns", 0, 10, "[0, 10)"));
        all.add(ints("negative offset", "0.input.offsets", 3, -1, "found -1 after"));
        all.add(ints("offset beyond", "0.input.offsets", 3, Integer.MAX_VALUE, "found 2147483647"));
        all.add(ints("first offset", "0.input.offsets", 0, 1, "expected offsets"));
        all.add(ints("falling offset", "0.input.offsets", 3, 0, "found 0 after"));
        all.add(ints("bank beyond", "1.g.banks", 0, 2, "banks in [0, 2)"));
        all.add(
                new Damage(
                        "last offset",
                        f -> {
                            int[] offsets = f.ints(CELL + "0.input.offsets");
                            offsets[offsets.length - 1] -= 1;
                        },
                        "expected offsets from 0 to"));
        all.add(
                new Damage(
                        "lane beyond",
                        f -> f.bytes(CELL + "1.g.lanes")[0] = 8,
                        "lanes in [0, 8), found bank"));
        all.add(new Damage("lane of 255", f -> f.bytes(CELL + "1.g.lanes")[0] = -1, "lane 255"));
        all.add(
                new Damage(
                        "same lane twice",
                        f -> Arrays.fill(f.bytes(CELL + "1.g.lanes"), (byte) 0),
                        "must ascend"));
        all.add(
                new Damage(
                        "one column more",
                        f -> {
                            int[] columns = f.ints(CELL + "0.input.columns");
                            f.putShorts(
                                    CELL + "0.input.columns",
                                    Arrays.copyOf(columns, columns.length + 1));
                        },
                        "expected offsets from 0 to"));
        all.add(
                new Damage(
                        "one value more",
                        f -> {
                            float[] values = f.floats(CELL + "0.input.values");
                            f.put(
                                    CELL + "0.input.values",
                                    Arrays.copyOf(values, values.length + 1),
                                    values.length + 1);
                        },
                        "expected shape"));
    }

    private static Damage floats(
            String label, String name, int index, float value, String message) {
        return new Damage(label, f -> f.floats(name)[index] = value, message);
    }

    private static Damage ints(String label, String name, int index, int value, String message) {
        return new Damage(label, f -> f.ints(CELL + name)[index] = value, message);
    }

    private static void edit(StoredTensors stored, String key, String from, String to) {
        String before = stored.metadata.get(key);
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new IllegalArgumentException("nothing to edit in " + before);
        }
        stored.metadata.put(key, after);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damagedModelIsRefused(Damage damage) throws Exception {
        StoredTensors stored = new StoredTensors(file);
        damage.change().accept(stored);
        stored.write(file);
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> Model.load(file));
        assertTrue(e.getMessage().contains(damage.message()), e.getMessage());
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        byte[] good = Files.readAllBytes(file);
        Set<Long> lengths = new TreeSet<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            long data =
                    good.length
                            - reader.tensors().values().stream()
                                    .mapToLong(TensorInfo::end)
                                    .max()
                                    .orElseThrow();
            for (TensorInfo tensor : reader.tensors().values()) {
                for (long step = -1; step <= 1; step++) {
                    lengths.add(data + tensor.begin() + step);
                }
            }
        }
        LongStream.range(0, 32).forEach(lengths::add);
        new SplittableRandom(5).longs(300, 0, good.length).forEach(lengths::add);
        for (long length : lengths) {
            Files.write(file, Arrays.copyOf(good, (int) length));
            assertThrows(ModelFormatException.class, () -> Model.load(file), "cut to " + length);
        }
    }

    @Test
    void metadataOfOthersIsLeftAlone() throws Exception {
        StoredTensors stored = new StoredTensors(file);
        stored.metadata.put("format", "pt");
        stored.write(file);
        assertEquals("1", Model.load(file).provenance().get("seed"));
    }

    @Test
    void missingFileIsAnIoException() {
        assertThrows(IOException.class, () -> Model.load(folder.resolve("nowhere.safetensors")));
    }
}
