package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.RowConvolutionSpec;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions and what is behind them: gradients, PyTorch's numbers, lengths, threads. */
class ConvolutionLayerTest {
    private static final long SEED = 6;
    private static final int[] LENGTHS = {9, 2, 7, 1, 0};

    static List<ConvolutionSpec> specs() {
        return List.of(
                new ConvolutionSpec(9, 1, 3, axis(3, 2, 2), axis(4, 2, 0), 20),
                new ConvolutionSpec(6, 3, 10, axis(3, 1, 0), axis(3, 2, 0), 20),
                new ConvolutionSpec(5, 2, 8, axis(5, 1, 2), axis(3, 1, 1), 20),
                new ConvolutionSpec(7, 2, 3, axis(2, 3, 0), axis(5, 3, 4), 20),
                new ConvolutionSpec(1, 4, 5, axis(1, 1, 0), axis(1, 1, 0), 20));
    }

    private static ConvolutionAxis axis(int kernel, int stride, int padding) {
        return new ConvolutionAxis(kernel, stride, padding);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void gradients(ConvolutionSpec spec) {
        SplittableRandom random = new SplittableRandom(SEED);
        ConvolutionLayer layer = new ConvolutionLayer("layers.0", spec);
        layer.initialise(random);
        check(layer, new ReferenceConvolution("layers.0", spec), true, random, LENGTHS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void gradientsOfARowConvolution(int lookahead) {
        SplittableRandom random = new SplittableRandom(SEED);
        RowConvolutionLayer layer =
                new RowConvolutionLayer("layers.0", new RowConvolutionSpec(19, lookahead));
        randomise(layer.weight().values(), random);
        ReferenceLayer reference =
                (tensors, x) -> {
                    double[][] w = tensors.get("layers.0.weight");
                    double[][][] y = new double[x.length][][];
                    for (int lane = 0; lane < x.length; lane++) {
                        y[lane] = new double[x[lane].length][19];
                        for (int t = 0; t < y[lane].length; t++) {
                            for (int j = 0; j <= lookahead && t + j < y[lane].length; j++) {
                                for (int k = 0; k < 19; k++) {
                                    y[lane][t][k] += w[j][k] * x[lane][t + j][k];
                                }
                            }
                        }
                    }
                    return y;
                };
        check(layer, reference, true, random, LENGTHS);
    }

    @Test
    void aNewRowConvolutionPassesItsInputThrough() {
        RowConvolutionLayer layer =
                new RowConvolutionLayer("layers.0", new RowConvolutionSpec(3, 2));
        layer.initialise(new SplittableRandom(SEED));
        SequenceBlock input = Batches.random(3, 2, new int[] {5, 3}, new SplittableRandom(SEED));
        try (ThreadWorkers workers = new ThreadWorkers(1)) {
            SequenceBlock output =
                    layer.forward(input, new Pass(KernelProviders.get(), workers, true, 0));
            assertArrayEquals(valid(input), valid(output));
        }
    }

    /** Lanes that fill registers of every width, and some over. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 21})
    void gradientsOfManyLanes(int lanes) {
        SplittableRandom random = new SplittableRandom(SEED);
        ConvolutionSpec spec = new ConvolutionSpec(5, 2, 9, axis(3, 2, 1), axis(2, 1, 1), 20);
        ConvolutionLayer layer = new ConvolutionLayer("layers.0", spec);
        layer.initialise(random);
        int[] lengths = IntStream.range(0, lanes).map(lane -> lane % 5).toArray();
        check(layer, new ReferenceConvolution("layers.0", spec), true, random, lengths);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientsOfBatchNormOverBins(boolean training) {
        SplittableRandom random = new SplittableRandom(SEED);
        BatchNormLayer layer = new BatchNormLayer("layers.0", 18, 3);
        layer.parameters().forEach(parameter -> randomise(parameter.values(), random));
        layer.state().forEach(state -> randomise(state.values(), random));
        // A channel of several bins is the same as a sequence with a step for each bin.
        ReferenceLayer channels = new ReferenceBatchNorm("layers.0", training);
        ReferenceLayer reference =
                (tensors, x) -> wide(channels.forward(tensors, narrow(x, 18)), 54);
        check(layer, reference, training, random, LENGTHS);
    }

    private static double[][][] narrow(double[][][] x, int width) {
        return Arrays.stream(x).map(sequence -> cut(sequence, width)).toArray(double[][][]::new);
    }

    private static double[][][] wide(double[][][] x, int width) {
        return narrow(x, width);
    }

    /** The same numbers in rows of another width. */
    private static double[][] cut(double[][] rows, int width) {
        double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        double[][] cut = new double[all.length / width][];
        for (int row = 0; row < cut.length; row++) {
            cut[row] = Arrays.copyOfRange(all, row * width, (row + 1) * width);
        }
        return cut;
    }

    @Test
    void gradientsOfHardTanh() {
        SplittableRandom random = new SplittableRandom(SEED);
        HardTanhLayer layer = new HardTanhLayer("layers.0", 50, 1.25f);
        double[] nearest = {Double.POSITIVE_INFINITY};
        ReferenceLayer reference =
                (tensors, x) ->
                        Arrays.stream(x)
                                .map(
                                        sequence ->
                                                Arrays.stream(sequence)
                                                        .map(step -> clipped(step, nearest))
                                                        .toArray(double[][]::new))
                                .toArray(double[][][]::new);
        check(layer, reference, true, random, LENGTHS);
        // Differences must not step over a bend.
        assertTrue(nearest[0] > 1e-5, () -> "input this close to a bend: " + nearest[0]);
    }

    private static double[] clipped(double[] x, double[] nearest) {
        double[] y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            y[k] = Math.min(Math.max(x[k], 0), 1.25);
            double bend = Math.min(Math.abs(x[k]), Math.abs(x[k] - 1.25));
            nearest[0] = Math.min(nearest[0], bend);
        }
        return y;
    }

    private static void randomise(float[] values, SplittableRandom random) {
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat(0.5f, 2);
        }
    }

    private static void check(
            Layer layer,
            ReferenceLayer reference,
            boolean training,
            SplittableRandom random,
            int[] lengths) {
        try (ThreadWorkers workers = new ThreadWorkers(2)) {
            Pass pass = new Pass(KernelProviders.get(), workers, training, SEED);
            SequenceBlock input =
                    Batches.random(layer.inputWidth(), lengths.length, lengths, random);
            new GradientCheck(layer, reference, pass).run(input, random);
        }
    }

    /** The front end of DeepSpeech2, small, as PyTorch computes it in double precision. */
    @Test
    void frontEndOfPyTorch() {
        GoldenFile golden = GoldenFile.read("front_end");
        List<Layer> layers = new ArrayList<>();
        for (JsonNode layer : golden.at("/layers")) {
            ConvolutionSpec spec =
                    new ConvolutionSpec(
                            layer.get("bins").intValue(),
                            layer.get("inputChannels").intValue(),
                            layer.get("outputChannels").intValue(),
                            axis(layer.get("time")),
                            axis(layer.get("frequency")),
                            layer.get("clip").floatValue());
            String name = "layers." + layers.size() / 3;
            layers.add(new ConvolutionLayer(name, spec));
            layers.add(new BatchNormLayer(name, spec.outputChannels(), spec.outputBins()));
            layers.add(new HardTanhLayer(name, spec.outputWidth(), spec.clip()));
        }
        Network network = new Network(layers);
        for (Parameter parameter : network.parameters()) {
            copy(golden.tensor("/parameters/" + parameter.name()), parameter.values());
        }
        try (ThreadWorkers workers = new ThreadWorkers(2)) {
            Layer layer = new NetworkAsLayer(network);
            Pass pass = new Pass(KernelProviders.get(), workers, true, 0);
            SequenceBlock output = layer.forward(block(golden, "x"), pass);
            assertClose("output", valid(output), valid(block(golden, "y")));
            SequenceBlock dx = layer.backward(block(golden, "dy"), true, pass);
            assertClose("input's gradient", valid(dx), valid(block(golden, "dx")));
        }
        for (Parameter parameter : network.parameters()) {
            assertClose(
                    parameter.name(),
                    toDouble(parameter.gradient()),
                    golden.tensor("/gradients/" + parameter.name()));
        }
        for (LayerState state : network.state()) {
            assertClose(
                    state.name(),
                    toDouble(state.values()),
                    golden.tensor("/state/" + state.name()));
        }
    }

    private static ConvolutionAxis axis(JsonNode node) {
        return axis(
                node.get("kernel").intValue(),
                node.get("stride").intValue(),
                node.get("padding").intValue());
    }

    private static void copy(double[] from, float[] to) {
        assertEquals(to.length, from.length);
        for (int k = 0; k < to.length; k++) {
            to[k] = (float) from[k];
        }
    }

    private static double[] toDouble(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(k -> values[k]).toArray();
    }

    /** From lanes x steps x features with the lengths of the lanes. */
    private static SequenceBlock block(GoldenFile golden, String name) {
        int[] shape = GoldenFile.integers(golden.at("/" + name).get("shape"));
        int[] lengths = GoldenFile.integers(golden.at("/" + name + "Lengths"));
        double[] data = golden.tensor("/" + name);
        SequenceBlock block = new SequenceBlock();
        block.reshape(shape[1], shape[2], shape[0], lengths);
        for (int lane = 0; lane < shape[0]; lane++) {
            for (int step = 0; step < lengths[lane]; step++) {
                for (int feature = 0; feature < shape[2]; feature++) {
                    block.data()[block.offset(step, feature) + lane] =
                            (float) data[(lane * shape[1] + step) * shape[2] + feature];
                }
            }
        }
        return block;
    }

    private static double[] valid(SequenceBlock block) {
        return Batches.flatten(Batches.toDouble(block));
    }

    /** Relative error of a whole tensor; the gradients behind batch norm are small differences. */
    private static void assertClose(String what, double[] actual, double[] expected) {
        assertEquals(expected.length, actual.length, what);
        GradientCheck.assertClose(what, actual, expected, 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "10, 0", "11, 1", "12, 1", "13, 2", "100, 45"})
    void stepsOfTheFrontEnd(int steps, int expected) {
        // DeepSpeech2: kernel 11, stride 2, padding 10; then kernel 11, stride 1, no padding.
        assertEquals(expected, axis(11, 1, 0).outputs(axis(11, 2, 10).outputs(steps)));
    }

    @Test
    void aLaneIsConvolvedAsIfAlone() {
        SplittableRandom random = new SplittableRandom(SEED);
        ConvolutionSpec spec = specs().getFirst();
        ConvolutionLayer layer = new ConvolutionLayer("layers.0", spec);
        layer.initialise(random);
        SequenceBlock batch = Batches.random(spec.inputWidth(), 4, new int[] {9, 3, 0, 5}, random);
        try (ThreadWorkers workers = new ThreadWorkers(1)) {
            Pass pass = new Pass(KernelProviders.get(), workers, false, 0);
            double[][] together = Batches.toDouble(layer.forward(batch, pass))[1];
            SequenceBlock alone = new SequenceBlock();
            alone.reshape(3, spec.inputWidth(), 4, new int[] {0, 3});
            for (int step = 0; step < 3; step++) {
                for (int feature = 0; feature < spec.inputWidth(); feature++) {
                    alone.data()[alone.offset(step, feature) + 1] =
                            batch.data()[batch.offset(step, feature) + 1];
                }
            }
            double[][] single = Batches.toDouble(layer.forward(alone, pass))[1];
            assertEquals(single.length, together.length);
            for (int step = 0; step < single.length; step++) {
                assertArrayEquals(single[step], together[step]);
            }
        }
    }

    @Test
    void onePassBackForEachForward() {
        ConvolutionSpec spec = specs().getFirst();
        ConvolutionLayer layer = new ConvolutionLayer("layers.0", spec);
        try (ThreadWorkers workers = new ThreadWorkers(1)) {
            Pass pass = new Pass(KernelProviders.get(), workers, true, 0);
            SequenceBlock input = new SequenceBlock();
            input.reshape(4, spec.inputWidth(), 1, new int[] {4});
            SequenceBlock output = layer.forward(input, pass);
            layer.backward(output, true, pass);
            assertThrows(IllegalStateException.class, () -> layer.backward(output, true, pass));
        }
    }
}
