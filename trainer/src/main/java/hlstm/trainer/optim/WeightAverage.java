package hlstm.trainer.optim;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Workers;
import java.util.List;

/**
 * The exponential moving average of a network's weights over the steps of training (Polyak and
 * Juditsky 1992): {@code average += (1 - decay) * (weight - average)} after every step. The average
 * is a better network than the last step left, while training itself goes on from that one.
 *
 * <p>Early on the decay is {@code steps / (steps + 9)} if that is less, so that a mean of few
 * values does not hold on to the first ones. An average lies in {@link Parameter#average()}: it
 * follows the connections when the structure changes, and that of a new connection begins at zero.
 */
public final class WeightAverage {
    /** Early averages look back over a ninth or so of the steps done. */
    private static final int EARLY_PART = 9;

    private final double decay;

    /**
     * An average.
     *
     * @param decay what remains of the average at a step, in [0, 1); 0 keeps none
     */
    public WeightAverage(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("decay must lie in [0, 1), found " + decay);
        }
        this.decay = decay;
    }

    /**
     * Takes the weights after a step into the averages. The first time they are the weights.
     *
     * @param steps done, this one included
     */
    public void update(List<Parameter> parameters, long steps, Workers workers) {
        if (decay == 0) {
            return;
        }
        float part = (float) (1 - Math.min(decay, (double) steps / (steps + EARLY_PART)));
        workers.run(parameters.size(), k -> update(parameters.get(k), part));
    }

    private static void update(Parameter parameter, float part) {
        float[] values = parameter.values();
        float[] average = parameter.average();
        if (average == null) {
            parameter.setAverage(values.clone());
            return;
        }
        for (int k = 0; k < values.length; k++) {
            average[k] += part * (values[k] - average[k]);
        }
    }

    /**
     * Puts the averages in the place of the weights and the weights in the place of the averages:
     * once to evaluate or keep the averaged network, and again to go on. Parameters without an
     * average stay.
     */
    public static void exchange(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            float[] values = parameter.values();
            float[] average = parameter.average();
            for (int k = 0; average != null && k < values.length; k++) {
                float value = values[k];
                values[k] = average[k];
                average[k] = value;
            }
        }
    }
}
