package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.runtime.RandomModels.Content;
import hlstm.sparse.Geometry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runtime against the formulas in double precision, through a model file. */
final class GoldenNetworkTest {
    /** More than twice what a run reads ahead, and a few steps over. */
    private static final int STEPS = 2 * CellSession.MOST_AHEAD + 5;

    @TempDir private Path folder;

    record Case(String label, ModelSpec spec, List<String> geometries, double density) {
        @Override
        public String toString() {
            return label;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        List<List<Integer>> hidden = List.of(List.of(), List.of(13), List.of(11, 17));
        List<String> all = new ArrayList<>(List.of(MatrixReport.DENSE));
        for (Geometry geometry : Geometry.values()) {
            all.add(geometry.label());
        }
        for (List<Integer> widths : hidden) {
            for (boolean shared : new boolean[] {false, true}) {
                for (float slope : new float[] {0, 0.01f}) {
                    for (boolean bidirectional : new boolean[] {false, true}) {
                        CellSpec cell = new CellSpec(9, 19, widths, shared, slope);
                        RecurrentSpec layer = new RecurrentSpec(cell, bidirectional);
                        String label =
                                "%s shared=%s slope=%s bidirectional=%s"
                                        .formatted(widths, shared, slope, bidirectional);
                        cases.add(new Case(label, RandomModels.stack(layer), all, 0.5));
                    }
                }
            }
        }
        for (String geometry : all) {
            for (double density : new double[] {0, 0.1, 1}) {
                ModelSpec spec =
                        RandomModels.stack(RandomModels.hlstm(33, 41, 37), new LinearSpec(41, 5));
                cases.add(new Case(geometry + " " + density, spec, List.of(geometry), density));
            }
        }
        cases.add(
                new Case(
                        "deep",
                        RandomModels.stack(
                                new LinearSpec(3, 8),
                                RandomModels.lstm(8, 16),
                                new RecurrentSpec(new CellSpec(16, 1, List.of(1), true, 0), true),
                                RandomModels.hlstm(1, 31, 9, 8, 7),
                                new LinearSpec(31, 29)),
                        all,
                        0.6));
        cases.add(
                new Case(
                        "concatenated",
                        RandomModels.stack(
                                new RecurrentSpec(
                                        new CellSpec(9, 19, List.of(13), false, 0),
                                        Directions.CONCATENATED),
                                new RecurrentSpec(
                                        new CellSpec(38, 7, List.of(), false, 0),
                                        Directions.CONCATENATED)),
                        all,
                        0.6));
        convolutions(cases, all);
        return cases;
    }

    private static void convolutions(List<Case> cases, List<String> geometries) {
        ConvolutionSpec first = RandomModels.convolution(21, 1, 34);
        ConvolutionSpec second = RandomModels.convolution(first.outputBins(), 34, 7);
        int width = second.outputWidth();
        cases.add(new Case("convolutions", RandomModels.stack(first, second), geometries, 0.6));
        for (boolean bidirectional : new boolean[] {false, true}) {
            ModelSpec spec =
                    RandomModels.stack(
                            first,
                            second,
                            new RecurrentSpec(
                                    new CellSpec(width, 19, List.of(13), false, 0), bidirectional),
                            new LinearSpec(19, 5));
            cases.add(
                    new Case(
                            "front end, bidirectional=" + bidirectional,
                            spec,
                            List.of(MatrixReport.DENSE),
                            1));
        }
        for (int lookahead : new int[] {1, 4, STEPS + 3}) {
            ModelSpec spec =
                    RandomModels.stack(
                            RandomModels.hlstm(9, 19, 13),
                            new RowConvolutionSpec(19, lookahead),
                            new LinearSpec(19, 5));
            cases.add(new Case("lookahead of " + lookahead, spec, geometries, 0.6));
        }
        // DeepSpeech2's front end, whose first layer alone has padding, and more than the second.
        ConvolutionSpec wide =
                new ConvolutionSpec(
                        161,
                        1,
                        32,
                        new ConvolutionAxis(11, 2, 10),
                        new ConvolutionAxis(41, 2, 0),
                        20);
        ConvolutionSpec deep =
                new ConvolutionSpec(
                        61,
                        32,
                        32,
                        new ConvolutionAxis(11, 1, 0),
                        new ConvolutionAxis(21, 2, 0),
                        20);
        cases.add(
                new Case(
                        "DeepSpeech2",
                        RandomModels.stack(wide, deep),
                        List.of(MatrixReport.DENSE),
                        1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAreThoseOfTheFormulas(Case one) throws Exception {
        Content content = RandomModels.content(one.spec(), one.geometries(), one.density(), 42);
        Path file = folder.resolve("model.safetensors");
        content.builder().write(file);
        Model model = Model.load(file);
        double[][] input = new double[STEPS][one.spec().inputWidth()];
        float[] in = RandomModels.values(STEPS * input[0].length, 2, new SplittableRandom(7));
        for (int k = 0; k < in.length; k++) {
            input[k / input[0].length][k % input[0].length] = in[k];
        }
        double[][] expected = new ReferenceNetwork(content).run(input);
        int width = one.spec().outputWidth();
        float[] out = new float[one.spec().outputSteps(STEPS) * width];
        assertEquals(out.length, expected.length * width);
        Session session = model.newSession();
        session.run(in, STEPS, out);
        double tolerance = GoldenVector.byDepth(one.spec());
        for (int k = 0; k < out.length; k++) {
            assertEquals(expected[k / width][k % width], out[k], tolerance);
        }
        if (!one.spec().bidirectional()) {
            assertStepsEqualRun(model.newSession(), in, out);
        }
        float[] again = new float[out.length];
        session.reset();
        session.run(in, STEPS, again);
        assertArrayEquals(out, again);
    }

    private static void assertStepsEqualRun(Session session, float[] in, float[] out) {
        float[] x = new float[session.spec().inputWidth()];
        float[] y = new float[session.spec().outputWidth()];
        int written = 0;
        for (int t = 0; t < STEPS; t++) {
            System.arraycopy(in, t * x.length, x, 0, x.length);
            if (session.step(x, y)) {
                assertEqualBits(out, written, y);
                written += y.length;
            }
        }
        while (session.flush(y)) {
            assertEqualBits(out, written, y);
            written += y.length;
        }
        assertEquals(out.length, written);
    }

    private static void assertEqualBits(float[] out, int offset, float[] y) {
        for (int k = 0; k < y.length; k++) {
            assertEquals(Float.floatToRawIntBits(out[offset + k]), Float.floatToRawIntBits(y[k]));
        }
    }
}
