package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;

/**
 * {@code y[t] = W x[t] + bias} for blocks of rows that share their columns and several steps t at
 * once: weights are read once for 4 or 8 steps. Every row of every step is summed in the order of
 * {@link RowBlockProduct}, hence the same bits.
 */
public final class RowBlockSteps {
    /** Steps that slices do at once. */
    private static final int SLICE_STEPS = 4;

    private RowBlockSteps() {}

    /** How many steps are done at once with blocks of this height. */
    public static int stepsAtOnce(int height) {
        return WholeBlocks.fit(height) ? WholeBlockSteps.stepsAtOnce(height) : SLICE_STEPS;
    }

    /**
     * The product for {@link #stepsAtOnce} steps. Blocks and slices are those of {@link
     * RowBlockProduct#multiplyAdd}.
     *
     * @param rows number of rows
     * @param height rows of a block, a multiple of 4
     * @param offsets where the columns of each block begin, and the end
     * @param columns the columns of each block
     * @param values {@code height} weights for each of {@code columns}
     * @param valuesOffset where the first weight lies in {@code values}
     * @param xStride from the inputs of a step to those of the next
     * @param yStride from the outputs of a step to those of the next
     */
    public static void multiply(
            int rows,
            int height,
            int[] offsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        int whole = rows / height;
        int steps = stepsAtOnce(height);
        if (WholeBlocks.fit(height)) {
            WholeBlockSteps.multiply(
                    whole,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        } else {
            slices(
                    height,
                    height,
                    offsets,
                    0,
                    whole,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        }
        int rest = rows - whole * height;
        if (rest == 0) {
            return;
        }
        for (int t = 0; t < steps; t += SLICE_STEPS) {
            slices(
                    rest,
                    height,
                    offsets,
                    whole,
                    whole + 1,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset + t * xStride,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset + t * yStride,
                    yStride);
        }
    }

    /** The first {@code live} rows of blocks [from, to), for four steps. */
    private static void slices(
            int live,
            int height,
            int[] offsets,
            int from,
            int to,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        int first = 0;
        for (; first + LANES <= live; first += LANES) {
            WideSliceSteps.multiply(
                    first,
                    height,
                    offsets,
                    from,
                    to,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        }
        if (LANES > 8 && first + 8 <= live) {
            EightRowSteps.multiply(
                    first,
                    height,
                    offsets,
                    from,
                    to,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
            first += 8;
        }
        for (; first + 4 <= live; first += 4) {
            FourRowSteps.multiply(
                    first,
                    height,
                    offsets,
                    from,
                    to,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        }
        if (first < live) {
            part(
                    live - first,
                    first,
                    height,
                    offsets,
                    from,
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        }
    }

    /** The first {@code live} rows, fewer than 4, of a slice of one block, step after step. */
    private static void part(
            int live,
            int first,
            int height,
            int[] offsets,
            int block,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        int row = block * height + first;
        for (int t = 0; t < SLICE_STEPS; t++) {
            int to = yOffset + t * yStride;
            System.arraycopy(bias, biasOffset + row, y, to + row, live);
            FourRows.multiplyAddPart(
                    live,
                    first,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    block,
                    x,
                    xOffset + t * xStride,
                    y,
                    to);
        }
    }
}
