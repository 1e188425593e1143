package hlstm.trainer.growth;

import hlstm.trainer.layers.Parameter;
import java.util.random.RandomGenerator;

/** How much a dormant connection is wanted. */
public enum GrowthScore {
    /**
     * The magnitude of the accumulated gradient of the loss, as if the connection existed: how fast
     * the loss would fall with it (Dai, Yin, Jha 2018).
     */
    GRADIENT {
        @Override
        float[] scores(Parameter parameter, RandomGenerator random) {
            float[] gradient = parameter.denseGradient();
            if (gradient == null) {
                throw new IllegalStateException(
                        ("%s has gathered no dense gradient to grow by: call beforeBatch before"
                                        + " every batch of the epoch")
                                .formatted(parameter.name()));
            }
            float[] scores = new float[gradient.length];
            float largest = 0;
            for (int k = 0; k < gradient.length; k++) {
                scores[k] = Math.abs(gradient[k]);
                largest = Math.max(largest, scores[k]);
            }
            if (largest == 0 && scores.length > 0) {
                throw new IllegalStateException(
                        ("the dense gradient of %s is zero everywhere: nothing flows back through"
                                        + " the matrix, or its layer does not gather it")
                                .formatted(parameter.name()));
            }
            return scores;
        }
    },

    /** A random number: the control that an honest claim for the gradient needs. */
    RANDOM {
        @Override
        float[] scores(Parameter parameter, RandomGenerator random) {
            float[] scores = new float[parameter.rows() * parameter.columns()];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = random.nextFloat();
            }
            return scores;
        }
    };

    /** A score for each element, row after row, not negative. */
    abstract float[] scores(Parameter parameter, RandomGenerator random);
}
