package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose convolutions do not fit, or would take more than their file is worth. */
final class HostileConvolutionTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void writeGoodModel() throws Exception {
        file = folder.resolve("model.safetensors");
        ModelSpec spec =
                RandomModels.stack(
                        RandomModels.convolution(9, 2, 4),
                        RandomModels.convolution(5, 4, 3),
                        new RowConvolutionSpec(9, 2),
                        new LinearSpec(9, 2));
        RandomModels.content(spec, List.of(MatrixReport.DENSE), 1, 1).builder().write(file);
        Model.load(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'kind':'convolution'  | 'kind':'pooling'      | kinds recurrent, linear, convolution and row_convolution, found",
                "'input_bins':9        | 'input_bins':8        | expected a width of 16, found 20",
                "'input_bins':9        | 'input_bins':0        | expected an integer from 1",
                "'input_bins':9        | 'input_bins':1048576  | must be 1 to 1048576 wide",
                "'input_bins':9        | 'input_bins':1e9      | expected an integer",
                "'input_bins':9,       |                       | expected a field 'input_bins'",
                "'output_channels':4   | 'output_channels':5   | expected a width of 25, found 20",
                "'input_channels':2    | 'input_channels':3    | layers.0.weight': expected shape [4, 45]",
                "'time':{'kernel':3    | 'time':{'kernel':4    | layers.0.weight': expected shape [4, 40]",
                "'time':{'kernel':3    | 'time':{'kernel':0    | expected an integer from 1",
                "'time':{'kernel':3    | 'time':{'kernel':1025 | kernel and stride in [1, 1024]",
                "'stride':2            | 'stride':0            | expected an integer from 1",
                "'stride':2            | 'stride':1025         | kernel and stride in [1, 1024]",
                "3,'stride':2          | 3,'stride':1024       | an output every 1024 input steps",
                "3,'stride':2          | 3,'stride':3          | 'golden.input': expected shape",
                "3,'stride':2,'padding':1 | 3,'stride':2,'padding':3 | padding in [0, kernel)",
                "3,'stride':2,'padding':1 | 3,'stride':2,'padding':-1 | expected an integer from 0",
                "3,'stride':2,'padding':1 | 3,'stride':2          | expected a field 'padding'",
                "3,'stride':2,'padding':1 | 3,'stride':2,'padding':1,'x':1 | unknown field 'x'",
                "'frequency':{'kernel':5 | 'frequency':{'kernel':14 | a convolution over 14 bins needs as many",
                "'frequency':{          | 'frequency':7,'x':{    | expected an object",
                "'lookahead':2         | 'lookahead':3         | layers.2.weight': expected shape [4, 9]",
                "'lookahead':2         | 'lookahead':0         | expected an integer from 1",
                "'lookahead':2         | 'lookahead':256       | a lookahead in [1, 255]",
                "'width':9             | 'width':8             | expected a width of 9, found 8",
                "'clip':1.5            | 'clip':0              | clipped to a positive value",
                "'clip':1.5            | 'clip':-1             | clipped to a positive value",
                "'clip':1.5            | 'clip':1e99           | single-precision",
                "9,'input_channels':2,'output_channels':4,'time':{'kernel':3 | 524288,'input_channels':2,'output_channels':4,'time':{'kernel':1024 | may look at 16777216 inputs at once",
            })
    void wrongArchitecturesAreRefused(String from, String to, String message) throws Exception {
        StoredTensors stored = new StoredTensors(file);
        String before = stored.metadata.get("hlstm.architecture");
        String after = before.replace(json(from), to == null ? "" : json(to));
        assertTrue(!after.equals(before), before);
        stored.metadata.put("hlstm.architecture", after);
        stored.write(file);
        var e = assertThrows(ModelFormatException.class, () -> Model.load(file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** The golden vector covers weights, bias and clip. */
    @ParameterizedTest
    @CsvSource({
        "layers.0.weight, 7",
        "layers.0.bias, 3",
        "layers.1.weight, 11",
        "layers.2.weight, 20"
    })
    void otherWeightsAreRefused(String tensor, int index) throws Exception {
        StoredTensors stored = new StoredTensors(file);
        stored.floats(tensor)[index] += 0.5f;
        stored.write(file);
        var e = assertThrows(ModelFormatException.class, () -> Model.load(file));
        assertTrue(e.getMessage().contains("not that of these weights"), e.getMessage());
    }
}
