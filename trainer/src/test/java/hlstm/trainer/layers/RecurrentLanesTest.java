package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.sparse.KernelProviders;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A sequence gives the same in a batch of any size, one after the other through one layer. */
class RecurrentLanesTest {
    private static final CellSpec CELL = new CellSpec(5, 6, List.of(7), false, 0.01f);

    /** More and fewer shards, of 16 and of 32 lanes, whole and in part. */
    private static final int[] BATCHES = {40, 3, 64, 33, 17, 63, 1};

    private static final int STEPS = 4;

    /** Relative; gradients are sums of at most 64 x 4 terms, in another order. */
    private static final double TOLERANCE = 2e-5;

    @Test
    void lanesOfABatchAreThoseOfSequencesAlone() {
        for (Directions directions : Directions.values()) {
            RecurrentLayer layer = new RecurrentLayer("layers.0", CELL, directions, 0);
            layer.initialise(new SplittableRandom(1));
            try (Workers workers = new ThreadWorkers(2)) {
                Pass pass = new Pass(KernelProviders.get(), workers, true, 1);
                for (int lanes : BATCHES) {
                    check(layer, lanes, pass);
                }
            }
        }
    }

    private static void check(RecurrentLayer layer, int lanes, Pass pass) {
        int[] lengths = new int[lanes];
        Arrays.setAll(lengths, lane -> 1 + lane % STEPS);
        SplittableRandom random = new SplittableRandom(lanes);
        SequenceBlock input = Batches.random(CELL.inputWidth(), lanes, lengths, random);
        SequenceBlock gradient = Batches.random(layer.outputWidth(), lanes, lengths, random);

        double[] expected = new double[Math.toIntExact(weights(layer))];
        float[][] outputs = new float[lanes][];
        float[][] inputGradients = new float[lanes][];
        for (int lane = 0; lane < lanes; lane++) {
            SequenceBlock one = lane(input, lane, lengths[lane]);
            outputs[lane] = layer.forward(one, pass).data().clone();
            SequenceBlock back = lane(gradient, lane, lengths[lane]);
            inputGradients[lane] = layer.backward(back, true, pass).data().clone();
            add(takeGradient(layer), expected);
        }

        SequenceBlock output = layer.forward(input, pass);
        assertLanes(outputs, output, "outputs of " + lanes);
        SequenceBlock back = layer.backward(gradient, true, pass);
        assertLanes(inputGradients, back, "input's gradient of " + lanes);
        double[] found = new double[expected.length];
        add(takeGradient(layer), found);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int k = 0; k < found.length; k++) {
            assertEquals(expected[k], found[k], TOLERANCE * largest, "gradient of " + lanes);
        }
    }

    private static long weights(RecurrentLayer layer) {
        return layer.parameters().stream().mapToLong(p -> p.values().length).sum();
    }

    private static float[] takeGradient(RecurrentLayer layer) {
        float[] all = new float[Math.toIntExact(weights(layer))];
        int next = 0;
        for (Parameter parameter : layer.parameters()) {
            float[] gradient = parameter.gradient();
            System.arraycopy(gradient, 0, all, next, gradient.length);
            Arrays.fill(gradient, 0);
            next += gradient.length;
        }
        return all;
    }

    private static void add(float[] gradient, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += gradient[k];
        }
    }

    private static SequenceBlock lane(SequenceBlock batch, int lane, int length) {
        SequenceBlock one = new SequenceBlock();
        one.reshape(length, batch.features(), 1, new int[] {length});
        for (int step = 0; step < length; step++) {
            for (int feature = 0; feature < batch.features(); feature++) {
                one.data()[one.offset(step, feature)] =
                        batch.data()[batch.offset(step, feature) + lane];
            }
        }
        return one;
    }

    private static void assertLanes(float[][] expected, SequenceBlock batch, String what) {
        for (int lane = 0; lane < expected.length; lane++) {
            for (int step = 0; step < batch.lengths()[lane]; step++) {
                for (int feature = 0; feature < batch.features(); feature++) {
                    float alone = expected[lane][step * batch.features() + feature];
                    float found = batch.data()[batch.offset(step, feature) + lane];
                    assertEquals(alone, found, TOLERANCE * (1 + Math.abs(alone)), what);
                }
            }
        }
    }
}
