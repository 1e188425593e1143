package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of the layers without state from step to step. */
class FeedForwardGradientTest {
    private static final long SEED = 5;
    private static final int[] LENGTHS = {4, 1, 3};

    @Test
    void linear() {
        SplittableRandom random = new SplittableRandom(SEED);
        LinearLayer layer = new LinearLayer("layers.0", 5, 7);
        layer.initialise(random);
        randomise(layer.bias(), random);
        check(layer, new ReferenceLinear("layers.0"), true, random);
    }

    @Test
    void sparseLinear() {
        SplittableRandom random = new SplittableRandom(SEED);
        LinearLayer layer = new LinearLayer("layers.0", 5, 8);
        layer.weight().restructure(SparsityPattern.random(8, 5, Geometry.BANKED_8, 0.5, random));
        layer.initialise(random);
        check(layer, new ReferenceLinear("layers.0"), true, random);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batchNorm(boolean training) {
        SplittableRandom random = new SplittableRandom(SEED);
        BatchNormLayer layer = new BatchNormLayer("layers.0", 18);
        layer.parameters().forEach(parameter -> randomise(parameter, random));
        for (LayerState state : layer.state()) {
            for (int k = 0; k < state.values().length; k++) {
                state.values()[k] = random.nextFloat(0.5f, 2);
            }
        }
        ReferenceLayer reference = new ReferenceBatchNorm("layers.0", training);
        check(layer, reference, training, random, 18);
    }

    @Test
    void dropout() {
        SplittableRandom random = new SplittableRandom(SEED);
        DropoutLayer layer = new DropoutLayer("layers.0", 5, 0.5f);
        SequenceBlock mask = new SequenceBlock();
        mask.reshape(4, 5, 3, LENGTHS);
        Arrays.fill(mask.data(), 1);
        try (ThreadWorkers workers = new ThreadWorkers(1)) {
            Pass pass = new Pass(KernelProviders.get(), workers, true, SEED);
            double[][][] factors = Batches.toDouble(layer.forward(mask, pass));
            check(layer, (tensors, x) -> product(factors, x), true, random);
        }
    }

    private static double[][][] product(double[][][] factors, double[][][] x) {
        double[][][] y = new double[x.length][][];
        for (int lane = 0; lane < x.length; lane++) {
            y[lane] = new double[x[lane].length][];
            for (int step = 0; step < y[lane].length; step++) {
                y[lane][step] = x[lane][step].clone();
                for (int feature = 0; feature < y[lane][step].length; feature++) {
                    y[lane][step][feature] *= factors[lane][step][feature];
                }
            }
        }
        return y;
    }

    @Test
    void stack() {
        SplittableRandom random = new SplittableRandom(SEED);
        CellSpec first = new CellSpec(5, 4, List.of(3), false, 0.01f);
        CellSpec second = new CellSpec(4, 3, List.of(), false, 0);
        RecurrentLayer bottom = new RecurrentLayer("layers.0", first, true, 0);
        BatchNormLayer middle = new BatchNormLayer("layers.1", 4);
        RecurrentLayer top = new RecurrentLayer("layers.2", second, true, 0);
        Network network = new Network(List.of(bottom, middle, top));
        network.initialise(SEED);
        network.parameters()
                .forEach(
                        parameter -> {
                            if (parameter.kind() == Parameter.Kind.VECTOR) {
                                randomise(parameter, random);
                            }
                        });
        ReferenceLayer reference =
                new ReferenceRecurrent("layers.0", first, Directions.SUMMED, (a, b, c, d, e) -> 1)
                        .then(new ReferenceBatchNorm("layers.1", true))
                        .then(
                                new ReferenceRecurrent(
                                        "layers.2",
                                        second,
                                        Directions.SUMMED,
                                        (a, b, c, d, e) -> 1));
        check(new NetworkAsLayer(network), reference, true, random);
    }

    private static void randomise(Parameter parameter, RandomGenerator random) {
        for (int k = 0; k < parameter.values().length; k++) {
            parameter.values()[k] = random.nextFloat(0.5f, 1.5f);
        }
    }

    private static void check(
            Layer layer, ReferenceLayer reference, boolean training, SplittableRandom random) {
        check(layer, reference, training, random, 5);
    }

    private static void check(
            Layer layer,
            ReferenceLayer reference,
            boolean training,
            SplittableRandom random,
            int width) {
        try (ThreadWorkers workers = new ThreadWorkers(1)) {
            Pass pass = new Pass(KernelProviders.get(), workers, training, SEED);
            SequenceBlock input = Batches.random(width, LENGTHS.length, LENGTHS, random);
            new GradientCheck(layer, reference, pass).run(input, random);
        }
    }
}
