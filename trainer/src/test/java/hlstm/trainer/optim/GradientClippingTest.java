package hlstm.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.ThreadWorkers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
    private final ThreadWorkers workers = new ThreadWorkers(2);
    private final List<Parameter> parameters = List.of(parameter(3), parameter(4, -12));

    @AfterEach
    void close() {
        workers.close();
    }

    private static Parameter parameter(float... gradient) {
        Parameter parameter = new Parameter("w", Parameter.Kind.OTHER, gradient.length, 1);
        System.arraycopy(gradient, 0, parameter.gradient(), 0, gradient.length);
        return parameter;
    }

    @Test
    void scalesALongGradientDown() {
        assertEquals(13, GradientClipping.byNorm(parameters, 6.5, workers));
        assertArrayEquals(new float[] {1.5f}, parameters.get(0).gradient());
        assertArrayEquals(new float[] {2, -6}, parameters.get(1).gradient());
    }

    @Test
    void leavesAShortOneAlone() {
        assertEquals(13, GradientClipping.byNorm(parameters, 13, workers));
        assertArrayEquals(new float[] {4, -12}, parameters.get(1).gradient());
    }

    @Test
    void reportsWhatIsNotFinite() {
        parameters.get(0).gradient()[0] = Float.NaN;
        assertTrue(Double.isNaN(GradientClipping.byNorm(parameters, 1, workers)));
        assertArrayEquals(new float[] {4, -12}, parameters.get(1).gradient());
    }

    @Test
    void clampsElements() {
        parameters.get(0).gradient()[0] = Float.NaN;
        GradientClipping.byValue(parameters, 5, workers);
        assertArrayEquals(new float[] {Float.NaN}, parameters.get(0).gradient());
        assertArrayEquals(new float[] {4, -5}, parameters.get(1).gradient());
    }
}
