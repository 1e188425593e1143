package hlstm.bench.training;

import hlstm.bench.RandomArrays;
import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.trainer.layers.ConvolutionLayer;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import java.util.Arrays;
import java.util.Random;

/**
 * The two convolutions of DeepSpeech2, without what lies between them, forward and backward over
 * one random batch again and again.
 */
final class FrontEndBatches {
    private static final long SEED = 29;

    /** Frequencies of the spectrum of 20 ms at 16 kHz. */
    private static final int BINS = 161;

    private static final int CHANNELS = 32;
    private static final double CLIP = 20;

    private final Kernels kernels = KernelProviders.get();
    private final ConvolutionSpec firstSpec =
            new ConvolutionSpec(
                    BINS,
                    1,
                    CHANNELS,
                    new ConvolutionAxis(11, 2, 10),
                    new ConvolutionAxis(41, 2, 0),
                    (float) CLIP);
    private final ConvolutionSpec secondSpec =
            new ConvolutionSpec(
                    firstSpec.outputBins(),
                    CHANNELS,
                    CHANNELS,
                    new ConvolutionAxis(11, 1, 0),
                    new ConvolutionAxis(21, 2, 0),
                    (float) CLIP);
    private final ConvolutionLayer first = new ConvolutionLayer("layers.0", firstSpec);
    private final ConvolutionLayer second = new ConvolutionLayer("layers.1", secondSpec);
    private final SequenceBlock input = new SequenceBlock();
    private final SequenceBlock gradient = new SequenceBlock();
    private final int frames;
    private final int sequences;

    /**
     * Draws weights and batch.
     *
     * @param sequences of the batch
     * @param frames of 10 ms of each of them
     */
    FrontEndBatches(int sequences, int frames) {
        this.sequences = sequences;
        this.frames = frames;
        Random random = new Random(SEED);
        first.initialise(random);
        second.initialise(random);
        fill(input, frames, BINS);
        int steps = secondSpec.outputSteps(firstSpec.outputSteps(frames));
        fill(gradient, steps, secondSpec.outputWidth());
    }

    private void fill(SequenceBlock block, int steps, int features) {
        int[] lengths = new int[sequences];
        Arrays.fill(lengths, steps);
        block.reshape(steps, features, sequences, lengths);
        float[] values = RandomArrays.gaussian(block.size(), SEED);
        System.arraycopy(values, 0, block.data(), 0, values.length);
    }

    /** Both convolutions forward, then backward. */
    void train(Workers workers) {
        Pass pass = new Pass(kernels, workers, true, SEED);
        Arrays.fill(first.weight().gradient(), 0);
        Arrays.fill(second.weight().gradient(), 0);
        second.forward(first.forward(input, pass), pass);
        first.backward(second.backward(gradient, true, pass), false, pass);
    }

    /**
     * Operations of a batch, a multiplication and an addition being two: outputs and gradients of
     * weights of both, gradients of inputs of the second. Products with zeros beside the sound are
     * not done, and not counted.
     */
    double operations() {
        double firstProducts = products(firstSpec, frames);
        double secondProducts = products(secondSpec, firstSpec.outputSteps(frames));
        return 2 * sequences * (2 * firstProducts + 3 * secondProducts);
    }

    private static double products(ConvolutionSpec spec, int inputSteps) {
        ConvolutionAxis time = spec.time();
        long taps = 0;
        for (int step = 0; step < spec.outputSteps(inputSteps); step++) {
            int from = step * time.stride() - time.padding();
            taps += Math.min(inputSteps, from + time.kernel()) - Math.max(0, from);
        }
        double aTap = (double) spec.columns() / time.kernel() * spec.outputWidth();
        return taps * aTap;
    }
}
