package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of recurrent layers of all variants, against differences in double precision. */
class RecurrentLayerGradientTest {
    private static final float DROPOUT = 0.25f;
    private static final long SEED = 12;
    private static final int INPUT = 5;
    private static final int WIDTH = 3;

    private static CellSpec cell(List<Integer> hiddenWidths, boolean shared, float slope) {
        return new CellSpec(INPUT, WIDTH, hiddenWidths, shared, slope);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lstm(boolean bidirectional) {
        check(cell(List.of(), false, 0), bidirectional, 0, 3, 4, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hiddenLayer(boolean shared) {
        check(cell(List.of(4), shared, 0.01f), false, 0, 4, 4, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoHiddenLayers(boolean shared) {
        check(cell(List.of(4, 6), shared, 0.1f), true, 0, 4, 2, 3);
    }

    @Test
    void relu() {
        check(cell(List.of(6), false, 0), true, 0, 3, 4, 2);
    }

    @Test
    void dropoutInTheGates() {
        check(cell(List.of(6, 5), false, 0.01f), true, DROPOUT, 4, 3, 4);
    }

    /** Densities on both sides of those from which products and gradients run over all elements. */
    @ParameterizedTest
    @CsvSource({
        "PLAIN, 0.15",
        "ROWS_16, 0.15",
        "BANKED_8, 0.15",
        "PLAIN, 0.4",
        "ROWS_4, 0.4",
        "ROWS_8, 0.4",
        "ROWS_16, 0.4",
        "ROWS_32, 0.4",
        "BANKED_8, 0.4",
        "PLAIN, 0.7",
        "ROWS_16, 0.7",
        "BANKED_8, 0.7"
    })
    void sparse(Geometry geometry, double density) {
        check(cell(List.of(16), false, 0.01f), true, 0, geometry, density, 3, 1, 3);
    }

    @Test
    void moreLanesThanAShard() {
        int[] lengths = new int[19];
        for (int lane = 0; lane < lengths.length; lane++) {
            lengths[lane] = 1 + lane % 3;
        }
        check(cell(List.of(4), false, 0.01f), true, DROPOUT, lengths);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 19})
    void concatenatedDirections(int lanes) {
        int[] lengths = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            lengths[lane] = 1 + lane % 3;
        }
        CellSpec spec = cell(List.of(6), false, 0.01f);
        check(spec, Directions.CONCATENATED, DROPOUT, null, 1, lengths);
        check(spec, Directions.CONCATENATED, 0, Geometry.BANKED_8, 0.4, lengths);
    }

    private static void check(CellSpec spec, boolean bidirectional, float dropout, int... lengths) {
        check(spec, bidirectional, dropout, null, 1, lengths);
    }

    private static void check(
            CellSpec spec,
            boolean bidirectional,
            float dropout,
            Geometry geometry,
            double density,
            int... lengths) {
        Directions directions = bidirectional ? Directions.SUMMED : Directions.FORWARD;
        check(spec, directions, dropout, geometry, density, lengths);
    }

    private static void check(
            CellSpec spec,
            Directions directions,
            float dropout,
            Geometry geometry,
            double density,
            int... lengths) {
        SplittableRandom random = new SplittableRandom(SEED);
        RecurrentLayer layer = new RecurrentLayer("layers.0", spec, directions, dropout);
        for (Parameter parameter : layer.parameters()) {
            if (geometry != null && parameter.kind() != Parameter.Kind.VECTOR) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(), parameter.columns(), geometry, density, random));
            }
        }
        layer.initialise(random);
        // Biases too must matter, and keep units away from the rectifier's kink.
        for (Parameter parameter : layer.parameters()) {
            if (parameter.kind() == Parameter.Kind.VECTOR) {
                for (int k = 0; k < parameter.values().length; k++) {
                    parameter.values()[k] += random.nextFloat(-0.5f, 0.5f);
                }
            }
        }
        ReferenceRecurrent reference =
                new ReferenceRecurrent(
                        "layers.0",
                        spec,
                        directions,
                        (reverse, level, step, feature, lane) ->
                                mask(dropout, reverse, level, step, feature, lane));
        try (ThreadWorkers workers = new ThreadWorkers(1)) {
            Pass pass = new Pass(KernelProviders.get(), workers, true, SEED);
            SequenceBlock input = Batches.random(INPUT, lengths.length + 1, lengths, random);
            reference.forward(
                    Tensors.of(layer.parameters(), layer.state()), Batches.toDouble(input));
            assertTrue(
                    reference.nearestKink() > 2e-5,
                    "an input to the rectifier is too close to 0: " + reference.nearestKink());
            new GradientCheck(layer, reference, pass).run(input, random);
        }
    }

    private static double mask(
            float rate, boolean reverse, int level, int step, int feature, int lane) {
        if (rate == 0) {
            return 1;
        }
        int stream = RecurrentLayer.dropoutStream("layers.0", reverse ? 1 : 0);
        float[] one = {1};
        DropoutMask.apply(
                rate,
                DropoutMask.key(SEED, CellShard.levelStream(stream, level), step)
                        + feature * DropoutMask.FEATURE_STEP,
                one,
                0,
                1,
                1,
                1,
                lane);
        return one[0];
    }
}
