package hlstm.trainer.layers;

import hlstm.sparse.Kernels;
import hlstm.sparse.SparsityPattern;
import hlstm.sparse.TransposedPattern;

/**
 * The batch products of a matrix parameter, dense or sparse, which may change its pattern between
 * batches. Blocks are feature-major as in {@link Kernels}.
 */
final class WeightMatrix {
    /** Bytes of inputs that a gradient product reads again for every row: a part of an L2 cache. */
    private static final int CACHE_BYTES = 1 << 17;

    private static final int MOST_STEPS = 64;

    private final Parameter parameter;
    private SparsityPattern transposedFrom;
    private TransposedPattern transposed;
    private float[] transposedValues = new float[0];

    WeightMatrix(Parameter parameter) {
        this.parameter = parameter;
    }

    Parameter parameter() {
        return parameter;
    }

    /** {@code Y += W X}. */
    void multiplyAdd(
            Kernels kernels,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        int rows = parameter.rows();
        float[] values = parameter.values();
        if (parameter.isSparse()) {
            kernels.multiplyAdd(
                    parameter.pattern(),
                    values,
                    0,
                    rows,
                    x,
                    xOffset,
                    xStride,
                    y,
                    yOffset,
                    yStride,
                    lanes);
        } else {
            kernels.multiplyAdd(
                    values,
                    parameter.columns(),
                    0,
                    rows,
                    x,
                    xOffset,
                    xStride,
                    y,
                    yOffset,
                    yStride,
                    lanes);
        }
    }

    /** Takes over the current values; needed once before the transposed products of a batch. */
    void refreshTranspose() {
        float[] values = parameter.values();
        if (transposedValues.length != values.length) {
            transposedValues = new float[values.length];
        }
        if (!parameter.isSparse()) {
            transposeDense(values, parameter.rows(), parameter.columns(), transposedValues);
            return;
        }
        if (transposedFrom != parameter.pattern()) {
            transposedFrom = parameter.pattern();
            transposed = new TransposedPattern(transposedFrom);
        }
        transposed.transpose(values, transposedValues);
    }

    private static void transposeDense(float[] from, int rows, int columns, float[] into) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                into[column * rows + row] = from[row * columns + column];
            }
        }
    }

    /** {@code X += W^T Y}, with the values of the last {@link #refreshTranspose}. */
    void transposedMultiplyAdd(
            Kernels kernels,
            float[] y,
            int yOffset,
            int yStride,
            float[] x,
            int xOffset,
            int xStride,
            int lanes) {
        int columns = parameter.columns();
        if (parameter.isSparse()) {
            kernels.multiplyAdd(
                    transposed.pattern(),
                    transposedValues,
                    0,
                    columns,
                    y,
                    yOffset,
                    yStride,
                    x,
                    xOffset,
                    xStride,
                    lanes);
        } else {
            kernels.multiplyAdd(
                    transposedValues,
                    parameter.rows(),
                    0,
                    columns,
                    y,
                    yOffset,
                    yStride,
                    x,
                    xOffset,
                    xStride,
                    lanes);
        }
    }

    /**
     * Adds the gradient of the weights of rows [fromRow, toRow) over several steps, and that of all
     * elements where growth is scoring.
     *
     * @param dy gradient of the outputs
     * @param x the inputs at the same steps
     */
    void addGradient(
            Kernels kernels,
            int fromRow,
            int toRow,
            StepView dy,
            StepView x,
            int steps,
            int lanes) {
        int bytes = Float.BYTES * lanes * (parameter.columns() + 1);
        int chunk = Math.clamp(CACHE_BYTES / bytes, 1, MOST_STEPS);
        for (int step = 0; step < steps; step += chunk) {
            int count = Math.min(chunk, steps - step);
            if (parameter.isSparse()) {
                addSparse(kernels, fromRow, toRow, dy, x, step, count, lanes);
            } else {
                addDense(kernels, fromRow, toRow, dy, x, step, count, lanes, parameter.gradient());
            }
            if (parameter.denseGradient() != null) {
                addDense(
                        kernels,
                        fromRow,
                        toRow,
                        dy,
                        x,
                        step,
                        count,
                        lanes,
                        parameter.denseGradient());
            }
        }
    }

    private void addSparse(
            Kernels kernels,
            int fromRow,
            int toRow,
            StepView dy,
            StepView x,
            int fromStep,
            int steps,
            int lanes) {
        kernels.addGradient(
                parameter.pattern(),
                fromRow,
                toRow,
                dy.data(),
                dy.offset() + fromStep * dy.stepStride(),
                dy.stride(),
                dy.stepStride(),
                x.data(),
                x.offset() + fromStep * x.stepStride(),
                x.stride(),
                x.stepStride(),
                steps,
                lanes,
                parameter.gradient());
    }

    private void addDense(
            Kernels kernels,
            int fromRow,
            int toRow,
            StepView dy,
            StepView x,
            int fromStep,
            int steps,
            int lanes,
            float[] gradient) {
        kernels.addGradient(
                parameter.columns(),
                fromRow,
                toRow,
                dy.data(),
                dy.offset() + fromStep * dy.stepStride(),
                dy.stride(),
                dy.stepStride(),
                x.data(),
                x.offset() + fromStep * x.stepStride(),
                x.stride(),
                x.stepStride(),
                steps,
                lanes,
                gradient);
    }
}
