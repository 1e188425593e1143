package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.CellSpec;
import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.RowConvolutionSpec;
import hlstm.runtime.SequenceTask;
import hlstm.runtime.Session;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported model gives what the trainer's forward pass for inference gives. */
class NetworkExporterTest {
    private static final int INPUT = 19;
    private static final int WIDTH = 24;
    private static final int OUTPUT = 7;
    private static final int[] LENGTHS = {9, 5, 1};

    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lstm(boolean bidirectional) {
        check(network(List.of(), false, 0, bidirectional));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hiddenLayers(boolean shared) {
        check(network(List.of(16, 8), shared, 0.01f, false));
        check(network(List.of(16), shared, 0, true));
    }

    @ParameterizedTest
    @EnumSource(Geometry.class)
    void sparse(Geometry geometry) {
        Network network = network(List.of(20), false, 0, true);
        for (Parameter parameter : network.parameters()) {
            if (parameter.kind() != Parameter.Kind.VECTOR) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(), parameter.columns(), geometry, 0.3, random));
            }
        }
        network.initialise(4);
        check(network);
    }

    @Test
    void laterRectifierSlopeIsTheModels() {
        Network network = network(List.of(16), false, 0.01f, false);
        network.setRectifierSlope(0.5f);
        check(network);
    }

    @Test
    void batchNormWithNothingBehindIsRefused() {
        Network network = new Network(List.of(new BatchNormLayer("layers.0", 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> NetworkExporter.export(network, new SequenceTask()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void convolutions(boolean batchNorm) {
        ConvolutionSpec first = convolution(INPUT, 1, 8);
        ConvolutionSpec second = convolution(first.outputBins(), 8, 3);
        List<Layer> layers = new ArrayList<>();
        for (ConvolutionSpec spec : List.of(first, second)) {
            String name = "layers." + layers.size();
            layers.add(new ConvolutionLayer(name, spec));
            if (batchNorm) {
                layers.add(new BatchNormLayer(name, spec.outputChannels(), spec.outputBins()));
            }
            layers.add(new HardTanhLayer(name, spec.outputWidth(), spec.clip()));
        }
        CellSpec cell = new CellSpec(second.outputWidth(), WIDTH, List.of(16), false, 0);
        layers.add(new RecurrentLayer("layers.7", cell, true, 0.2f));
        layers.add(new BatchNormLayer("layers.8", WIDTH));
        layers.add(new LinearLayer("layers.8", WIDTH, OUTPUT));
        check(randomised(new Network(layers)));
    }

    @Test
    void rowConvolution() {
        CellSpec cell = new CellSpec(INPUT, WIDTH, List.of(16), false, 0);
        check(
                randomised(
                        new Network(
                                List.of(
                                        new RecurrentLayer("layers.0", cell, false, 0.2f),
                                        new RowConvolutionLayer(
                                                "layers.1", new RowConvolutionSpec(WIDTH, 3)),
                                        new BatchNormLayer("layers.2", WIDTH),
                                        new LinearLayer("layers.2", WIDTH, OUTPUT)))));
    }

    @Test
    void batchNormBeforeARowConvolutionIsRefused() {
        RowConvolutionLayer layer =
                new RowConvolutionLayer("layers.0", new RowConvolutionSpec(INPUT, 3));
        Network network = new Network(List.of(new BatchNormLayer("layers.9", INPUT), layer));
        assertThrows(
                IllegalArgumentException.class,
                () -> NetworkExporter.export(network, new SequenceTask()));
    }

    /** Of values that reach both ends of the clip. */
    private static ConvolutionSpec convolution(int bins, int inputChannels, int outputChannels) {
        return new ConvolutionSpec(
                bins,
                inputChannels,
                outputChannels,
                new ConvolutionAxis(3, 1, 1),
                new ConvolutionAxis(5, 2, 1),
                1.5f);
    }

    @Test
    void convolutionsWithoutTheirHardTanhAreRefused() {
        ConvolutionSpec spec = convolution(INPUT, 1, 2);
        ConvolutionLayer layer = new ConvolutionLayer("layers.0", spec);
        BatchNormLayer norm = new BatchNormLayer("layers.0", 2, spec.outputBins());
        HardTanhLayer other = new HardTanhLayer("layers.0", spec.outputWidth(), 2);
        LinearLayer linear = new LinearLayer("layers.1", spec.outputWidth(), OUTPUT);
        BatchNormLayer before = new BatchNormLayer("layers.9", INPUT);
        HardTanhLayer right = new HardTanhLayer("layers.0", spec.outputWidth(), spec.clip());
        for (List<Layer> layers :
                List.<List<Layer>>of(
                        List.of(layer),
                        List.of(layer, norm),
                        List.of(layer, linear),
                        List.of(layer, norm, linear),
                        List.of(layer, other),
                        List.of(before, layer, right))) {
            Network network = new Network(layers);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> NetworkExporter.export(network, new SequenceTask()));
        }
    }

    private Network network(
            List<Integer> hiddenWidths, boolean shared, float slope, boolean bidirectional) {
        Network network =
                new Network(
                        List.of(
                                new RecurrentLayer(
                                        "layers.0",
                                        new CellSpec(INPUT, WIDTH, hiddenWidths, shared, slope),
                                        bidirectional,
                                        0.2f),
                                new BatchNormLayer("layers.1", WIDTH),
                                new DropoutLayer("layers.2", WIDTH, 0.5f),
                                new RecurrentLayer(
                                        "layers.3",
                                        new CellSpec(WIDTH, WIDTH, hiddenWidths, shared, slope),
                                        bidirectional,
                                        0.2f),
                                new BatchNormLayer("layers.4", WIDTH),
                                new BatchNormLayer("layers.5", WIDTH),
                                new LinearLayer("layers.6", WIDTH, OUTPUT)));
        return randomised(network);
    }

    private Network randomised(Network network) {
        network.initialise(4);
        for (Parameter parameter : network.parameters()) {
            if (parameter.kind() == Parameter.Kind.VECTOR) {
                randomise(parameter.values(), random);
            }
        }
        network.state().forEach(state -> randomise(state.values(), random));
        return network;
    }

    private static void randomise(float[] values, RandomGenerator random) {
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat(0.2f, 1.2f);
        }
    }

    private void check(Network network) {
        SequenceBlock input = Batches.random(INPUT, LENGTHS.length, LENGTHS, random);
        Session session = NetworkExporter.export(network, new SequenceTask()).build().newSession();
        try (ThreadWorkers workers = new ThreadWorkers(2)) {
            Pass pass = new Pass(KernelProviders.get(), workers, false, 0);
            double[][][] x = Batches.toDouble(input);
            double[][][] expected = Batches.toDouble(network.forward(input, pass));
            for (int lane = 0; lane < LENGTHS.length; lane++) {
                float[] in = new float[LENGTHS[lane] * INPUT];
                double[] flat = Batches.flatten(new double[][][] {x[lane]});
                for (int k = 0; k < in.length; k++) {
                    in[k] = (float) flat[k];
                }
                float[] out = new float[session.spec().outputSteps(LENGTHS[lane]) * OUTPUT];
                session.reset();
                session.run(in, LENGTHS[lane], out);
                assertClose(Batches.flatten(new double[][][] {expected[lane]}), out);
            }
        }
    }

    private static void assertClose(double[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        double scale = 0;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int k = 0; k < actual.length; k++) {
            assertTrue(
                    Math.abs(actual[k] - expected[k]) <= tolerance() * scale,
                    "element %d: expected %s, found %s".formatted(k, expected[k], actual[k]));
        }
    }

    /**
     * Four half ulps for each bit of the longest sum's length, for each step and each product
     * behind one another: the usual bound for sums in any order.
     */
    private static double tolerance() {
        int longest = LENGTHS[0];
        int products = 2 * 3 + 1;
        double bits = Math.ceil(Math.log(INPUT + WIDTH) / Math.log(2));
        return 4 * bits * longest * products * 0x1p-24;
    }
}
