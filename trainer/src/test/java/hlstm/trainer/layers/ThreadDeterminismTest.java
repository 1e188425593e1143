package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.runtime.CellSpec;
import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.loss.CtcLoss;
import hlstm.trainer.optim.Adam;
import hlstm.trainer.optim.GradientClipping;
import hlstm.trainer.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training gives the same bits on any number of threads. */
class ThreadDeterminismTest {
    private static final int INPUT = 13;
    private static final int WIDTH = 40;
    private static final int SYMBOLS = 9;
    private static final int BATCHES = 4;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void sameBits(int threads) {
        for (int lanes : new int[] {5, 16, 37}) {
            assertEquals(
                    fingerprint(1, lanes, false),
                    fingerprint(threads, lanes, false),
                    lanes + " lanes");
            assertEquals(
                    fingerprint(1, lanes, true),
                    fingerprint(threads, lanes, true),
                    lanes + " lanes, convolutions");
        }
    }

    /** Everything that a few training steps leave behind. */
    private static List<Integer> fingerprint(int threads, int lanes, boolean convolutions) {
        SplittableRandom random = new SplittableRandom(8);
        Network network = convolutions ? frontEnd() : network(random);
        Optimizer optimizer = new Adam();
        CtcLoss loss = new CtcLoss(0);
        SequenceBlock gradient = new SequenceBlock();
        float[] losses = new float[BATCHES];
        float[] logits = null;
        try (ThreadWorkers workers = new ThreadWorkers(threads)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                int[] lengths = IntStream.range(0, lanes).map(lane -> 6 + lane % 5).toArray();
                int[][] labels =
                        IntStream.range(0, lanes)
                                .mapToObj(lane -> new int[] {1 + lane % 8, 2})
                                .toArray(int[][]::new);
                SequenceBlock input = Batches.random(INPUT, lanes, lengths, random);
                Pass pass = new Pass(KernelProviders.get(), workers, true, batch);
                network.zeroGradients();
                SequenceBlock output = network.forward(input, pass);
                losses[batch] = (float) loss.compute(output, labels, gradient, workers).mean();
                network.backward(gradient, pass);
                GradientClipping.byNorm(network.parameters(), 1, workers);
                optimizer.step(network.parameters(), 0.01, workers);
                logits = Arrays.copyOf(output.data(), output.size());
            }
        }
        List<Integer> hashes = new ArrayList<>();
        hashes.add(Arrays.hashCode(losses));
        hashes.add(Arrays.hashCode(logits));
        network.parameters().forEach(p -> hashes.add(Arrays.hashCode(p.values())));
        network.parameters().forEach(p -> hashes.add(Arrays.hashCode(p.gradient())));
        network.state().forEach(s -> hashes.add(Arrays.hashCode(s.values())));
        return hashes;
    }

    private static Network frontEnd() {
        ConvolutionSpec first = convolution(INPUT, 1, 9);
        ConvolutionSpec second = convolution(first.outputBins(), 9, 18);
        CellSpec cell = new CellSpec(second.outputWidth(), WIDTH, List.of(), false, 0);
        Network network =
                new Network(
                        List.of(
                                new ConvolutionLayer("layers.0", first),
                                new BatchNormLayer("layers.0", 9, first.outputBins()),
                                new HardTanhLayer("layers.0", first.outputWidth(), 20),
                                new ConvolutionLayer("layers.1", second),
                                new BatchNormLayer("layers.1", 18, second.outputBins()),
                                new HardTanhLayer("layers.1", second.outputWidth(), 20),
                                new RecurrentLayer("layers.2", cell, true, 0),
                                new LinearLayer("layers.3", WIDTH, SYMBOLS)));
        network.initialise(2);
        return network;
    }

    private static ConvolutionSpec convolution(int bins, int inputChannels, int outputChannels) {
        return new ConvolutionSpec(
                bins,
                inputChannels,
                outputChannels,
                new ConvolutionAxis(3, 1, 1),
                new ConvolutionAxis(4, 2, 1),
                20);
    }

    private static Network network(SplittableRandom random) {
        CellSpec bottom = new CellSpec(INPUT, WIDTH, List.of(WIDTH), false, 0.01f);
        CellSpec top = new CellSpec(WIDTH, WIDTH, List.of(), false, 0);
        Network network =
                new Network(
                        List.of(
                                new RecurrentLayer("layers.0", bottom, true, 0.2f),
                                new BatchNormLayer("layers.1", WIDTH),
                                new DropoutLayer("layers.2", WIDTH, 0.1f),
                                new RecurrentLayer("layers.3", top, false, 0),
                                new LinearLayer("layers.4", WIDTH, SYMBOLS)));
        for (Parameter parameter : network.layers().getFirst().parameters()) {
            if (parameter.kind() != Parameter.Kind.VECTOR) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(),
                                parameter.columns(),
                                Geometry.BANKED_8,
                                0.25,
                                random));
            }
        }
        network.initialise(2);
        return network;
    }
}
