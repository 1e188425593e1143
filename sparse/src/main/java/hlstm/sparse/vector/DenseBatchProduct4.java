package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.FOUR;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/** {@link DenseBatchProduct} for four lanes. */
final class DenseBatchProduct4 {
    private DenseBatchProduct4() {}

    static void eightRows(
            float[] weights,
            int columns,
            int row,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int to,
            int yStride) {
        int w = row * columns;
        FloatVector sum0 = FloatVector.zero(FOUR);
        FloatVector sum1 = FloatVector.zero(FOUR);
        FloatVector sum2 = FloatVector.zero(FOUR);
        FloatVector sum3 = FloatVector.zero(FOUR);
        FloatVector sum4 = FloatVector.zero(FOUR);
        FloatVector sum5 = FloatVector.zero(FOUR);
        FloatVector sum6 = FloatVector.zero(FOUR);
        FloatVector sum7 = FloatVector.zero(FOUR);
        for (int column = 0; column < columns; column++) {
            FloatVector input = FloatVector.fromArray(FOUR, x, xOffset + column * xStride);
            int k = w + column;
            sum0 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k]), sum0);
            sum1 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + columns]), sum1);
            sum2 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + 2 * columns]), sum2);
            sum3 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + 3 * columns]), sum3);
            sum4 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + 4 * columns]), sum4);
            sum5 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + 5 * columns]), sum5);
            sum6 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + 6 * columns]), sum6);
            sum7 = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[k + 7 * columns]), sum7);
        }
        FloatVector.fromArray(FOUR, y, to).lanewise(ADD, sum0).intoArray(y, to);
        FloatVector.fromArray(FOUR, y, to + yStride).lanewise(ADD, sum1).intoArray(y, to + yStride);
        FloatVector.fromArray(FOUR, y, to + 2 * yStride)
                .lanewise(ADD, sum2)
                .intoArray(y, to + 2 * yStride);
        FloatVector.fromArray(FOUR, y, to + 3 * yStride)
                .lanewise(ADD, sum3)
                .intoArray(y, to + 3 * yStride);
        FloatVector.fromArray(FOUR, y, to + 4 * yStride)
                .lanewise(ADD, sum4)
                .intoArray(y, to + 4 * yStride);
        FloatVector.fromArray(FOUR, y, to + 5 * yStride)
                .lanewise(ADD, sum5)
                .intoArray(y, to + 5 * yStride);
        FloatVector.fromArray(FOUR, y, to + 6 * yStride)
                .lanewise(ADD, sum6)
                .intoArray(y, to + 6 * yStride);
        FloatVector.fromArray(FOUR, y, to + 7 * yStride)
                .lanewise(ADD, sum7)
                .intoArray(y, to + 7 * yStride);
    }

    static void oneRow(
            float[] weights,
            int columns,
            int row,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int to) {
        int w = row * columns;
        FloatVector sum = FloatVector.zero(FOUR);
        for (int column = 0; column < columns; column++) {
            FloatVector input = FloatVector.fromArray(FOUR, x, xOffset + column * xStride);
            sum = input.lanewise(FMA, FloatVector.broadcast(FOUR, weights[w + column]), sum);
        }
        FloatVector.fromArray(FOUR, y, to).lanewise(ADD, sum).intoArray(y, to);
    }
}
