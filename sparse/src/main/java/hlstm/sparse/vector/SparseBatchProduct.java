package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * {@code Y += W X} for a CSR matrix and feature-major blocks: one weight meets a register of
 * neighbouring lanes. Four sums are kept in flight, since a chain of multiply-adds waits for
 * itself. All methods compute rows [fromRow, toRow).
 */
public final class SparseBatchProduct {
    private SparseBatchProduct() {}

    /** All lanes but the last fewer than 4; returns how many. */
    public static int multiplyAdd(
            int[] rowOffsets,
            int[] columns,
            float[] values,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        int lane = 0;
        for (; lane + 2 * LANES <= lanes; lane += 2 * LANES) {
            twoVectors(
                    rowOffsets,
                    columns,
                    values,
                    fromRow,
                    toRow,
                    x,
                    xOffset + lane,
                    xStride,
                    y,
                    yOffset + lane,
                    yStride);
        }
        for (; lane + LANES <= lanes; lane += LANES) {
            oneVector(
                    rowOffsets,
                    columns,
                    values,
                    fromRow,
                    toRow,
                    x,
                    xOffset + lane,
                    xStride,
                    y,
                    yOffset + lane,
                    yStride);
        }
        for (; lane + 4 <= lanes; lane += 4) {
            SparseBatchProduct4.multiplyAdd(
                    rowOffsets,
                    columns,
                    values,
                    fromRow,
                    toRow,
                    x,
                    xOffset + lane,
                    xStride,
                    y,
                    yOffset + lane,
                    yStride);
        }
        return lane;
    }

    private static void twoVectors(
            int[] rowOffsets,
            int[] columns,
            float[] values,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride) {
        for (int row = fromRow; row < toRow; row++) {
            int to = yOffset + row * yStride;
            int end = rowOffsets[row + 1];
            FloatVector low0 = FloatVector.zero(WIDE);
            FloatVector high0 = FloatVector.zero(WIDE);
            FloatVector low1 = FloatVector.zero(WIDE);
            FloatVector high1 = FloatVector.zero(WIDE);
            int k = rowOffsets[row];
            for (; k < end - 1; k += 2) {
                int x0 = xOffset + columns[k] * xStride;
                int x1 = xOffset + columns[k + 1] * xStride;
                FloatVector w0 = FloatVector.broadcast(WIDE, values[k]);
                FloatVector w1 = FloatVector.broadcast(WIDE, values[k + 1]);
                low0 = FloatVector.fromArray(WIDE, x, x0).lanewise(FMA, w0, low0);
                high0 = FloatVector.fromArray(WIDE, x, x0 + LANES).lanewise(FMA, w0, high0);
                low1 = FloatVector.fromArray(WIDE, x, x1).lanewise(FMA, w1, low1);
                high1 = FloatVector.fromArray(WIDE, x, x1 + LANES).lanewise(FMA, w1, high1);
            }
            if (k < end) {
                int x0 = xOffset + columns[k] * xStride;
                FloatVector w0 = FloatVector.broadcast(WIDE, values[k]);
                low0 = FloatVector.fromArray(WIDE, x, x0).lanewise(FMA, w0, low0);
                high0 = FloatVector.fromArray(WIDE, x, x0 + LANES).lanewise(FMA, w0, high0);
            }
            FloatVector.fromArray(WIDE, y, to)
                    .lanewise(ADD, low0)
                    .lanewise(ADD, low1)
                    .intoArray(y, to);
            FloatVector.fromArray(WIDE, y, to + LANES)
                    .lanewise(ADD, high0)
                    .lanewise(ADD, high1)
                    .intoArray(y, to + LANES);
        }
    }

    private static void oneVector(
            int[] rowOffsets,
            int[] columns,
            float[] values,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride) {
        for (int row = fromRow; row < toRow; row++) {
            int to = yOffset + row * yStride;
            int end = rowOffsets[row + 1];
            FloatVector sum0 = FloatVector.zero(WIDE);
            FloatVector sum1 = FloatVector.zero(WIDE);
            FloatVector sum2 = FloatVector.zero(WIDE);
            FloatVector sum3 = FloatVector.zero(WIDE);
            int k = rowOffsets[row];
            for (; k < end - 3; k += 4) {
                int x0 = xOffset + columns[k] * xStride;
                int x1 = xOffset + columns[k + 1] * xStride;
                int x2 = xOffset + columns[k + 2] * xStride;
                int x3 = xOffset + columns[k + 3] * xStride;
                sum0 =
                        FloatVector.fromArray(WIDE, x, x0)
                                .lanewise(FMA, FloatVector.broadcast(WIDE, values[k]), sum0);
                sum1 =
                        FloatVector.fromArray(WIDE, x, x1)
                                .lanewise(FMA, FloatVector.broadcast(WIDE, values[k + 1]), sum1);
                sum2 =
                        FloatVector.fromArray(WIDE, x, x2)
                                .lanewise(FMA, FloatVector.broadcast(WIDE, values[k + 2]), sum2);
                sum3 =
                        FloatVector.fromArray(WIDE, x, x3)
                                .lanewise(FMA, FloatVector.broadcast(WIDE, values[k + 3]), sum3);
            }
            for (; k < end; k++) {
                int x0 = xOffset + columns[k] * xStride;
                sum0 =
                        FloatVector.fromArray(WIDE, x, x0)
                                .lanewise(FMA, FloatVector.broadcast(WIDE, values[k]), sum0);
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
