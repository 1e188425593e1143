package hlstm.trainer.run;

import hlstm.sparse.Kernels;
import hlstm.trainer.growth.GrowAndPrune;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.Trainable;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.optim.GradientClipping;
import hlstm.trainer.optim.LearningRateSchedule;
import hlstm.trainer.optim.Optimizer;
import hlstm.trainer.optim.WeightAverage;
import it.unimi.dsi.fastutil.HashCommon;
import java.util.List;

/**
 * Trains the network of a task on all batches of an epoch. What it does depends on the seed and the
 * epoch.
 */
final class EpochTrainer {
    /** Told after each batch: batches done, batches of the epoch, mean loss so far. */
    @FunctionalInterface
    interface BatchListener {
        void batch(int done, int batches, double loss);
    }

    /**
     * What an epoch gave.
     *
     * @param loss mean, as {@link Recipe#lossLabel} says
     * @param learningRate of the last step
     */
    record Result(double loss, double learningRate) {}

    private final TrainingTask task;
    private final Optimizer optimizer;
    private final WeightAverage average;
    private final LearningRateSchedule rates;
    private final double clipNorm;
    private final GrowAndPrune policy;
    private final Kernels kernels;
    private final Workers workers;
    private final long dropoutSeed;

    EpochTrainer(
            TrainingTask task,
            Optimizer optimizer,
            WeightAverage average,
            LearningRateSchedule rates,
            double clipNorm,
            GrowAndPrune policy,
            Kernels kernels,
            Workers workers,
            long dropoutSeed) {
        this.task = task;
        this.optimizer = optimizer;
        this.average = average;
        this.rates = rates;
        this.clipNorm = clipNorm;
        this.policy = policy;
        this.kernels = kernels;
        this.workers = workers;
        this.dropoutSeed = dropoutSeed;
    }

    /**
     * Trains.
     *
     * @param epoch from 0
     * @param rateShare the share of the schedule's learning rate to train with
     * @throws DivergedException if a loss or gradient is not finite
     */
    Result train(int epoch, double rateShare, BatchListener listener) {
        Trainable network = task.network();
        List<int[]> batches = task.batches(epoch);
        double sum = 0;
        long count = 0;
        double rate = 0;
        for (int b = 0; b < batches.size(); b++) {
            policy.beforeBatch(b, batches.size());
            Pass pass = new Pass(kernels, workers, true, seed(epoch, b));
            network.zeroGradients();
            BatchLoss loss = task.forward(batches.get(b), epoch, pass);
            requireFinite("loss", loss.mean(), epoch, b);
            task.backward(pass);
            double norm =
                    clipNorm > 0
                            ? GradientClipping.byNorm(network.parameters(), clipNorm, workers)
                            : GradientClipping.norm(network.parameters(), workers);
            requireFinite("gradient's norm", norm, epoch, b);
            rate = rateShare * rates.at(epoch + (double) b / batches.size());
            optimizer.step(network.parameters(), rate, workers);
            policy.afterBatch(rate);
            average.update(network.parameters(), optimizer.steps(), workers);
            sum += loss.mean() * loss.count();
            count += loss.count();
            listener.batch(b + 1, batches.size(), sum / Math.max(1, count));
        }
        return new Result(sum / Math.max(1, count), rate);
    }

    private long seed(int epoch, int batch) {
        return HashCommon.murmurHash3(dropoutSeed ^ ((long) epoch << 32 | batch));
    }

    private static void requireFinite(String what, double value, int epoch, int batch) {
        if (!Double.isFinite(value)) {
            throw new DivergedException(
                    "training has diverged: the %s is %s in epoch %d, batch %d"
                            .formatted(what, value, epoch + 1, batch + 1));
        }
    }

    /** A loss or gradient that is not finite. */
    static final class DivergedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DivergedException(String message) {
            super(message);
        }
    }
}
