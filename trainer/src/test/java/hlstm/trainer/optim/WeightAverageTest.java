package hlstm.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.ThreadWorkers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightAverageTest {
    private static Parameter parameter(int size) {
        return new Parameter("w", Parameter.Kind.OTHER, 1, size);
    }

    private static void draw(Parameter parameter, SplittableRandom random) {
        for (int k = 0; k < parameter.values().length; k++) {
            parameter.values()[k] = (float) random.nextDouble(-1, 1);
        }
    }

    private static void update(WeightAverage average, long steps, Parameter... parameters) {
        try (ThreadWorkers one = new ThreadWorkers(1)) {
            average.update(List.of(parameters), steps, one);
        }
    }

    @Test
    void isTheWeightedMeanOfAllSteps() {
        int size = 5;
        int steps = 60;
        Parameter w = parameter(size);
        WeightAverage average = new WeightAverage(0.8);
        SplittableRandom random = new SplittableRandom(1);
        double[] expected = new double[size];
        for (int step = 1; step <= steps; step++) {
            draw(w, random);
            update(average, step, w);
            // Nine steps in, 9 / 18 is less than the decay; from 36 on the decay is.
            double part = step == 1 ? 1 : Math.max(0.2, 9.0 / (step + 9));
            for (int k = 0; k < size; k++) {
                expected[k] = (1 - part) * expected[k] + part * w.values()[k];
                assertEquals(expected[k], w.average()[k], 1e-6, "step %d".formatted(step));
            }
        }
    }

    @Test
    void doesNothingWithoutDecay() {
        Parameter w = parameter(3);
        update(new WeightAverage(0), 1, w);
        assertNull(w.average());
    }

    @Test
    void changesNoWeight() {
        Parameter w = parameter(7);
        draw(w, new SplittableRandom(2));
        float[] before = w.values().clone();
        WeightAverage average = new WeightAverage(0.5);
        update(average, 1, w);
        update(average, 2, w);
        assertArrayEquals(before, w.values());
    }

    @Test
    void threadsGiveTheSameBits() {
        Parameter[] one = {parameter(40), parameter(3), parameter(1000)};
        Parameter[] many = {parameter(40), parameter(3), parameter(1000)};
        WeightAverage average = new WeightAverage(0.99);
        SplittableRandom random = new SplittableRandom(3);
        try (ThreadWorkers three = new ThreadWorkers(3)) {
            for (int step = 1; step <= 5; step++) {
                for (int k = 0; k < one.length; k++) {
                    draw(one[k], random);
                    System.arraycopy(
                            one[k].values(), 0, many[k].values(), 0, one[k].values().length);
                }
                update(average, step, one);
                average.update(List.of(many), step, three);
            }
        }
        for (int k = 0; k < one.length; k++) {
            assertArrayEquals(one[k].average(), many[k].average());
        }
    }

    @Test
    void exchangedTwiceNothingHasChanged() {
        Parameter averaged = parameter(4);
        Parameter other = parameter(2);
        SplittableRandom random = new SplittableRandom(4);
        draw(averaged, random);
        draw(other, random);
        averaged.setAverage(new float[] {1, 2, 3, 4});
        float[] values = averaged.values().clone();
        float[] others = other.values().clone();

        WeightAverage.exchange(List.of(averaged, other));
        assertArrayEquals(new float[] {1, 2, 3, 4}, averaged.values());
        assertArrayEquals(values, averaged.average());
        assertArrayEquals(others, other.values());

        WeightAverage.exchange(List.of(averaged, other));
        assertArrayEquals(values, averaged.values());
        assertArrayEquals(new float[] {1, 2, 3, 4}, averaged.average());
        assertNull(other.average());
    }

    @Test
    void averagesFollowTheConnectionsOfANewPattern() {
        SparsityPattern before =
                new SparsityPattern(1, 4, Geometry.PLAIN, new int[] {0, 2}, new int[] {0, 2});
        SparsityPattern after =
                new SparsityPattern(1, 4, Geometry.PLAIN, new int[] {0, 2}, new int[] {2, 3});
        Parameter w = new Parameter("w", Parameter.Kind.OTHER, 1, 4, before);
        w.setAverage(new float[] {5, 6});
        w.restructure(after);
        assertArrayEquals(new float[] {6, 0}, w.average());
        assertNotNull(w.average());
        w.restore(before, new float[2], List.of());
        assertNull(w.average(), "the average of another state");
    }

    @Test
    void anAverageOfAnotherSizeIsRefused() {
        Parameter w = parameter(3);
        assertThrows(IllegalArgumentException.class, () -> w.setAverage(new float[2]));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void decaysOutOfRangeAreRefused(double decay) {
        assertThrows(IllegalArgumentException.class, () -> new WeightAverage(decay));
    }
}
