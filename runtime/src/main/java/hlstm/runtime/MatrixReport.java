package hlstm.runtime;

import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;

/**
 * One weight matrix of a model in figures.
 *
 * @param name its name in the model file
 * @param rows number of outputs
 * @param columns number of inputs
 * @param geometry label of the {@link hlstm.sparse.Geometry} of a sparse matrix, or {@value #DENSE}
 * @param weights number of stored weights
 * @param products how many times it is multiplied for an output step of the model: once, or for
 *     each bin of a convolution; 0 where columns are looked up
 */
public record MatrixReport(
        String name, int rows, int columns, String geometry, int weights, long products) {
    /** What stands in place of a geometry where every connection exists. */
    public static final String DENSE = "dense";

    static MatrixReport of(String name, Matrix matrix, long products) {
        return new MatrixReport(
                name,
                matrix.rows(),
                matrix.columns(),
                geometry(matrix),
                matrix.weights(),
                products);
    }

    /** The label of a matrix's geometry. */
    static String geometry(Matrix matrix) {
        return matrix instanceof SparseMatrix sparse ? sparse.pattern().geometry().label() : DENSE;
    }

    /** Stored weights over all possible ones. */
    public double density() {
        return weights / ((double) rows * columns);
    }

    /** Whether it is one of the gate matrices of a recurrent layer. */
    public boolean isOfGates() {
        return name.contains(".gates.");
    }

    /** Whether rows of a matrix of this name are looked up: it is never multiplied. */
    static boolean isLookup(String name) {
        return name.endsWith(".embedding");
    }

    /**
     * Floating-point operations of its products: a multiplication and an addition a weight; none
     * where rows are looked up.
     */
    public long flopsPerStep() {
        return isLookup(name) ? 0 : 2L * weights * products;
    }
}
