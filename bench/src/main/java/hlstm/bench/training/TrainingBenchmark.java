package hlstm.bench.training;

import hlstm.bench.Progress;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Times batches of training at several densities, on different numbers of threads by turns. */
final class TrainingBenchmark {
    private static final double NANOS = 1e-9;

    /** Frames of 10 ms that a step of the recurrent layers stands for. */
    private static final int FRAMES_A_STEP = 2;

    private static final int FRONT_END_BATCHES = 5;

    /** Batches of convolutions until their kernels are compiled. */
    private static final int WARM_UP = 3;

    private final TrainingShape shape;
    private final int batches;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param batches timed of each density and number of threads
     * @param progress gets a line now and then
     */
    TrainingBenchmark(TrainingShape shape, int batches, Consumer<String> progress) {
        this.shape = shape;
        this.batches = batches;
        this.progress = progress;
    }

    /**
     * Times all.
     *
     * @throws IllegalStateException if a loss is not finite: then nothing was timed that matters
     */
    TrainingResult run(Geometry geometry, List<Double> densities, List<Integer> threads) {
        List<TrainingPoint> points = new ArrayList<>();
        List<FrontEndPoint> frontEnd;
        List<Workers> workers = new ArrayList<>();
        Progress lines = new Progress("batches", progress);
        try {
            threads.forEach(count -> workers.add(new ThreadWorkers(count)));
            for (int d = 0; d < densities.size(); d++) {
                double density = densities.get(d);
                TrainingBatches network = new TrainingBatches(shape, geometry, density);
                double[][] seconds = new double[threads.size()][batches];
                double[][] growing = new double[threads.size()][batches];
                // The first round compiles the kernels and makes room.
                for (int round = -1; round < batches; round++) {
                    for (int k = 0; k < workers.size(); k++) {
                        Workers some = workers.get(k);
                        double time = time(() -> network.train(some));
                        double growth = density < 1 ? time(() -> network.trainForGrowth(some)) : 0;
                        if (round >= 0) {
                            seconds[k][round] = time;
                            growing[k][round] = growth;
                        }
                    }
                    lines.to(
                            (d + (round + 2.0) / (batches + 1)) / densities.size(),
                            "density " + density);
                }
                for (int k = 0; k < workers.size(); k++) {
                    points.add(
                            TrainingPoint.of(
                                    shape,
                                    density,
                                    network.weights(),
                                    threads.get(k),
                                    median(seconds[k]),
                                    density < 1 ? median(growing[k]) : null));
                }
            }
            frontEnd = frontEnd(workers);
        } finally {
            workers.forEach(Workers::close);
        }
        return TrainingResult.of(shape, geometry, points, frontEnd);
    }

    private List<FrontEndPoint> frontEnd(List<Workers> workers) {
        FrontEndBatches convolutions =
                new FrontEndBatches(shape.sequences(), FRAMES_A_STEP * shape.steps());
        double[][] seconds = new double[workers.size()][FRONT_END_BATCHES];
        for (int round = -WARM_UP; round < FRONT_END_BATCHES; round++) {
            for (int k = 0; k < workers.size(); k++) {
                long start = System.nanoTime();
                convolutions.train(workers.get(k));
                if (round >= 0) {
                    seconds[k][round] = NANOS * (System.nanoTime() - start);
                }
            }
        }
        boolean vectors = KernelProviders.get().report().vectorBits() > 0;
        List<FrontEndPoint> points = new ArrayList<>();
        for (int k = 0; k < workers.size(); k++) {
            double median = median(seconds[k]);
            points.add(
                    new FrontEndPoint(
                            workers.get(k).threads(),
                            median,
                            NANOS * convolutions.operations() / median,
                            vectors ? FmaPeak.gigaflops(workers.get(k)) : null));
        }
        return points;
    }

    private static double time(DoubleSupplier training) {
        long start = System.nanoTime();
        double loss = training.getAsDouble();
        double seconds = NANOS * (System.nanoTime() - start);
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss of the benchmark's network is " + loss);
        }
        return seconds;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
