package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.KernelProviders;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An output layer whose matrix is that of the target's embeddings. */
class TiedOutputTest {
    private static final int TOKENS = 9;
    private static final int WIDTH = 8;
    private static final int[][] SOURCES = {{3, 5, 4}, {7, 8}};
    private static final int[][] READ = {{1, 6, 3, 3}, {1, 5}};

    TiedOutputTest() {}

    private static TranslationNetwork network(boolean tied) {
        return new TranslationNetwork(
                SmallTranslators.settings(WIDTH, List.of(), "general", tied, false, WIDTH, 1, 1),
                TOKENS,
                TOKENS);
    }

    private static Parameter of(TranslationNetwork network, String name) {
        return network.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SequenceBlock gradients(TranslationNetwork network) {
        try (Workers workers = new ThreadWorkers(1)) {
            return gradients(network, new Pass(KernelProviders.get(), workers, true, 3));
        }
    }

    private static SequenceBlock gradients(TranslationNetwork network, Pass pass) {
        SequenceBlock logits = network.forward(SOURCES, READ, 4, pass);
        SequenceBlock gradient = new SequenceBlock();
        gradient.reshape(logits.steps(), logits.features(), logits.lanes(), logits.lengths());
        SplittableRandom random = new SplittableRandom(5);
        for (int step = 0; step < gradient.steps(); step++) {
            for (int lane = 0; lane < READ.length; lane++) {
                for (int token = 0; step < gradient.length(lane) && token < TOKENS; token++) {
                    gradient.data()[gradient.offset(step, token) + lane] =
                            (float) random.nextGaussian();
                }
            }
        }
        network.zeroGradients();
        network.backward(gradient, pass);
        return logits;
    }

    @Test
    void itsGradientIsThatOfBothMatricesTogether() {
        TranslationNetwork tied = network(true);
        tied.initialise(1);
        TranslationNetwork free = network(false);
        for (Parameter parameter : free.parameters()) {
            String twin =
                    parameter.name().equals("layers.2.weight")
                            ? "target.embedding.weight"
                            : parameter.name();
            System.arraycopy(
                    of(tied, twin).values(), 0, parameter.values(), 0, parameter.values().length);
        }

        float[] expectedLogits = gradients(free).data().clone();
        SequenceBlock logits = gradients(tied);

        assertArrayEquals(expectedLogits, logits.data());
        assertEquals(free.parameters().size() - 1, tied.parameters().size());
        for (Parameter parameter : tied.parameters()) {
            float[] expected = of(free, parameter.name()).gradient().clone();
            if (parameter.name().equals("target.embedding.weight")) {
                float[] output = of(free, "layers.2.weight").gradient();
                for (int k = 0; k < expected.length; k++) {
                    expected[k] += output[k];
                }
            }
            assertArrayEquals(expected, parameter.gradient(), 1e-5f, parameter.name());
        }
    }

    @Test
    void widthsMustBeEqualAndTheMatrixDense() {
        var recipe = SmallTranslators.recipe();
        for (String setting :
                List.of("translator.embedding=8", "growAndPrune.geometry.output=rows4")) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    recipe.with(
                                            List.of(
                                                    "translator.embedding=16",
                                                    "translator.tiedOutput=true",
                                                    setting)));
            assertTrue(e.getMessage().contains("translator.tiedOutput"), e.getMessage());
        }
    }
}
