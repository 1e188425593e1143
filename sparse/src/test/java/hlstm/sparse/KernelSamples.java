package hlstm.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Matrices, numbers and error bounds for the tests of the kernels. */
final class KernelSamples {
    /** Around every number of rows and columns that fills tiles or registers. */
    private static final int[][] SHAPES = {
        {0, 3}, {3, 0}, {1, 1}, {7, 13}, {13, 7}, {16, 8}, {33, 33}, {40, 9}, {100, 33}, {13, 100}
    };

    /** Around windows of 128 rows, tiles of 16, and the 8 rows that scalar kernels do at once. */
    private static final int[][] IRREGULAR_SHAPES = {
        {5, 9}, {8, 5}, {16, 8}, {37, 40}, {127, 20}, {144, 33}, {300, 21}
    };

    private static final double[] DENSITIES = {0, 0.05, 0.5, 1};

    private KernelSamples() {}

    /** Scalar kernels, the chosen ones, and with vectors each form that these may take. */
    static List<Kernels> kernels() {
        List<Kernels> kernels = new ArrayList<>();
        kernels.add(KernelProviders.of("scalar"));
        kernels.add(KernelProviders.get());
        int bits = KernelProviders.get().report().vectorBits();
        if (bits > 0) {
            kernels.add(KernelProviders.of("vector", "scalar"));
        }
        if (bits >= 256) {
            kernels.add(KernelProviders.of("vector", "gather"));
        }
        return kernels;
    }

    /** Dense and sparse matrices of every geometry, shape and density. */
    static Stream<Matrix> matrices() {
        List<Matrix> matrices = new ArrayList<>();
        for (int[] shape : SHAPES) {
            matrices.add(dense(shape[0], shape[1]));
            for (Geometry geometry : Geometry.values()) {
                for (double density : DENSITIES) {
                    matrices.add(sparse(shape[0], shape[1], geometry, density));
                }
            }
        }
        for (int[] shape : IRREGULAR_SHAPES) {
            matrices.add(irregular(shape[0], shape[1]));
        }
        return matrices.stream();
    }

    /** A plain matrix whose rows have any number of connections; every sixth has none, one all. */
    static SparseMatrix irregular(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows * 37 + columns);
        int[] offsets = new int[rows + 1];
        int[] indices = new int[rows * columns];
        int nonzeros = 0;
        for (int row = 0; row < rows; row++) {
            double density = row % 6 == 2 ? 0 : row == rows / 2 ? 1 : random.nextDouble();
            for (int column = 0; column < columns; column++) {
                if (random.nextDouble() < density) {
                    indices[nonzeros++] = column;
                }
            }
            offsets[row + 1] = nonzeros;
        }
        SparsityPattern pattern =
                new SparsityPattern(
                        rows, columns, Geometry.PLAIN, offsets, Arrays.copyOf(indices, nonzeros));
        return new SparseMatrix(pattern, numbers(nonzeros, rows + columns));
    }

    static DenseMatrix dense(int rows, int columns) {
        return new DenseMatrix(rows, columns, numbers(rows * columns, rows + columns));
    }

    static SparseMatrix sparse(int rows, int columns, Geometry geometry, double density) {
        SparsityPattern pattern =
                SparsityPattern.random(
                        rows,
                        columns,
                        geometry,
                        density,
                        new SplittableRandom(rows * 31 + columns));
        return new SparseMatrix(pattern, numbers(pattern.nonzeros(), rows + columns));
    }

    /** Numbers in [-1, 1). */
    static float[] numbers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = 2 * random.nextFloat() - 1;
        }
        return numbers;
    }

    /** These numbers between {@code margin} NaNs on either side. */
    static float[] framed(float[] numbers, int margin) {
        float[] framed = new float[numbers.length + 2 * margin];
        Arrays.fill(framed, Float.NaN);
        System.arraycopy(numbers, 0, framed, margin, numbers.length);
        return framed;
    }

    /**
     * How far a float sum of products may lie from the exact one: rounding errors grow with the
     * logarithm of the number of terms in a balanced sum of random errors, and a product below the
     * normal range loses up to half the smallest number.
     *
     * @param terms number of products
     * @param magnitude the sum of their absolute values and of what they are added to
     */
    static double tolerance(int terms, double magnitude) {
        double roundings = 4 * Math.ceil(Math.log(terms + 2) / Math.log(2));
        return roundings * Math.ulp(1f) * magnitude + (terms + 1) * (double) Float.MIN_VALUE;
    }
}
