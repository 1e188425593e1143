package hlstm.trainer.run;

import hlstm.sparse.Kernels;
import hlstm.trainer.data.Batch;
import hlstm.trainer.data.BatchLoader;
import hlstm.trainer.data.LengthBuckets;
import hlstm.trainer.growth.GrowAndPrune;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.CtcLoss;
import hlstm.trainer.optim.GradientClipping;
import hlstm.trainer.optim.LearningRateSchedule;
import hlstm.trainer.optim.Optimizer;
import it.unimi.dsi.fastutil.HashCommon;
import java.util.List;

/** Trains a network on all batches of an epoch. What it does depends on the seed and the epoch. */
final class EpochTrainer {
    /** Told after each batch: batches done, batches of the epoch, mean loss so far. */
    @FunctionalInterface
    interface BatchListener {
        void batch(int done, int batches, double loss);
    }

    /**
     * What an epoch gave.
     *
     * @param loss mean of an utterance
     * @param learningRate of the last step
     */
    record Result(double loss, double learningRate) {}

    private final Network network;
    private final LengthBuckets buckets;
    private final BatchLoader loader;
    private final CtcLoss loss;
    private final Optimizer optimizer;
    private final LearningRateSchedule rates;
    private final double clipNorm;
    private final GrowAndPrune policy;
    private final Kernels kernels;
    private final Workers workers;
    private final long dropoutSeed;
    private final SequenceBlock gradient = new SequenceBlock();

    EpochTrainer(
            Network network,
            LengthBuckets buckets,
            BatchLoader loader,
            CtcLoss loss,
            Optimizer optimizer,
            LearningRateSchedule rates,
            double clipNorm,
            GrowAndPrune policy,
            Kernels kernels,
            Workers workers,
            long dropoutSeed) {
        this.network = network;
        this.buckets = buckets;
        this.loader = loader;
        this.loss = loss;
        this.optimizer = optimizer;
        this.rates = rates;
        this.clipNorm = clipNorm;
        this.policy = policy;
        this.kernels = kernels;
        this.workers = workers;
        this.dropoutSeed = dropoutSeed;
    }

    /** Batches of each epoch. */
    int batches() {
        return buckets.batches();
    }

    /**
     * Trains.
     *
     * @param epoch from 0
     * @param rateShare the share of the schedule's learning rate to train with
     * @throws DivergedException if a loss or gradient is not finite
     */
    Result train(int epoch, double rateShare, BatchListener listener) {
        List<int[]> batches = buckets.epoch(epoch);
        double sum = 0;
        int utterances = 0;
        double rate = 0;
        for (int b = 0; b < batches.size(); b++) {
            policy.beforeBatch(b, batches.size());
            Batch batch = loader.load(batches.get(b), epoch, workers);
            Pass pass = new Pass(kernels, workers, true, seed(epoch, b));
            network.zeroGradients();
            SequenceBlock logits = network.forward(batch.input(), pass);
            CtcLoss.Result result = loss.compute(logits, batch.labels(), gradient, workers);
            requireFinite("loss", result.mean(), epoch, b);
            network.backward(gradient, pass);
            double norm =
                    clipNorm > 0
                            ? GradientClipping.byNorm(network.parameters(), clipNorm, workers)
                            : GradientClipping.norm(network.parameters(), workers);
            requireFinite("gradient's norm", norm, epoch, b);
            rate = rateShare * rates.at(epoch + (double) b / batches.size());
            optimizer.step(network.parameters(), rate, workers);
            sum += result.mean() * result.utterances();
            utterances += result.utterances();
            listener.batch(b + 1, batches.size(), sum / Math.max(1, utterances));
        }
        return new Result(sum / Math.max(1, utterances), rate);
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
