package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import hlstm.runtime.Translation;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runtime gives the probabilities that the trainer's forward pass gives. */
class TranslatorEqualsTrainerTest {
    private static final int TOKENS = 9;
    private static final String SOURCE = "a c b f a d";

    @TempDir private Path folder;

    TranslatorEqualsTrainerTest() {}

    @ParameterizedTest
    @CsvSource({
        "dot, 0, plain, false, false",
        "general, 16, plain, false, false",
        "general, 16, rows8, true, false",
        "dot, 16, banked8, false, false",
        "dot, 16, banked8, true, true",
        "general, 0, rows8, false, true"
    })
    void probabilitiesAreEqual(
            String attention, int hidden, String geometry, boolean tied, boolean concatenated)
            throws IOException {
        List<Integer> widths = hidden == 0 ? List.of() : List.of(hidden);
        TranslationNetwork network =
                new TranslationNetwork(
                        SmallTranslators.settings(
                                16, widths, attention, tied, concatenated, tied ? 16 : 6, 2, 2),
                        TOKENS,
                        TOKENS);
        SplittableRandom random = new SplittableRandom(4);
        for (Parameter parameter : network.parameters()) {
            boolean structured =
                    parameter.kind() != Parameter.Kind.OTHER
                            && parameter.kind() != Parameter.Kind.VECTOR;
            if (structured) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(),
                                parameter.columns(),
                                Geometry.of(geometry),
                                0.5,
                                random));
            }
        }
        network.initialise(7);
        for (Parameter parameter : network.parameters()) {
            if (parameter.name().endsWith("embedding.weight")) {
                for (int k = 0; k < parameter.values().length; k++) {
                    parameter.values()[k] = (float) random.nextGaussian();
                }
            }
        }
        TextCoding coding = SmallTranslators.coding(TOKENS);
        Path file = folder.resolve("model.safetensors");
        network.export(coding, coding).write(file);
        List<Translation> translations =
                new Translator(Model.load(file), new BeamSettings(20, 0)).translations(SOURCE);
        assertEquals(20, translations.size());
        int[] source = coding.encode(SOURCE);
        try (Workers workers = new ThreadWorkers(1)) {
            Pass pass = new Pass(KernelProviders.get(), workers, false, 0);
            for (Translation translation : translations) {
                int[] target = coding.vocabulary().numbers(translation.tokens());
                double expected = logProbability(network, source, target, pass);
                // Each step's logarithm is off by the rounding bound by depth of the network, for
                // sums of at most 32 terms in at most ten products behind one another in each of
                // the steps so far, on logits of a few units.
                int steps = source.length + target.length + 1;
                double tolerance = 4 * 5 * 0x1p-24 * 10 * steps * (target.length + 1) * 4;
                assertEquals(expected, translation.logProbability(), tolerance);
            }
        }
    }

    private static double logProbability(
            TranslationNetwork network, int[] source, int[] target, Pass pass) {
        int[] read = new int[target.length + 1];
        read[0] = TokenVocabulary.BEGIN;
        System.arraycopy(target, 0, read, 1, target.length);
        SequenceBlock logits = network.forward(new int[][] {source}, new int[][] {read}, 8, pass);
        double sum = 0;
        for (int step = 0; step <= target.length; step++) {
            int wanted = step == target.length ? TokenVocabulary.END : target[step];
            double total = 0;
            for (int k = 0; k < TOKENS; k++) {
                total += Math.exp(logits.data()[logits.offset(step, k)]);
            }
            sum += logits.data()[logits.offset(step, wanted)] - Math.log(total);
        }
        assertTrue(Double.isFinite(sum));
        return sum;
    }
}
