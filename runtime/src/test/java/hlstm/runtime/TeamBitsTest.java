package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import hlstm.sparse.Geometry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions with teams of all sizes give the bits of those without. */
final class TeamBitsTest {
    /** More than a run reads ahead. */
    private static final int STEPS = CellSession.MOST_AHEAD + 6;

    static List<ModelSpec> specs() {
        List<ModelSpec> specs = new ArrayList<>();
        for (List<Integer> hidden :
                List.<List<Integer>>of(List.of(), List.of(40), List.of(33, 57))) {
            for (boolean shared : new boolean[] {false, true}) {
                for (int width : new int[] {1, 17, 64, 83}) {
                    specs.add(
                            RandomModels.stack(
                                    new RecurrentSpec(
                                            new CellSpec(29, width, hidden, shared, 0.01f), false),
                                    new LinearSpec(width, 45)));
                }
            }
        }
        specs.add(
                RandomModels.stack(
                        new LinearSpec(9, 70),
                        RandomModels.hlstm(70, 35, 64),
                        RandomModels.lstm(35, 100)));
        specs.add(
                RandomModels.stack(
                        new RecurrentSpec(new CellSpec(13, 30, List.of(41), false, 0), true),
                        new LinearSpec(30, 22),
                        new RecurrentSpec(new CellSpec(22, 37, List.of(), false, 0), true),
                        RandomModels.hlstm(37, 50, 34)));
        specs.add(
                RandomModels.stack(
                        new RecurrentSpec(
                                new CellSpec(13, 31, List.of(41), false, 0),
                                Directions.CONCATENATED),
                        RandomModels.lstm(62, 20)));
        ConvolutionSpec first = RandomModels.convolution(19, 1, 34);
        ConvolutionSpec second = RandomModels.convolution(first.outputBins(), 34, 5);
        specs.add(RandomModels.stack(first, second, RandomModels.lstm(second.outputWidth(), 20)));
        return specs;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void bitsAreThoseOfOneThread(ModelSpec spec) {
        List<String> geometries = new ArrayList<>(List.of(MatrixReport.DENSE));
        for (Geometry geometry : Geometry.values()) {
            geometries.add(geometry.label());
        }
        List<Model> models =
                new ArrayList<>(List.of(RandomModels.mixed(spec, 3).builder().build()));
        for (String geometry : geometries) {
            models.add(RandomModels.content(spec, List.of(geometry), 0.3, 4).builder().build());
        }
        for (int threads = 1; threads <= 4; threads++) {
            try (ThreadTeam team = new ThreadTeam(threads, Duration.ofMillis(1), 1)) {
                for (Model model : models) {
                    assertSameBits(model, team);
                }
            }
        }
    }

    private static void assertSameBits(Model model, ThreadTeam team) {
        int inputs = model.spec().inputWidth();
        int outputs = model.spec().outputWidth();
        float[] in = RandomModels.values(STEPS * inputs, 2, new SplittableRandom(9));
        float[] expected = new float[model.spec().outputSteps(STEPS) * outputs];
        model.newSession().run(in, STEPS, expected);
        Session session = model.newSession(team);
        float[] found = new float[expected.length];
        session.run(in, STEPS, found);
        String label = model + ", threads: " + team.threads();
        assertArrayEquals(bits(expected), bits(found), label);
        if (!model.spec().bidirectional()) {
            Arrays.fill(found, Float.NaN);
            session.reset();
            int written = 0;
            for (int t = 0; t < STEPS; t++) {
                written += session.step(in, t * inputs, found, written) ? outputs : 0;
            }
            while (written < found.length && session.flush(found, written)) {
                written += outputs;
            }
            assertArrayEquals(bits(expected), bits(found), "steps of " + label);
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, k -> Float.floatToRawIntBits(values[k]));
        return bits;
    }
}
