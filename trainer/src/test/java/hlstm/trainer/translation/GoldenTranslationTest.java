package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.golden.GoldenFile;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.SoftmaxCrossEntropy;
import hlstm.trainer.run.TranslatorSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loss and gradients of whole networks as PyTorch computes them, in double precision. */
class GoldenTranslationTest {
    /** Relative error of a whole tensor; sums here have a few dozen terms of single precision. */
    private static final double LIMIT = 4e-6;

    GoldenTranslationTest() {}

    @ParameterizedTest
    @CsvSource({
        "translation_dot, 1, 8",
        "translation_dot, 2, 24",
        "translation_general, 2, 8",
        "translation_concatenated, 2, 8"
    })
    void lossAndGradientsAreThoseOfPyTorch(String name, int threads, int lanes) {
        GoldenFile golden = GoldenFile.read(name);
        List<Integer> hidden = new ArrayList<>();
        golden.at("/hidden").forEach(width -> hidden.add(width.intValue()));
        TranslatorSettings settings =
                new TranslatorSettings(
                        golden.at("/embedding").intValue(),
                        0.1,
                        golden.at("/width").intValue(),
                        golden.at("/encoderLayers").intValue(),
                        golden.at("/decoderLayers").intValue(),
                        hidden,
                        false,
                        true,
                        golden.at("/concatenated").booleanValue(),
                        golden.at("/general").booleanValue() ? "general" : "dot",
                        false,
                        0,
                        0,
                        golden.at("/slope").doubleValue(),
                        golden.at("/smoothing").doubleValue());
        TranslationNetwork network =
                new TranslationNetwork(
                        settings,
                        golden.at("/sourceTokens").intValue(),
                        golden.at("/targetTokens").intValue());
        for (Parameter parameter : network.parameters()) {
            double[] values = golden.tensor("/parameters/" + parameter.name());
            assertEquals(values.length, parameter.values().length, parameter.name());
            for (int k = 0; k < values.length; k++) {
                parameter.values()[k] = (float) values[k];
            }
        }
        int[][] sources = sentences(golden.at("/sources"));
        int[][] targets = sentences(golden.at("/targets"));
        int[][] read = new int[targets.length][];
        int[][] wanted = new int[targets.length][];
        for (int lane = 0; lane < targets.length; lane++) {
            int length = targets[lane].length;
            read[lane] = new int[length + 1];
            read[lane][0] = TokenVocabulary.BEGIN;
            System.arraycopy(targets[lane], 0, read[lane], 1, length);
            wanted[lane] = Arrays.copyOf(targets[lane], length + 1);
            wanted[lane][length] = TokenVocabulary.END;
        }
        try (Workers workers = new ThreadWorkers(threads)) {
            Pass pass = new Pass(KernelProviders.get(), workers, true, 0);
            SequenceBlock logits = network.forward(sources, read, lanes, pass);
            for (int lane = 0; lane < targets.length; lane++) {
                assertClose(
                        "logits " + lane,
                        lane(logits, lane),
                        golden.tensor("/logits/" + lane),
                        LIMIT);
            }
            SoftmaxCrossEntropy.Result result =
                    new SoftmaxCrossEntropy(settings.labelSmoothing())
                            .compute(logits, wanted, logits, workers);
            assertEquals(golden.at("/loss").doubleValue(), result.mean(), 1e-6);
            network.backward(logits, pass);
        }
        for (Parameter parameter : network.parameters()) {
            double[] actual = new double[parameter.gradient().length];
            Arrays.setAll(actual, k -> parameter.gradient()[k]);
            assertClose(
                    parameter.name(),
                    actual,
                    golden.tensor("/gradients/" + parameter.name()),
                    LIMIT);
        }
    }

    private static int[][] sentences(JsonNode array) {
        int[][] sentences = new int[array.size()][];
        for (int k = 0; k < sentences.length; k++) {
            sentences[k] = GoldenFile.integers(array.get(k));
        }
        return sentences;
    }

    private static double[] lane(SequenceBlock block, int lane) {
        double[] values = new double[block.length(lane) * block.features()];
        for (int k = 0; k < values.length; k++) {
            int step = k / block.features();
            values[k] = block.data()[block.offset(step, k % block.features()) + lane];
        }
        return values;
    }

    private static void assertClose(String what, double[] actual, double[] expected, double limit) {
        double distance = 0;
        double length = 0;
        assertEquals(expected.length, actual.length, what);
        for (int k = 0; k < actual.length; k++) {
            distance += (actual[k] - expected[k]) * (actual[k] - expected[k]);
            length += expected[k] * expected[k];
        }
        double error = Math.sqrt(distance / length);
        assertTrue(error <= limit, "%s: relative error %.3g".formatted(what, error));
    }
}
