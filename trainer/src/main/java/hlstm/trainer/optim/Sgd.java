package hlstm.trainer.optim;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Workers;
import java.util.List;

/**
 * Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013, in the form of
 * PyTorch): {@code v = momentum * v + g; w -= rate * (g + momentum * v)}. Weight decay adds {@code
 * decay * w} to the gradient of everything but vectors.
 */
public final class Sgd implements Optimizer {
    private final float momentum;
    private final float weightDecay;
    private long steps;

    /**
     * Momentum 0 is plain gradient descent.
     *
     * @param momentum in [0, 1)
     * @param weightDecay 0 for none
     */
    public Sgd(double momentum, double weightDecay) {
        if (!(momentum >= 0 && momentum < 1 && weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "momentum must lie in [0, 1) and weight decay not below 0, found %s and %s"
                            .formatted(momentum, weightDecay));
        }
        this.momentum = (float) momentum;
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public List<String> slotNames() {
        return List.of("momentum");
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
        float rate = (float) learningRate;
        workers.run(parameters.size(), k -> update(parameters.get(k), rate));
    }

    private void update(Parameter parameter, float rate) {
        Slots.ensure(parameter, 1);
        float decay = parameter.kind() == Parameter.Kind.VECTOR ? 0 : weightDecay;
        float[] w = parameter.values();
        float[] gradient = parameter.gradient();
        float[] v = parameter.slots().getFirst();
        for (int k = 0; k < w.length; k++) {
            float g = gradient[k] + decay * w[k];
            v[k] = momentum * v[k] + g;
            w[k] -= rate * (g + momentum * v[k]);
        }
    }
}
