package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.KernelProviders;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final int[][] SYMBOLS = {{3, 1, 3}, {}, {0, 3}};
    private static final int LANES = 4;
    private static final int WIDTH = 37;
    private static final float BOUND = 0.75f;

    EmbeddingTest() {}

    private static Embedding embedding() {
        Embedding embedding = new Embedding("embedding", 5, WIDTH);
        embedding.initialise(new SplittableRandom(1), BOUND);
        return embedding;
    }

    private static Pass pass(Workers workers) {
        return new Pass(KernelProviders.get(), workers, true, 0);
    }

    @Test
    void vectorsBeginWithinTheirBound() {
        double squares = 0;
        for (float element : embedding().weight().values()) {
            assertTrue(Math.abs(element) <= BOUND, () -> "found " + element);
            squares += (double) element * element;
        }
        // A uniform distribution's variance; 185 elements miss it by 7 % (one deviation).
        assertEquals(BOUND * BOUND / 3, squares / (5 * WIDTH), 0.25 * BOUND * BOUND / 3);
    }

    @Test
    void rowsAreLookedUpAndPaddingIsZero() {
        Embedding embedding = embedding();
        try (Workers workers = new ThreadWorkers(1)) {
            SequenceBlock y = embedding.forward(SYMBOLS, LANES, pass(workers));
            assertEquals(3, y.steps());
            assertTrue(Batches.paddingIsZero(y));
            double[][][] found = Batches.toDouble(y);
            for (int lane = 0; lane < SYMBOLS.length; lane++) {
                for (int step = 0; step < SYMBOLS[lane].length; step++) {
                    for (int k = 0; k < WIDTH; k++) {
                        assertEquals(
                                embedding.weight().values()[SYMBOLS[lane][step] * WIDTH + k],
                                found[lane][step][k]);
                    }
                }
            }
        }
    }

    /** The output is linear in the vectors: the gradient of a row is the sum over its places. */
    @Test
    void gradientsAreSumsOverThePlacesOfASymbolOnAnyNumberOfThreads() {
        SequenceBlock dy =
                Batches.random(WIDTH, LANES, new int[] {3, 0, 2}, new SplittableRandom(2));
        double[][][] slopes = Batches.toDouble(dy);
        double[] expected = new double[5 * WIDTH];
        for (int lane = 0; lane < SYMBOLS.length; lane++) {
            for (int step = 0; step < SYMBOLS[lane].length; step++) {
                for (int k = 0; k < WIDTH; k++) {
                    expected[SYMBOLS[lane][step] * WIDTH + k] += slopes[lane][step][k];
                }
            }
        }
        float[] first = null;
        for (int threads = 1; threads <= 3; threads++) {
            Embedding embedding = embedding();
            try (Workers workers = new ThreadWorkers(threads)) {
                embedding.forward(SYMBOLS, LANES, pass(workers));
                embedding.backward(dy, pass(workers));
            }
            float[] gradient = embedding.weight().gradient();
            for (int k = 0; k < expected.length; k++) {
                // Three terms of a few units at most.
                assertEquals(expected[k], gradient[k], 3 * 0x1p-22);
            }
            first = first == null ? gradient : first;
            assertArrayEquals(first, gradient);
        }
    }

    @Test
    void aSymbolWithoutAVectorIsNamed() {
        try (Workers workers = new ThreadWorkers(1)) {
            Exception e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> embedding().forward(new int[][] {{5}}, 1, pass(workers)));
            assertEquals(
                    "embedding.weight has vectors for symbols 0 to 4, found symbol 5",
                    e.getMessage());
        }
    }
}
