package hlstm.trainer.layers;

import hlstm.sparse.Kernels;
import hlstm.sparse.RowPanels;
import hlstm.sparse.SparsityPattern;
import hlstm.sparse.TransposedPattern;
import java.util.Arrays;

/**
 * The batch products of a matrix parameter, dense or sparse, which may change its pattern between
 * batches. Blocks are feature-major as in {@link Kernels}.
 *
 * <p>A sparse matrix with many connections is multiplied as a dense one with zeros in it: the dense
 * kernels do several times as many multiplications in the same time. Which way is taken follows
 * from the density alone, so that equal states give equal bits.
 */
final class WeightMatrix {
    /** Bytes of inputs that a gradient product reads again for every row: a part of an L2 cache. */
    private static final int CACHE_BYTES = 1 << 17;

    private static final int MOST_STEPS = 64;

    /** Weights that stay in the L2 cache, 128 KiB, while all steps pass over them. */
    private static final int TILE_WEIGHTS = 1 << 15;

    /** Threads share the rows of a gradient. */
    private static final ThreadLocal<float[]> GRADIENT_WORK =
            ThreadLocal.withInitial(() -> new float[Kernels.GRADIENT_WORK]);

    /** Density from which products over all elements take less time than over connections. */
    private static final double DENSE = 0.25;

    private final Parameter parameter;

    /** All elements, zeros included; null where products run over the connections alone. */
    private float[] elements;

    private final RowPanels panels = new RowPanels();
    private SparsityPattern elementsFrom;
    private float[] elementGradient = new float[0];
    private SparsityPattern transposedFrom;
    private TransposedPattern transposed;
    private float[] transposedValues = new float[0];
    private final RowPanels transposedPanels = new RowPanels();

    WeightMatrix(Parameter parameter) {
        this.parameter = parameter;
    }

    Parameter parameter() {
        return parameter;
    }

    /** Takes over the current values; needed once before the products of a batch. */
    void refresh() {
        if (!parameter.isSparse()) {
            elements = parameter.values();
            elementsFrom = null;
        } else if (parameter.pattern().density() < DENSE) {
            elements = null;
            elementsFrom = null;
        } else {
            expand(parameter.pattern(), parameter.values());
        }
        if (elements != null) {
            panels.reshape(parameter.rows(), parameter.columns());
            panels.pack(elements, 0, parameter.columns(), 0, parameter.columns());
        }
        int size = isGradientOfElements() ? parameter.rows() * parameter.columns() : 0;
        if (elementGradient.length != size) {
            elementGradient = new float[size];
        }
    }

    /** Whether the gradient of a sparse matrix comes from that of all elements. */
    private boolean isGradientOfElements() {
        return parameter.isSparse()
                && (parameter.denseGradient() != null || parameter.pattern().density() >= DENSE);
    }

    private void expand(SparsityPattern pattern, float[] values) {
        if (elementsFrom != pattern) {
            elementsFrom = pattern;
            elements = new float[pattern.rows() * pattern.columns()];
        }
        for (int row = 0; row < pattern.rows(); row++) {
            int first = row * pattern.columns();
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                elements[first + pattern.column(k)] = values[k];
            }
        }
    }

    /** {@code Y += W X}, with the values of the last {@link #refresh}. */
    void multiplyAdd(
            Kernels kernels,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        multiplyAdd(kernels, 1, x, xOffset, xStride, 0, y, yOffset, yStride, 0, lanes);
    }

    /**
     * {@code Y[t] += W X[t]} for several steps t, whose outputs do not overlap: the bits are those
     * of one step after the other.
     *
     * @param xStepStride from the inputs of a step to those of the next
     * @param yStepStride from the outputs of a step to those of the next
     */
    void multiplyAdd(
            Kernels kernels,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            int lanes) {
        multiplyAdd(
                kernels,
                parameter.isSparse() ? parameter.pattern() : null,
                parameter.values(),
                elements == null ? null : panels,
                parameter.rows(),
                steps,
                x,
                xOffset,
                xStride,
                xStepStride,
                y,
                yOffset,
                yStride,
                yStepStride,
                lanes);
    }

    /** By all elements where there are any, else by the connections of a pattern. */
    private static void multiplyAdd(
            Kernels kernels,
            SparsityPattern pattern,
            float[] values,
            RowPanels elements,
            int rows,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            int lanes) {
        if (elements != null) {
            int panel = Math.max(1, elements.columns() * RowPanels.ROWS);
            int tile = Math.max(1, TILE_WEIGHTS / panel) * RowPanels.ROWS;
            for (int row = 0; row < rows; row += tile) {
                for (int step = 0; step < steps; step++) {
                    kernels.multiplyAdd(
                            elements,
                            row,
                            Math.min(rows, row + tile),
                            x,
                            xOffset + step * xStepStride,
                            xStride,
                            y,
                            yOffset + step * yStepStride,
                            yStride,
                            lanes);
                }
            }
            return;
        }
        for (int step = 0; step < steps; step++) {
            kernels.multiplyAdd(
                    pattern,
                    values,
                    0,
                    rows,
                    x,
                    xOffset + step * xStepStride,
                    xStride,
                    y,
                    yOffset + step * yStepStride,
                    yStride,
                    lanes);
        }
    }

    /** Transposes the values of the last {@link #refresh}; once before the transposed products. */
    void refreshTranspose() {
        if (elements != null) {
            transposedPanels.reshape(parameter.columns(), parameter.rows());
            transposedPanels.packTransposed(elements);
            return;
        }
        float[] values = parameter.values();
        if (transposedValues.length != values.length) {
            transposedValues = new float[values.length];
        }
        if (transposedFrom != parameter.pattern()) {
            transposedFrom = parameter.pattern();
            transposed = new TransposedPattern(transposedFrom);
        }
        transposed.transpose(values, transposedValues);
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
        transposedMultiplyAdd(kernels, 1, y, yOffset, yStride, 0, x, xOffset, xStride, 0, lanes);
    }

    /** {@code X[t] += W^T Y[t]} for several steps t, whose results do not overlap. */
    void transposedMultiplyAdd(
            Kernels kernels,
            int steps,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int lanes) {
        multiplyAdd(
                kernels,
                elements == null ? transposed.pattern() : null,
                transposedValues,
                elements == null ? null : transposedPanels,
                parameter.columns(),
                steps,
                y,
                yOffset,
                yStride,
                yStepStride,
                x,
                xOffset,
                xStride,
                xStepStride,
                lanes);
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
        if (!parameter.isSparse()) {
            addDense(kernels, fromRow, toRow, dy, x, steps, lanes, parameter.gradient());
            if (parameter.denseGradient() != null) {
                addDense(kernels, fromRow, toRow, dy, x, steps, lanes, parameter.denseGradient());
            }
        } else if (isGradientOfElements()) {
            addFromElements(kernels, fromRow, toRow, dy, x, steps, lanes);
        } else {
            addSparse(kernels, fromRow, toRow, dy, x, steps, lanes);
        }
    }

    /** Computes the gradient of all elements, and adds it to what wants it. */
    private void addFromElements(
            Kernels kernels,
            int fromRow,
            int toRow,
            StepView dy,
            StepView x,
            int steps,
            int lanes) {
        SparsityPattern pattern = parameter.pattern();
        float[] gradient = parameter.gradient();
        float[] denseGradient = parameter.denseGradient();
        int columns = parameter.columns();
        Arrays.fill(elementGradient, fromRow * columns, toRow * columns, 0);
        addDense(kernels, fromRow, toRow, dy, x, steps, lanes, elementGradient);
        for (int row = fromRow; row < toRow; row++) {
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                gradient[k] += elementGradient[row * columns + pattern.column(k)];
            }
        }
        if (denseGradient != null) {
            for (int k = fromRow * columns; k < toRow * columns; k++) {
                denseGradient[k] += elementGradient[k];
            }
        }
    }

    /** Steps that are done together, so that the inputs are still in cache for the next row. */
    private int stepsAtOnce(int lanes) {
        int bytes = Float.BYTES * lanes * (parameter.columns() + 1);
        return Math.clamp(CACHE_BYTES / bytes, 1, MOST_STEPS);
    }

    private void addSparse(
            Kernels kernels,
            int fromRow,
            int toRow,
            StepView dy,
            StepView x,
            int steps,
            int lanes) {
        int chunk = stepsAtOnce(lanes);
        for (int step = 0; step < steps; step += chunk) {
            kernels.addGradient(
                    parameter.pattern(),
                    fromRow,
                    toRow,
                    dy.data(),
                    dy.offset() + step * dy.stepStride(),
                    dy.stride(),
                    dy.stepStride(),
                    x.data(),
                    x.offset() + step * x.stepStride(),
                    x.stride(),
                    x.stepStride(),
                    Math.min(chunk, steps - step),
                    lanes,
                    parameter.gradient());
        }
    }

    private void addDense(
            Kernels kernels,
            int fromRow,
            int toRow,
            StepView dy,
            StepView x,
            int steps,
            int lanes,
            float[] gradient) {
        kernels.addGradient(
                parameter.columns(),
                fromRow,
                toRow,
                dy.data(),
                dy.offset(),
                dy.stride(),
                dy.stepStride(),
                x.data(),
                x.offset(),
                x.stride(),
                x.stepStride(),
                steps,
                lanes,
                gradient,
                GRADIENT_WORK.get());
    }
}
