package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.FOUR;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/** {@link SparseBatchProduct} for four lanes. */
final class SparseBatchProduct4 {
    private SparseBatchProduct4() {}

    static void multiplyAdd(
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
            FloatVector sum0 = FloatVector.zero(FOUR);
            FloatVector sum1 = FloatVector.zero(FOUR);
            FloatVector sum2 = FloatVector.zero(FOUR);
            FloatVector sum3 = FloatVector.zero(FOUR);
            int k = rowOffsets[row];
            for (; k < end - 3; k += 4) {
                int x0 = xOffset + columns[k] * xStride;
                int x1 = xOffset + columns[k + 1] * xStride;
                int x2 = xOffset + columns[k + 2] * xStride;
                int x3 = xOffset + columns[k + 3] * xStride;
                sum0 =
                        FloatVector.fromArray(FOUR, x, x0)
                                .lanewise(FMA, FloatVector.broadcast(FOUR, values[k]), sum0);
                sum1 =
                        FloatVector.fromArray(FOUR, x, x1)
                                .lanewise(FMA, FloatVector.broadcast(FOUR, values[k + 1]), sum1);
                sum2 =
                        FloatVector.fromArray(FOUR, x, x2)
                                .lanewise(FMA, FloatVector.broadcast(FOUR, values[k + 2]), sum2);
                sum3 =
                        FloatVector.fromArray(FOUR, x, x3)
                                .lanewise(FMA, FloatVector.broadcast(FOUR, values[k + 3]), sum3);
            }
            for (; k < end; k++) {
                int x0 = xOffset + columns[k] * xStride;
                sum0 =
                        FloatVector.fromArray(FOUR, x, x0)
                                .lanewise(FMA, FloatVector.broadcast(FOUR, values[k]), sum0);
            }
            FloatVector.fromArray(FOUR, y, to)
                    .lanewise(ADD, sum0)
                    .lanewise(ADD, sum1)
                    .lanewise(ADD, sum2)
                    .lanewise(ADD, sum3)
                    .intoArray(y, to);
        }
    }
}
