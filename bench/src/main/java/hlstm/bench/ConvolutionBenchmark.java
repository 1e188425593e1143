package hlstm.bench;

import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.layers.ConvolutionLayer;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The convolutions of DeepSpeech2 in training, a batch of sequences of one length. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConvolutionBenchmark {
    /** The kernels: auto, scalar or vector. */
    @Param("auto")
    public String provider;

    /** The first convolution of the front end, or the second. */
    @Param({"1", "2"})
    public int layer;

    /** Sequences side by side. */
    @Param("16")
    public int lanes;

    /** Steps of the input. */
    @Param("64")
    public int steps;

    private ThreadWorkers workers;
    private ConvolutionLayer convolution;
    private Pass pass;
    private SequenceBlock input;
    private SequenceBlock outputGradient;
    private long products;

    /** Called by JMH. */
    public ConvolutionBenchmark() {}

    /** Draws weights and activations. */
    @Setup
    public void setUp() {
        ConvolutionSpec spec =
                layer == 1
                        ? new ConvolutionSpec(
                                161,
                                1,
                                32,
                                new ConvolutionAxis(11, 2, 10),
                                new ConvolutionAxis(41, 2, 0),
                                20)
                        : new ConvolutionSpec(
                                61,
                                32,
                                32,
                                new ConvolutionAxis(11, 1, 0),
                                new ConvolutionAxis(21, 2, 0),
                                20);
        workers = new ThreadWorkers(1);
        pass = new Pass(KernelProviders.of(provider), workers, true, 0);
        convolution = new ConvolutionLayer("layers.0", spec);
        convolution.initialise(new SplittableRandom(1));
        input = block(spec.inputWidth(), steps, 2);
        outputGradient = block(spec.outputWidth(), spec.outputSteps(steps), 3);
        convolution.forward(input, pass);
        products = products(spec) * spec.outputWidth() * spec.inputChannels() * lanes;
    }

    /** Steps and bins of the kernel that meet the input, over all output steps. */
    private long products(ConvolutionSpec spec) {
        long taps = 0;
        for (int step = 0; step < spec.outputSteps(steps); step++) {
            for (int tap = 0; tap < spec.time().kernel(); tap++) {
                int from = step * spec.time().stride() - spec.time().padding() + tap;
                taps += from >= 0 && from < steps ? 1 : 0;
            }
        }
        return taps * spec.frequency().kernel();
    }

    private SequenceBlock block(int features, int count, long seed) {
        SequenceBlock block = new SequenceBlock();
        int[] lengths = new int[lanes];
        Arrays.fill(lengths, count);
        block.reshape(count, features, lanes, lengths);
        float[] values = RandomArrays.gaussian(block.size(), seed);
        System.arraycopy(values, 0, block.data(), 0, values.length);
        return block;
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /** The outputs of all steps. */
    @Benchmark
    public SequenceBlock forward(MultiplyAdds work) {
        work.multiplyAdds += products;
        return convolution.forward(input, pass);
    }

    /** Forward, and the gradient of the weights. */
    @Benchmark
    public SequenceBlock forwardAndWeightGradient(MultiplyAdds work) {
        work.multiplyAdds += 2 * products;
        convolution.forward(input, pass);
        return convolution.backward(outputGradient, false, pass);
    }

    /** Forward, and the gradients of the weights and of the input. */
    @Benchmark
    public SequenceBlock forwardAndGradients(MultiplyAdds work) {
        work.multiplyAdds += 3 * products;
        convolution.forward(input, pass);
        return convolution.backward(outputGradient, true, pass);
    }
}
