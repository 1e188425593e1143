package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hlstm.runtime.CellSpec;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward and backward passes as PyTorch computes them, in double precision. */
class GoldenRecurrentTest {
    /** Relative error of a whole tensor; sums here have a few dozen terms of single precision. */
    private static final double LIMIT = 2e-6;

    @ParameterizedTest
    @ValueSource(strings = {"hlstm_one_level", "hlstm_two_levels", "hlstm_shared"})
    void bidirectionalHlstm(String name) {
        GoldenFile golden = GoldenFile.read(name);
        List<Integer> hidden = new ArrayList<>();
        golden.at("/hidden").forEach(width -> hidden.add(width.intValue()));
        CellSpec spec =
                new CellSpec(
                        golden.at("/inputWidth").intValue(),
                        golden.at("/width").intValue(),
                        hidden,
                        golden.at("/shared").booleanValue(),
                        golden.at("/slope").floatValue());
        Network network = new Network(List.of(new RecurrentLayer("layers.0", spec, true, 0)));
        check(
                golden,
                network,
                sequences(golden.at("/x")),
                sequences(golden.at("/y")),
                sequences(golden.at("/dy")),
                sequences(golden.at("/dx")));
    }

    @Test
    void lstmStack() {
        GoldenFile golden = GoldenFile.read("lstm_stack");
        int input = golden.at("/inputWidth").intValue();
        int width = golden.at("/width").intValue();
        CellSpec bottom = new CellSpec(input, width, List.of(), false, 0);
        CellSpec top = new CellSpec(width, width, List.of(), false, 0);
        Network network =
                new Network(
                        List.of(
                                new RecurrentLayer("layers.0", bottom, false, 0),
                                new RecurrentLayer("layers.1", top, false, 0)));
        check(
                golden,
                network,
                lanes(golden.at("/x")),
                lanes(golden.at("/y")),
                lanes(golden.at("/dy")),
                lanes(golden.at("/dx")));
    }

    private static void check(
            GoldenFile golden,
            Network network,
            double[][][] x,
            double[][][] y,
            double[][][] dy,
            double[][][] dx) {
        for (Parameter parameter : network.parameters()) {
            double[] values = golden.tensor("/parameters/" + parameter.name());
            assertEquals(values.length, parameter.values().length, parameter.name());
            for (int k = 0; k < values.length; k++) {
                parameter.values()[k] = (float) values[k];
            }
        }
        Layer layer = new NetworkAsLayer(network);
        try (ThreadWorkers workers = new ThreadWorkers(2)) {
            Pass pass = new Pass(KernelProviders.get(), workers, true, 0);
            SequenceBlock output = layer.forward(block(x), pass);
            assertClose("output", Batches.toDouble(output), y);
            SequenceBlock inputGradient = layer.backward(block(dy), true, pass);
            assertClose("input's gradient", Batches.toDouble(inputGradient), dx);
        }
        for (Parameter parameter : network.parameters()) {
            double[] actual = new double[parameter.gradient().length];
            Arrays.setAll(actual, k -> parameter.gradient()[k]);
            GradientCheck.assertClose(
                    parameter.name(),
                    actual,
                    golden.tensor("/gradients/" + parameter.name()),
                    LIMIT);
        }
    }

    private static void assertClose(String what, double[][][] actual, double[][][] expected) {
        GradientCheck.assertClose(what, Batches.flatten(actual), Batches.flatten(expected), LIMIT);
    }

    /** Sequences of their own lengths, by lane. */
    private static double[][][] sequences(JsonNode tensors) {
        double[][][] x = new double[tensors.size()][][];
        for (int lane = 0; lane < x.length; lane++) {
            int[] shape = GoldenFile.integers(tensors.get(lane).get("shape"));
            double[] data = GoldenFile.numbers(tensors.get(lane).get("data"));
            x[lane] = new double[shape[0]][];
            for (int step = 0; step < shape[0]; step++) {
                x[lane][step] = Arrays.copyOfRange(data, step * shape[1], (step + 1) * shape[1]);
            }
        }
        return x;
    }

    /** A tensor of steps, lanes and features, by lane. */
    private static double[][][] lanes(JsonNode tensor) {
        int[] shape = GoldenFile.integers(tensor.get("shape"));
        double[] data = GoldenFile.numbers(tensor.get("data"));
        double[][][] x = new double[shape[1]][shape[0]][];
        for (int step = 0; step < shape[0]; step++) {
            for (int lane = 0; lane < shape[1]; lane++) {
                int from = (step * shape[1] + lane) * shape[2];
                x[lane][step] = Arrays.copyOfRange(data, from, from + shape[2]);
            }
        }
        return x;
    }

    private static SequenceBlock block(double[][][] x) {
        int[] lengths = Arrays.stream(x).mapToInt(sequence -> sequence.length).toArray();
        int steps = Arrays.stream(lengths).max().orElseThrow();
        int features = x[0][0].length;
        SequenceBlock block = new SequenceBlock();
        block.reshape(steps, features, x.length, lengths);
        for (int lane = 0; lane < x.length; lane++) {
            for (int step = 0; step < lengths[lane]; step++) {
                for (int feature = 0; feature < features; feature++) {
                    block.data()[block.offset(step, feature) + lane] =
                            (float) x[lane][step][feature];
                }
            }
        }
        return block;
    }
}
