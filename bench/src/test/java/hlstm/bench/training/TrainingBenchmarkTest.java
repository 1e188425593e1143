package hlstm.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingBenchmarkTest {
    private static final TrainingShape SMALL = new TrainingShape(2, 16, 8, 5, 8, 16, 1280);

    @Test
    void anEpochIsAsManyBatchesAsItsStepsMake() {
        TrainingPoint point = TrainingPoint.of(SMALL, 0.5, 1000, 2, 0.25, null);

        assertEquals(10, SMALL.epochBatches());
        assertEquals(2.5, point.epochSeconds());
        assertEquals(6.0 * 1000 * 128 / 0.25 / 1e9, point.gigaflops(), 1e-12);
    }

    @Test
    void speedupIsAgainstTheFirstNumberOfThreads() {
        TrainingPoint one = TrainingPoint.of(SMALL, 0.5, 1000, 1, 0.3, 0.5);
        TrainingPoint two = TrainingPoint.of(SMALL, 0.5, 1000, 2, 0.2, 0.4);
        TrainingPoint dense = TrainingPoint.of(SMALL, 1, 2000, 1, 0.6, null);
        TrainingResult result =
                TrainingResult.of(
                        SMALL,
                        Geometry.BANKED_8,
                        List.of(dense, one, two),
                        List.of(
                                new FrontEndPoint(1, 0.5, 60, 150.0),
                                new FrontEndPoint(2, 0.3, 100, null)));

        assertEquals(1.5, result.speedup(two), 1e-12);
        assertEquals(1, result.speedup(dense), 1e-12);
        assertTrue(result.text().contains("1.50x"), result::text);
        assertTrue(result.text().contains("40 % of 150"), result::text);
    }

    @Test
    void everyDensityIsTimedOnEveryNumberOfThreads() {
        TrainingResult result =
                new TrainingBenchmark(SMALL, 2, line -> {})
                        .run(Geometry.BANKED_8, List.of(1.0, 0.25), List.of(1, 2));

        assertEquals(
                List.of(1.0, 1.0, 0.25, 0.25),
                result.points().stream().map(TrainingPoint::density).toList());
        assertEquals(
                List.of(1, 2, 1, 2), result.points().stream().map(TrainingPoint::threads).toList());
        long dense = result.points().get(0).weights();
        assertEquals(dense / 4, result.points().get(2).weights(), dense / 100.0);
        assertTrue(result.points().stream().allMatch(point -> point.batchSeconds() > 0));
        for (TrainingPoint point : result.points()) {
            assertEquals(point.density() == 1, point.growthSeconds() == null, point::toString);
        }
        assertEquals(
                List.of(1, 2), result.frontEnd().stream().map(FrontEndPoint::threads).toList());
        assertTrue(result.frontEnd().stream().allMatch(point -> point.gigaflops() > 0));
    }

    /** 2 sequences of 12 frames, counted by hand. */
    @Test
    void operationsOfTheConvolutionsLeaveOutThePadding() {
        // Of 11 steps of the first convolution, from -10 every 2 on, within [0, 12): 1, 3, 5, 7, 9,
        // 11, 10, 8, 6, 4, 2 taps. Of the one step of the second: 11.
        double first = 66.0 * 41 * 32 * 61;
        double second = 11.0 * 21 * 32 * 32 * 21;
        assertEquals(
                2 * 2 * (2 * first + 3 * second), new FrontEndBatches(2, 12).operations(), 1e-3);
    }

    @Test
    void trainingLowersTheLoss() {
        TrainingBatches batches = new TrainingBatches(SMALL, Geometry.BANKED_8, 0.5);
        try (Workers workers = new ThreadWorkers(1)) {
            double first = batches.train(workers);
            double last = first;
            for (int k = 0; k < 200; k++) {
                last = batches.train(workers);
            }
            assertTrue(last < first, first + " to " + last);
        }
    }
}
