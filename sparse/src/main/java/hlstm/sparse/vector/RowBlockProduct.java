package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * {@code y += W x} for blocks of rows that share their columns: one input meets registers of
 * weights, which lie side by side. Four sums are kept in flight, since a chain of multiply-adds
 * waits for itself.
 */
public final class RowBlockProduct {
    private RowBlockProduct() {}

    /**
     * The whole product. Blocks are cut into slices of rows as wide as registers; a last block with
     * fewer rows into slices down to single lanes, so that no row beyond {@code rows} is written.
     *
     * @param rows number of rows
     * @param height rows of a block, a multiple of 4
     * @param offsets where the columns of each block begin, and the end
     * @param columns the columns of each block
     * @param values {@code height} weights for each of {@code columns}
     * @param valuesOffset where the first weight lies in {@code values}
     */
    public static void multiplyAdd(
            int rows,
            int height,
            int[] offsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        int whole = rows / height;
        if (WholeBlocks.fit(height)) {
            WholeBlocks.multiplyAdd(
                    whole, height, offsets, columns, values, valuesOffset, x, xOffset, y, yOffset);
        } else {
            slices(
                    height,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    0,
                    whole,
                    x,
                    xOffset,
                    y,
                    yOffset);
        }
        int rest = rows - whole * height;
        if (rest > 0) {
            slices(
                    rest,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    whole,
                    whole + 1,
                    x,
                    xOffset,
                    y,
                    yOffset);
        }
    }

    /** The first {@code live} rows of blocks [from, to). */
    private static void slices(
            int live,
            int height,
            int[] offsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            int from,
            int to,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        int first = 0;
        for (; first + LANES <= live; first += LANES) {
            oneVector(
                    first,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    from,
                    to,
                    x,
                    xOffset,
                    y,
                    yOffset);
        }
        if (LANES > 8 && first + 8 <= live) {
            EightRows.multiplyAdd(
                    first,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    from,
                    to,
                    x,
                    xOffset,
                    y,
                    yOffset);
            first += 8;
        }
        for (; first + 4 <= live; first += 4) {
            FourRows.multiplyAdd(
                    first,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    from,
                    to,
                    x,
                    xOffset,
                    y,
                    yOffset);
        }
        if (first < live) {
            FourRows.multiplyAddPart(
                    live - first,
                    first,
                    height,
                    offsets,
                    columns,
                    values,
                    valuesOffset,
                    from,
                    x,
                    xOffset,
                    y,
                    yOffset);
        }
    }

    private static void oneVector(
            int first,
            int height,
            int[] offsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            int fromBlock,
            int toBlock,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int block = fromBlock; block < toBlock; block++) {
            int to = yOffset + block * height + first;
            int end = offsets[block + 1];
            FloatVector sum0 = FloatVector.zero(WIDE);
            FloatVector sum1 = FloatVector.zero(WIDE);
            FloatVector sum2 = FloatVector.zero(WIDE);
            FloatVector sum3 = FloatVector.zero(WIDE);
            int k = offsets[block];
            for (; k < end - 3; k += 4) {
                int v0 = valuesOffset + k * height + first;
                int v1 = v0 + height;
                int v2 = v1 + height;
                int v3 = v2 + height;
                FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
                FloatVector x1 = FloatVector.broadcast(WIDE, x[xOffset + columns[k + 1]]);
                FloatVector x2 = FloatVector.broadcast(WIDE, x[xOffset + columns[k + 2]]);
                FloatVector x3 = FloatVector.broadcast(WIDE, x[xOffset + columns[k + 3]]);
                sum0 = FloatVector.fromArray(WIDE, values, v0).lanewise(FMA, x0, sum0);
                sum1 = FloatVector.fromArray(WIDE, values, v1).lanewise(FMA, x1, sum1);
                sum2 = FloatVector.fromArray(WIDE, values, v2).lanewise(FMA, x2, sum2);
                sum3 = FloatVector.fromArray(WIDE, values, v3).lanewise(FMA, x3, sum3);
            }
            for (; k < end; k++) {
                FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
                sum0 =
                        FloatVector.fromArray(WIDE, values, valuesOffset + k * height + first)
                                .lanewise(FMA, x0, sum0);
            }
            FloatVector.fromArray(WIDE, y, to)
                    .lanewise(ADD, sum0)
                    .lanewise(ADD, sum1)
                    .lanewise(ADD, sum2)
                    .lanewise(ADD, sum3)
                    .intoArray(y, to);
        }
    }
}
