package hlstm.trainer.growth;

import hlstm.sparse.Geometry;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import java.util.random.RandomGenerator;

/**
 * The structure that training starts from: a random share of all connections.
 *
 * @param density share of connections, in (0, 1]; 1 leaves a matrix dense until it is pruned
 */
record SparseSeed(double density) {
    /**
     * Masks a freshly initialised dense matrix. What is left is scaled by one over the root of the
     * density, so that pre-activations start with the variance that the initialisation meant.
     */
    void plant(Parameter parameter, Geometry geometry, RandomGenerator random) {
        if (parameter.isSparse()) {
            throw new IllegalStateException(
                    "%s is sparse already: a seed is planted once, in a dense matrix"
                            .formatted(parameter));
        }
        if (density == 1) {
            return;
        }
        SparsityPattern pattern =
                SparsityPattern.random(
                        parameter.rows(), parameter.columns(), geometry, density, random);
        parameter.restructure(pattern);
        if (pattern.nonzeros() > 0) {
            float scale = (float) (1 / Math.sqrt(pattern.density()));
            float[] values = parameter.values();
            for (int k = 0; k < values.length; k++) {
                values[k] *= scale;
            }
        }
    }
}
