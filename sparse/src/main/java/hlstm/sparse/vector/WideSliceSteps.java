package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/** Slices as wide as a register for {@link RowBlockSteps}: four sums for each of four steps. */
final class WideSliceSteps {
    private WideSliceSteps() {}

    /** Rows {@code first} and following of blocks [fromBlock, toBlock), for four steps. */
    static void multiply(
            int first,
            int height,
            int[] offsets,
            int fromBlock,
            int toBlock,
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
        for (int block = fromBlock; block < toBlock; block++) {
            int row = block * height + first;
            block(
                    first,
                    height,
                    offsets[block],
                    offsets[block + 1],
                    columns,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset + row,
                    y,
                    yOffset + row,
                    yStride);
        }
    }

    private static void block(
            int first,
            int height,
            int k,
            int end,
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
        int at1 = xOffset + xStride;
        int at2 = at1 + xStride;
        int at3 = at2 + xStride;
        FloatVector sumA0 = FloatVector.zero(WIDE);
        FloatVector sumA1 = FloatVector.zero(WIDE);
        FloatVector sumA2 = FloatVector.zero(WIDE);
        FloatVector sumA3 = FloatVector.zero(WIDE);
        FloatVector sumB0 = FloatVector.zero(WIDE);
        FloatVector sumB1 = FloatVector.zero(WIDE);
        FloatVector sumB2 = FloatVector.zero(WIDE);
        FloatVector sumB3 = FloatVector.zero(WIDE);
        FloatVector sumC0 = FloatVector.zero(WIDE);
        FloatVector sumC1 = FloatVector.zero(WIDE);
        FloatVector sumC2 = FloatVector.zero(WIDE);
        FloatVector sumC3 = FloatVector.zero(WIDE);
        FloatVector sumD0 = FloatVector.zero(WIDE);
        FloatVector sumD1 = FloatVector.zero(WIDE);
        FloatVector sumD2 = FloatVector.zero(WIDE);
        FloatVector sumD3 = FloatVector.zero(WIDE);
        for (; k < end - 3; k += 4) {
            int column0 = columns[k];
            int v0 = valuesOffset + k * height + first;
            FloatVector w0 = FloatVector.fromArray(WIDE, values, v0);
            sumA0 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column0]), sumA0);
            sumA1 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column0]), sumA1);
            sumA2 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column0]), sumA2);
            sumA3 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column0]), sumA3);
            int column1 = columns[k + 1];
            int v1 = valuesOffset + (k + 1) * height + first;
            FloatVector w1 = FloatVector.fromArray(WIDE, values, v1);
            sumB0 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column1]), sumB0);
            sumB1 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column1]), sumB1);
            sumB2 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column1]), sumB2);
            sumB3 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column1]), sumB3);
            int column2 = columns[k + 2];
            int v2 = valuesOffset + (k + 2) * height + first;
            FloatVector w2 = FloatVector.fromArray(WIDE, values, v2);
            sumC0 = w2.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column2]), sumC0);
            sumC1 = w2.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column2]), sumC1);
            sumC2 = w2.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column2]), sumC2);
            sumC3 = w2.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column2]), sumC3);
            int column3 = columns[k + 3];
            int v3 = valuesOffset + (k + 3) * height + first;
            FloatVector w3 = FloatVector.fromArray(WIDE, values, v3);
            sumD0 = w3.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column3]), sumD0);
            sumD1 = w3.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column3]), sumD1);
            sumD2 = w3.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column3]), sumD2);
            sumD3 = w3.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column3]), sumD3);
        }
        for (; k < end; k++) {
            int column0 = columns[k];
            int v0 = valuesOffset + k * height + first;
            FloatVector w0 = FloatVector.fromArray(WIDE, values, v0);
            sumA0 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column0]), sumA0);
            sumA1 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column0]), sumA1);
            sumA2 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column0]), sumA2);
            sumA3 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column0]), sumA3);
        }
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, sumA0)
                .lanewise(ADD, sumB0)
                .lanewise(ADD, sumC0)
                .lanewise(ADD, sumD0)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, sumA1)
                .lanewise(ADD, sumB1)
                .lanewise(ADD, sumC1)
                .lanewise(ADD, sumD1)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, sumA2)
                .lanewise(ADD, sumB2)
                .lanewise(ADD, sumC2)
                .lanewise(ADD, sumD2)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, sumA3)
                .lanewise(ADD, sumB3)
                .lanewise(ADD, sumC3)
                .lanewise(ADD, sumD3)
                .intoArray(y, yOffset);
    }
}
