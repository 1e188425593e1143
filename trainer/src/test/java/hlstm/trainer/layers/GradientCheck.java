package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Holds a layer's forward pass against a reference in double precision, and its backward pass
 * against central differences of that reference. The loss is a random linear function of the
 * output.
 */
final class GradientCheck {
    /** Relative error of a tensor: distance over length. */
    private static final double GRADIENT_LIMIT = 1e-5;

    private static final double STEP = 1e-6;

    private final Layer layer;
    private final ReferenceLayer reference;
    private final Pass pass;

    GradientCheck(Layer layer, ReferenceLayer reference, Pass pass) {
        this.layer = layer;
        this.reference = reference;
        this.pass = pass;
    }

    void run(SequenceBlock input, RandomGenerator random) {
        List<Parameter> parameters = layer.parameters();
        Tensors tensors = Tensors.of(parameters, layer.state());
        double[][][] x = Batches.toDouble(input);
        SequenceBlock output = layer.forward(input, pass);
        assertTrue(Batches.paddingIsZero(output), "padding of the output");
        assertClose(
                "output",
                Batches.flatten(Batches.toDouble(output)),
                Batches.flatten(reference.forward(tensors, x)),
                2e-6);

        SequenceBlock outputGradient =
                Batches.random(output.features(), output.lanes(), output.lengths(), random);
        double[] slopes = Batches.flatten(Batches.toDouble(outputGradient));
        SequenceBlock inputGradient = layer.backward(outputGradient, true, pass);
        assertNotNull(inputGradient);
        assertTrue(Batches.paddingIsZero(inputGradient), "padding of the input's gradient");

        for (Parameter parameter : parameters) {
            double[][] matrix = tensors.get(parameter.name());
            List<Element> elements = Element.of(parameter);
            double[] actual = new double[elements.size()];
            double[] expected = new double[elements.size()];
            for (int k = 0; k < actual.length; k++) {
                Element element = elements.get(k);
                actual[k] = parameter.gradient()[element.position()];
                expected[k] =
                        difference(tensors, x, slopes, matrix[element.row()], element.column());
            }
            assertClose(parameter.name(), actual, expected, GRADIENT_LIMIT);
        }
        double[] actual = Batches.flatten(Batches.toDouble(inputGradient));
        double[] expected = new double[actual.length];
        int next = 0;
        for (double[][] sequence : x) {
            for (double[] step : sequence) {
                for (int feature = 0; feature < step.length; feature++) {
                    expected[next++] = difference(tensors, x, slopes, step, feature);
                }
            }
        }
        assertClose("input", actual, expected, GRADIENT_LIMIT);
    }

    private double difference(
            Tensors tensors, double[][][] x, double[] slopes, double[] array, int index) {
        double value = array[index];
        array[index] = value + STEP;
        double above = loss(tensors, x, slopes);
        array[index] = value - STEP;
        double below = loss(tensors, x, slopes);
        array[index] = value;
        return (above - below) / (2 * STEP);
    }

    private double loss(Tensors tensors, double[][][] x, double[] slopes) {
        double[] y = Batches.flatten(reference.forward(tensors, x));
        double sum = 0;
        for (int k = 0; k < y.length; k++) {
            sum += slopes[k] * y[k];
        }
        return sum;
    }

    static void assertClose(String what, double[] actual, double[] expected, double limit) {
        double distance = 0;
        double length = 0;
        for (int k = 0; k < actual.length; k++) {
            distance += (actual[k] - expected[k]) * (actual[k] - expected[k]);
            length += expected[k] * expected[k];
        }
        double error = Math.sqrt(distance / length);
        assertTrue(
                error <= limit,
                "%s: relative error %.3g, allowed %.3g".formatted(what, error, limit));
    }
}
