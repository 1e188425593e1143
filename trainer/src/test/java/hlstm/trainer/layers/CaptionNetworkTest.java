package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.golden.GoldenFile;
import hlstm.trainer.loss.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CaptionNetworkTest {
    private static final int FEATURES = 5;
    private static final int WORDS = 8;

    /** Relative error of a whole tensor; sums here have a few dozen terms of single precision. */
    private static final double GOLDEN_LIMIT = 2e-6;

    /** As {@link GradientCheck}. */
    private static final double GRADIENT_LIMIT = 1e-5;

    private static final double STEP = 1e-6;

    /** Lanes of different lengths. */
    private static final int[][] READ = {{1, 4, 3, 4}, {1}, {1, 7, 0}};

    private final ThreadWorkers workers = new ThreadWorkers(2);
    private final Pass training = new Pass(KernelProviders.get(), workers, true, 3);
    private final Pass inference = new Pass(KernelProviders.get(), workers, false, 3);

    private static SequenceBlock images(float[][] features, int lanes) {
        int[] ones = new int[features.length];
        Arrays.fill(ones, 1);
        SequenceBlock block = new SequenceBlock();
        block.reshape(1, features[0].length, lanes, ones);
        for (int lane = 0; lane < features.length; lane++) {
            for (int k = 0; k < features[lane].length; k++) {
                block.data()[block.offset(0, k) + lane] = features[lane][k];
            }
        }
        return block;
    }

    private static float[][] randomImages(SplittableRandom random) {
        float[][] images = new float[READ.length][FEATURES];
        for (float[] image : images) {
            for (int k = 0; k < FEATURES; k++) {
                image[k] = (float) random.nextGaussian();
            }
        }
        return images;
    }

    /** The logits and the gradients of the mean cross-entropy as PyTorch computes them. */
    @Test
    void matchesPyTorch() {
        GoldenFile golden = GoldenFile.read("captioning");
        int width = golden.at("/width").intValue();
        CaptionNetwork network =
                new CaptionNetwork(
                        golden.at("/features").intValue(),
                        golden.at("/words").intValue(),
                        List.of(
                                new CellSpec(
                                        golden.at("/embedding").intValue(),
                                        width,
                                        List.of(),
                                        false,
                                        0),
                                new CellSpec(width, width, List.of(), false, 0)),
                        0,
                        0,
                        0);
        for (Parameter parameter : network.parameters()) {
            double[] values = golden.tensor("/parameters/" + parameter.name());
            assertEquals(values.length, parameter.values().length, parameter.name());
            for (int k = 0; k < values.length; k++) {
                parameter.values()[k] = (float) values[k];
            }
        }
        int[][] said = said(golden.at("/said"));
        int[][] read = new int[said.length][];
        float[][] features = new float[said.length][];
        double[] images = golden.tensor("/images");
        for (int lane = 0; lane < said.length; lane++) {
            read[lane] = new int[said[lane].length];
            read[lane][0] = TokenVocabulary.BEGIN;
            System.arraycopy(said[lane], 0, read[lane], 1, said[lane].length - 1);
            features[lane] = new float[images.length / said.length];
            for (int k = 0; k < features[lane].length; k++) {
                features[lane][k] = (float) images[lane * features[lane].length + k];
            }
        }
        SequenceBlock logits = network.forward(images(features, 8), read, training);
        assertTrue(Batches.paddingIsZero(logits));
        double[] expected =
                Arrays.stream(new int[] {0, 1, 2})
                        .mapToObj(lane -> golden.tensor("/logits/" + lane))
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
        GradientCheck.assertClose(
                "logits", Batches.flatten(Batches.toDouble(logits)), expected, GOLDEN_LIMIT);
        SequenceBlock gradient = new SequenceBlock();
        SoftmaxCrossEntropy.Result result =
                new SoftmaxCrossEntropy(0).compute(logits, said, gradient, workers);
        assertEquals(golden.at("/loss").doubleValue(), result.mean(), 2e-6);
        network.backward(gradient, training);
        for (Parameter parameter : network.parameters()) {
            GradientCheck.assertClose(
                    parameter.name(),
                    doubles(parameter.gradient()),
                    golden.tensor("/gradients/" + parameter.name()),
                    GOLDEN_LIMIT);
        }
    }

    private static int[][] said(JsonNode lists) {
        int[][] said = new int[lists.size()][];
        for (int lane = 0; lane < said.length; lane++) {
            said[lane] = GoldenFile.integers(lists.get(lane));
        }
        return said;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, k -> values[k]);
        return doubles;
    }

    private static CaptionNetwork hlstm(float dropout) {
        CellSpec below = new CellSpec(6, 7, List.of(4), false, 0.01f);
        CellSpec above = new CellSpec(7, 5, List.of(), false, 0);
        CaptionNetwork network =
                new CaptionNetwork(
                        FEATURES, WORDS, List.of(below, above), dropout, dropout, dropout);
        SplittableRandom random = new SplittableRandom(5);
        network.parameters().stream()
                .filter(p -> p.kind() == Parameter.Kind.INPUT)
                .forEach(
                        p ->
                                p.restructure(
                                        SparsityPattern.random(
                                                p.rows(),
                                                p.columns(),
                                                Geometry.PLAIN,
                                                0.5,
                                                random)));
        network.initialise(9);
        return network;
    }

    /** The whole decoder of a batch, in double precision: logits by lane, step and word. */
    private static double[][][] reference(Tensors tensors, double[][] images) {
        double[][][] inputs = new double[READ.length][][];
        for (int lane = 0; lane < READ.length; lane++) {
            double[][][] image = {{images[lane]}};
            inputs[lane] = new double[READ[lane].length + 1][];
            inputs[lane][0] = new ReferenceLinear("image").forward(tensors, image)[0][0];
            for (int k = 0; k < READ[lane].length; k++) {
                inputs[lane][k + 1] = tensors.get("words.weight")[READ[lane][k]];
            }
        }
        CellSpec below = new CellSpec(6, 7, List.of(4), false, 0.01f);
        CellSpec above = new CellSpec(7, 5, List.of(), false, 0);
        double[][][] behind =
                new ReferenceRecurrent("layers.0", below, Directions.FORWARD, (r, l, s, f, n) -> 1)
                        .then(
                                new ReferenceRecurrent(
                                        "layers.1",
                                        above,
                                        Directions.FORWARD,
                                        (r, l, s, f, n) -> 1))
                        .forward(tensors, inputs);
        for (int lane = 0; lane < READ.length; lane++) {
            behind[lane] = Arrays.copyOfRange(behind[lane], 1, behind[lane].length);
        }
        return new ReferenceLinear("output").forward(tensors, behind);
    }

    @Test
    void gradientsAreThoseOfDifferences() {
        CaptionNetwork network = hlstm(0);
        SplittableRandom random = new SplittableRandom(17);
        float[][] images = randomImages(random);
        double[][] exact = new double[images.length][];
        Arrays.setAll(exact, lane -> doubles(images[lane]));
        Tensors tensors = Tensors.of(network.parameters(), List.of());
        SequenceBlock logits = network.forward(images(images, 3), READ, training);
        GradientCheck.assertClose(
                "logits",
                Batches.flatten(Batches.toDouble(logits)),
                Batches.flatten(reference(tensors, exact)),
                2e-6);
        SequenceBlock gradient = Batches.random(WORDS, 3, logits.lengths(), random);
        double[] slopes = Batches.flatten(Batches.toDouble(gradient));
        network.backward(gradient, training);
        for (Parameter parameter : network.parameters()) {
            double[][] matrix = tensors.get(parameter.name());
            List<Element> elements = Element.of(parameter);
            double[] actual = new double[elements.size()];
            double[] expected = new double[elements.size()];
            for (int k = 0; k < actual.length; k++) {
                Element element = elements.get(k);
                double[] row = matrix[element.row()];
                double value = row[element.column()];
                actual[k] = parameter.gradient()[element.position()];
                row[element.column()] = value + STEP;
                double more = product(slopes, reference(tensors, exact));
                row[element.column()] = value - STEP;
                double less = product(slopes, reference(tensors, exact));
                row[element.column()] = value;
                expected[k] = (more - less) / (2 * STEP);
            }
            GradientCheck.assertClose(parameter.name(), actual, expected, GRADIENT_LIMIT);
        }
    }

    private static double product(double[] slopes, double[][][] y) {
        double[] values = Batches.flatten(y);
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            sum += slopes[k] * values[k];
        }
        return sum;
    }

    /** The exported model takes features as they were before they were shifted and scaled. */
    @Test
    void theModelComputesTheSame() {
        CaptionNetwork network = hlstm(0.3f);
        SplittableRandom random = new SplittableRandom(23);
        float[][] raw = randomImages(random);
        float[] shift = {1, -2, 0.5f, 0, 3};
        float[] scale = {0.5f, 2, 1, 4, 0.25f};
        float[][] normalised = new float[raw.length][FEATURES];
        for (int lane = 0; lane < raw.length; lane++) {
            for (int k = 0; k < FEATURES; k++) {
                normalised[lane][k] = (raw[lane][k] - shift[k]) * scale[k];
            }
        }
        SequenceBlock logits = network.forward(images(normalised, 3), READ, inference);
        List<String> tokens = new ArrayList<>(TokenVocabulary.SPECIAL);
        for (int word = tokens.size(); word < WORDS; word++) {
            tokens.add("w" + word);
        }
        CaptioningTask task =
                new CaptioningTask(
                        FEATURES,
                        CaptioningTask.FeatureTransform.NONE,
                        new TokenVocabulary(tokens));
        Model model = network.export(task, shift, scale).build();
        for (int lane = 0; lane < READ.length; lane++) {
            Session session = model.newSession();
            float[] in = new float[FEATURES + WORDS];
            float[] out = new float[WORDS];
            System.arraycopy(raw[lane], 0, in, 0, FEATURES);
            session.step(in, out);
            for (int k = 0; k < READ[lane].length; k++) {
                Arrays.fill(in, 0);
                in[FEATURES + READ[lane][k]] = 1;
                session.step(in, out);
                double[] expected = new double[WORDS];
                for (int word = 0; word < WORDS; word++) {
                    expected[word] = logits.data()[logits.offset(k, word) + lane];
                }
                // Two ways of single precision through a few steps.
                GradientCheck.assertClose("lane " + lane, doubles(out), expected, 4e-6);
            }
        }
    }
}
