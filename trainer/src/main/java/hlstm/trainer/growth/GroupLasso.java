package hlstm.trainer.growth;

import hlstm.sparse.Geometry;
import hlstm.trainer.layers.Parameter;
import java.util.Arrays;

/**
 * The proximal step of the group lasso (Yuan, Lin 2006) with the groups that pruning takes: what it
 * will cut is drawn to zero before it goes. A group of {@code n} weights {@code w} becomes
 *
 * <pre>
 *     w * max(0, 1 - amount * sqrt(n) / |w|)
 * </pre>
 *
 * <p>In blocks of rows a group is a column of a block. Single connections and those of banks, each
 * of which may be cut for another of its bank, are groups of one.
 */
final class GroupLasso {
    private GroupLasso() {}

    /**
     * Shrinks all groups of a matrix, sparse in the geometry or still dense.
     *
     * @param amount by which the root mean square of a group falls; not negative
     */
    static void shrink(Parameter parameter, Geometry geometry, float amount) {
        int height = geometry.tileColumns() == 1 ? geometry.tileRows() : 1;
        if (height == 1) {
            shrinkSingle(parameter.values(), amount);
            return;
        }
        double[] energy = new double[parameter.columns()];
        for (int first = 0; first < parameter.rows(); first += height) {
            int last = Math.min(parameter.rows(), first + height);
            shrinkBlock(parameter, first, last, energy, amount);
        }
    }

    private static void shrinkSingle(float[] values, float amount) {
        for (int k = 0; k < values.length; k++) {
            float left = Math.max(0, Math.abs(values[k]) - amount);
            values[k] = Math.copySign(left, values[k]);
        }
    }

    /** The rows of a block have the same columns, in the same order. */
    private static void shrinkBlock(
            Parameter parameter, int first, int last, double[] energy, float amount) {
        float[] values = parameter.values();
        int columns = parameter.connections(first);
        Arrays.fill(energy, 0, columns, 0);
        for (int row = first; row < last; row++) {
            int start = parameter.rowStart(row);
            for (int k = 0; k < columns; k++) {
                double w = values[start + k];
                energy[k] += w * w;
            }
        }
        for (int k = 0; k < columns; k++) {
            double rootMeanSquare = Math.sqrt(energy[k] / (last - first));
            energy[k] = rootMeanSquare > amount ? 1 - amount / rootMeanSquare : 0;
        }
        for (int row = first; row < last; row++) {
            int start = parameter.rowStart(row);
            for (int k = 0; k < columns; k++) {
                values[start + k] *= (float) energy[k];
            }
        }
    }
}
