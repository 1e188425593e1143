package hlstm.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Feature-major blocks for the tests of batch products: lanes of a feature are followed by NaNs up
 * to the stride, and the block lies between NaNs.
 *
 * @param matrix the weights
 * @param lanes lanes of a feature
 * @param steps steps of a sequence
 */
record BatchBlocks(Matrix matrix, int lanes, int steps) {
    static final int MARGIN = 5;
    private static final float[] WORK = new float[Kernels.GRADIENT_WORK];
    private static final int[] LANES = {1, 3, 4, 7, 8, 13, 16, 24, 32, 45, 64, 99};
    private static final int[][] SHAPES = {{1, 1}, {3, 0}, {7, 13}, {13, 7}, {33, 40}};

    static Stream<BatchBlocks> all() {
        List<BatchBlocks> all = new ArrayList<>();
        for (int[] shape : SHAPES) {
            for (int lanes : LANES) {
                all.add(new BatchBlocks(KernelSamples.dense(shape[0], shape[1]), lanes, 3));
                all.add(new BatchBlocks(KernelSamples.dense(shape[0], shape[1]), lanes, 67));
                for (double density : new double[] {0, 0.05, 0.5, 1}) {
                    SparseMatrix sparse =
                            KernelSamples.sparse(shape[0], shape[1], Geometry.PLAIN, density);
                    all.add(new BatchBlocks(sparse, lanes, 3));
                }
            }
        }
        // More rows, lanes and columns than the gradient packs at a time.
        all.add(new BatchBlocks(KernelSamples.dense(261, 3), 24, 11));
        all.add(new BatchBlocks(KernelSamples.dense(7, 34), 257, 3));
        all.add(new BatchBlocks(KernelSamples.dense(7, 67), 200, 3));
        return all.stream();
    }

    int stride() {
        return lanes + 2;
    }

    /** Distance between steps of a block with so many features. */
    int stepStride(int features) {
        return features * stride() + 3;
    }

    /** A block of random numbers for each step, the rest NaN. */
    float[] block(int features, long seed) {
        float[] block = new float[2 * MARGIN + steps * stepStride(features)];
        Arrays.fill(block, Float.NaN);
        float[] numbers = KernelSamples.numbers(steps * features * lanes, seed);
        int k = 0;
        for (int step = 0; step < steps; step++) {
            for (int feature = 0; feature < features; feature++) {
                for (int lane = 0; lane < lanes; lane++) {
                    block[place(features, step, feature, lane)] = numbers[k++];
                }
            }
        }
        return block;
    }

    int place(int features, int step, int feature, int lane) {
        return MARGIN + step * stepStride(features) + feature * stride() + lane;
    }

    /** {@code Y += W X} of the first step by these kernels, for a range of rows. */
    void multiplyAdd(Kernels kernels, int fromRow, int toRow, float[] x, float[] y) {
        if (matrix instanceof SparseMatrix sparse) {
            kernels.multiplyAdd(
                    sparse.pattern(),
                    sparse.values(),
                    fromRow,
                    toRow,
                    x,
                    MARGIN,
                    stride(),
                    y,
                    MARGIN,
                    stride(),
                    lanes);
        } else {
            kernels.multiplyAdd(
                    ((DenseMatrix) matrix).values(),
                    matrix.columns(),
                    fromRow,
                    toRow,
                    x,
                    MARGIN,
                    stride(),
                    y,
                    MARGIN,
                    stride(),
                    lanes);
        }
    }

    /** The gradient by these kernels, for a range of rows; x runs backwards over the steps. */
    void addGradient(
            Kernels kernels, int fromRow, int toRow, float[] dy, float[] x, float[] gradient) {
        int xStep = stepStride(matrix.columns());
        int lastX = MARGIN + (steps - 1) * xStep;
        int dyStep = stepStride(matrix.rows());
        if (matrix instanceof SparseMatrix sparse) {
            kernels.addGradient(
                    sparse.pattern(),
                    fromRow,
                    toRow,
                    dy,
                    MARGIN,
                    stride(),
                    dyStep,
                    x,
                    lastX,
                    stride(),
                    -xStep,
                    steps,
                    lanes,
                    gradient);
        } else {
            kernels.addGradient(
                    matrix.columns(),
                    fromRow,
                    toRow,
                    dy,
                    MARGIN,
                    stride(),
                    dyStep,
                    x,
                    lastX,
                    stride(),
                    -xStep,
                    steps,
                    lanes,
                    gradient,
                    WORK);
        }
    }
}
