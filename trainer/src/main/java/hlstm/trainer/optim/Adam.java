package hlstm.trainer.optim;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Workers;
import java.util.List;

/**
 * Adam with bias correction (Kingma and Ba 2015) and decoupled weight decay (Loshchilov and Hutter
 * 2019): {@code w -= rate * (m' / (sqrt(v') + epsilon) + decay * w)}; vectors do not decay. A
 * connection that has just been woken starts with moments of zero but shares the step count of all,
 * so its first moves are small.
 */
public final class Adam implements Optimizer {
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final float weightDecay;
    private long steps;

    /** The published defaults: decay rates 0.9 and 0.999, epsilon 1e-8, no weight decay. */
    public Adam() {
        this(0.9, 0.999, 1e-8, 0);
    }

    /**
     * All settings.
     *
     * @param beta1 decay rate of the first moment, in [0, 1)
     * @param beta2 decay rate of the second moment, in [0, 1)
     * @param epsilon positive; added to the root of the second moment
     * @param weightDecay 0 for none
     */
    public Adam(double beta1, double beta2, double epsilon, double weightDecay) {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "decay rates must lie in [0, 1), found %s and %s".formatted(beta1, beta2));
        }
        if (!(epsilon > 0 && weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "epsilon must be positive and weight decay not below 0, found %s and %s"
                            .formatted(epsilon, weightDecay));
        }
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = (float) epsilon;
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public List<String> slotNames() {
        return List.of("firstMoment", "secondMoment");
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public void setSteps(long steps) {
        this.steps = steps;
    }

    @Override
    public void step(List<Parameter> parameters, double learningRate, Workers workers) {
        steps++;
        float rate = (float) (learningRate / (1 - Math.pow(beta1, steps)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(beta2, steps)));
        float decayed = (float) (learningRate * weightDecay);
        workers.run(parameters.size(), k -> update(parameters.get(k), rate, correction, decayed));
    }

    private void update(Parameter parameter, float rate, float correction, float decayed) {
        Slots.ensure(parameter, 2);
        float keep = parameter.kind() == Parameter.Kind.VECTOR ? 1 : 1 - decayed;
        float keepFirst = (float) beta1;
        float keepSecond = (float) beta2;
        float takeFirst = (float) (1 - beta1);
        float takeSecond = (float) (1 - beta2);
        float[] w = parameter.values();
        float[] gradient = parameter.gradient();
        float[] m = parameter.slots().get(0);
        float[] v = parameter.slots().get(1);
        for (int k = 0; k < w.length; k++) {
            float g = gradient[k];
            m[k] = keepFirst * m[k] + takeFirst * g;
            v[k] = keepSecond * v[k] + takeSecond * g * g;
            float deviation = (float) Math.sqrt(v[k]) * correction + epsilon;
            w[k] = w[k] * keep - rate * m[k] / deviation;
        }
    }
}
