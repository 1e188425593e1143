package hlstm.trainer.optim;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Workers;
import java.util.List;

/** Limits gradients before an optimiser's step. The same bits on any number of threads. */
public final class GradientClipping {
    private GradientClipping() {}

    /** The Euclidean norm of the gradients of all parameters together; sums in double precision. */
    public static double norm(List<Parameter> parameters, Workers workers) {
        double[] squares = new double[parameters.size()];
        workers.run(squares.length, k -> squares[k] = squares(parameters.get(k).gradient()));
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    private static double squares(float[] gradient) {
        double sum = 0;
        for (float g : gradient) {
            sum += (double) g * g;
        }
        return sum;
    }

    /**
     * Scales all gradients down so that their common norm is at most {@code limit}. A norm that is
     * not finite leaves them as they are: skip the optimiser's step then.
     *
     * @return the norm before
     */
    public static double byNorm(List<Parameter> parameters, double limit, Workers workers) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("a norm limit must be positive, found " + limit);
        }
        double norm = norm(parameters, workers);
        if (norm > limit && norm < Double.POSITIVE_INFINITY) {
            float factor = (float) (limit / norm);
            workers.run(parameters.size(), k -> scale(parameters.get(k).gradient(), factor));
        }
        return norm;
    }

    private static void scale(float[] gradient, float factor) {
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] *= factor;
        }
    }

    /** Clamps each element of all gradients to [-limit, limit]; NaN stays NaN. */
    public static void byValue(List<Parameter> parameters, double limit, Workers workers) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("a value limit must be positive, found " + limit);
        }
        float bound = (float) limit;
        workers.run(parameters.size(), k -> clamp(parameters.get(k).gradient(), bound));
    }

    private static void clamp(float[] gradient, float bound) {
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = Math.max(-bound, Math.min(bound, gradient[k]));
        }
    }
}
