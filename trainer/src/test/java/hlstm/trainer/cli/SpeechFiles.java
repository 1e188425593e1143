package hlstm.trainer.cli;

import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.TensorSpec;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import hlstm.sparse.DenseMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Models and corpora on disk, small enough to know what comes out. */
final class SpeechFiles {
    private static final int RATE = 8_000;

    private SpeechFiles() {}

    /** A model that writes {@code A} whatever it hears. */
    static Path modelThatSaysA(Path file) throws IOException {
        return modelThatSays(file, "A", "none");
    }

    /**
     * A model that writes one character whatever it hears.
     *
     * @param recipe its provenance
     */
    static Path modelThatSays(Path file, String character, String recipe) throws IOException {
        FeatureSpec features = FeatureSpec.mel(RATE, 8, 1);
        Alphabet alphabet = Alphabet.of(character + "B ");
        LinearSpec layer = new LinearSpec(features.width(), alphabet.size());
        float[] bias = new float[alphabet.size()];
        bias[alphabet.encode(character)[0]] = 1;
        new ModelBuilder(new ModelSpec(new SpeechTask(features, alphabet), List.of(layer)))
                .matrix(
                        "layers.0.weight",
                        new DenseMatrix(
                                layer.outputWidth(),
                                layer.inputWidth(),
                                new float[layer.outputWidth() * layer.inputWidth()]))
                .bias("layers.0.bias", bias)
                .provenance("recipe", recipe)
                .write(file);
        return file;
    }

    /** A model that hears through a convolution of 3 steps by 5 bands, stride 2 both. */
    static Path modelWithConvolution(Path file) throws IOException {
        FeatureSpec features =
                new FeatureSpec(RATE, 20, 10, 8, FeatureSpec.POWER, 1, FeatureSpec.NONE, 1, 1);
        Alphabet alphabet = Alphabet.of("AB ");
        ConvolutionSpec convolution =
                new ConvolutionSpec(
                        features.width(),
                        1,
                        2,
                        new ConvolutionAxis(3, 2, 1),
                        new ConvolutionAxis(5, 2, 2),
                        20);
        LinearSpec linear = new LinearSpec(convolution.outputWidth(), alphabet.size());
        ModelSpec spec =
                new ModelSpec(new SpeechTask(features, alphabet), List.of(convolution, linear));
        ModelBuilder builder = new ModelBuilder(spec);
        for (TensorSpec matrix : spec.matrices()) {
            float[] weights = new float[matrix.rows() * matrix.columns()];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) Math.sin(k);
            }
            builder.matrix(
                    matrix.name(), new DenseMatrix(matrix.rows(), matrix.columns(), weights));
        }
        builder.write(file);
        return file;
    }

    /** A corpus in AN4's layout; transcripts by paths such as {@code speaker/utterance}. */
    static Path corpus(Path root, Map<String, String> transcripts) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> entry : transcripts.entrySet()) {
            Path wav = root.resolve("wav").resolve(entry.getKey() + ".wav");
            Files.createDirectories(wav.getParent());
            tone(wav);
            String name = wav.getFileName().toString().replace(".wav", "");
            lines.append("<s> %s </s> (%s)\n".formatted(entry.getValue(), name));
        }
        Files.writeString(root.resolve("etc/all.transcription"), lines.toString());
        Files.writeString(
                root.resolve("etc/all.fileids"), String.join("\n", transcripts.keySet()) + "\n");
        return root;
    }

    /** Half a second of a tone, 16-bit PCM. */
    static Path tone(Path wav) throws IOException {
        int samples = RATE / 2;
        ByteBuffer bytes =
                ByteBuffer.allocate(44 + 2 * samples)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                        .putInt(36 + 2 * samples)
                        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                        .putInt(16)
                        .putShort((short) 1)
                        .putShort((short) 1)
                        .putInt(RATE)
                        .putInt(2 * RATE)
                        .putShort((short) 2)
                        .putShort((short) 16)
                        .put("data".getBytes(StandardCharsets.US_ASCII))
                        .putInt(2 * samples);
        for (int n = 0; n < samples; n++) {
            bytes.putShort((short) Math.round(8_000 * Math.sin(2 * Math.PI * 440 * n / RATE)));
        }
        return Files.write(wav, bytes.array());
    }
}
