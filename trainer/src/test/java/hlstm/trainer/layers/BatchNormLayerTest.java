package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.sparse.KernelProviders;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchNormLayerTest {
    private final ThreadWorkers workers = new ThreadWorkers(1);
    private final BatchNormLayer layer = new BatchNormLayer("layers.0", 1);
    private final SequenceBlock input = new SequenceBlock();

    @AfterEach
    void close() {
        workers.close();
    }

    private Pass pass(boolean training) {
        return new Pass(KernelProviders.get(), workers, training, 0);
    }

    @Test
    void runningStatisticsFollowTheBatches() {
        input.reshape(2, 1, 2, new int[] {2, 1});
        input.data()[0] = 1;
        input.data()[1] = 2;
        input.data()[2] = 6;
        layer.forward(input, pass(true));
        // Mean 3, unbiased variance 7 over the three valid steps; running ones began at 0 and 1.
        assertEquals(0.3f, layer.state().get(0).values()[0], 1e-6f);
        assertEquals(1.6f, layer.state().get(1).values()[0], 1e-6f);
        layer.forward(input, pass(false));
        assertEquals(0.3f, layer.state().get(0).values()[0], 1e-6f);
    }

    @Test
    void inferenceDoesNotDependOnTheBatch() {
        SplittableRandom random = new SplittableRandom(1);
        layer.forward(Batches.random(1, 4, new int[] {5, 5, 5, 5}, random), pass(true));
        SequenceBlock batch = Batches.random(1, 3, new int[] {4, 2, 3}, random);
        double[][] together = Batches.toDouble(layer.forward(batch, pass(false)))[0];
        SequenceBlock single = new SequenceBlock();
        single.reshape(4, 1, 1, new int[] {4});
        for (int step = 0; step < 4; step++) {
            single.data()[step] = batch.data()[step * 3];
        }
        double[][] alone = Batches.toDouble(layer.forward(single, pass(false)))[0];
        for (int step = 0; step < 4; step++) {
            assertArrayEquals(together[step], alone[step]);
        }
    }

    @Test
    void aBatchWithoutAStepChangesNothing() {
        input.reshape(0, 1, 2, new int[0]);
        assertEquals(0, layer.forward(input, pass(true)).size());
        assertEquals(0, layer.state().get(0).values()[0]);
        assertEquals(1, layer.state().get(1).values()[0]);
    }
}
