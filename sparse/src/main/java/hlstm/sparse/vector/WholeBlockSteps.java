package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * Blocks of rows that fill one, two or four registers exactly, times several steps at once: {@link
 * WholeBlocks} for a sequence. A register of weights, once loaded, meets the inputs of 8 or 4
 * steps. Sixteen sums are in flight: fewer are slower where there are 32 registers, and no faster
 * where there are 16. A row of a step is summed as by {@link WholeBlocks}, in even and odd columns
 * or, with four registers, in one sum, hence the same bits: who changes the one changes the other.
 */
final class WholeBlockSteps {
    private WholeBlockSteps() {}

    /**
     * How many steps are done at once with blocks of a height that {@link WholeBlocks#fit fits}.
     */
    static int stepsAtOnce(int height) {
        return height == LANES ? 8 : 4;
    }

    /** The first {@code blocks} blocks for {@link #stepsAtOnce} steps. */
    static void multiply(
            int blocks,
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
        if (height == LANES) {
            for (int block = 0; block < blocks; block++) {
                oneRegister(
                        offsets[block],
                        offsets[block + 1],
                        columns,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        xStride,
                        bias,
                        biasOffset + block * LANES,
                        y,
                        yOffset + block * LANES,
                        yStride);
            }
        } else if (height == 2 * LANES) {
            for (int block = 0; block < blocks; block++) {
                twoRegisters(
                        offsets[block],
                        offsets[block + 1],
                        columns,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        xStride,
                        bias,
                        biasOffset + block * 2 * LANES,
                        y,
                        yOffset + block * 2 * LANES,
                        yStride);
            }
        } else {
            for (int block = 0; block < blocks; block++) {
                fourRegisters(
                        offsets[block],
                        offsets[block + 1],
                        columns,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        xStride,
                        bias,
                        biasOffset + block * 4 * LANES,
                        y,
                        yOffset + block * 4 * LANES,
                        yStride);
            }
        }
    }

    private static void oneRegister(
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
        int at4 = at3 + xStride;
        int at5 = at4 + xStride;
        int at6 = at5 + xStride;
        int at7 = at6 + xStride;
        FloatVector even0 = FloatVector.zero(WIDE);
        FloatVector even1 = FloatVector.zero(WIDE);
        FloatVector even2 = FloatVector.zero(WIDE);
        FloatVector even3 = FloatVector.zero(WIDE);
        FloatVector even4 = FloatVector.zero(WIDE);
        FloatVector even5 = FloatVector.zero(WIDE);
        FloatVector even6 = FloatVector.zero(WIDE);
        FloatVector even7 = FloatVector.zero(WIDE);
        FloatVector odd0 = FloatVector.zero(WIDE);
        FloatVector odd1 = FloatVector.zero(WIDE);
        FloatVector odd2 = FloatVector.zero(WIDE);
        FloatVector odd3 = FloatVector.zero(WIDE);
        FloatVector odd4 = FloatVector.zero(WIDE);
        FloatVector odd5 = FloatVector.zero(WIDE);
        FloatVector odd6 = FloatVector.zero(WIDE);
        FloatVector odd7 = FloatVector.zero(WIDE);
        for (; k < end - 1; k += 2) {
            int column0 = columns[k];
            int v0 = valuesOffset + k * LANES;
            FloatVector w0 = FloatVector.fromArray(WIDE, values, v0);
            even0 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column0]), even0);
            even1 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column0]), even1);
            even2 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column0]), even2);
            even3 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column0]), even3);
            even4 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at4 + column0]), even4);
            even5 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at5 + column0]), even5);
            even6 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at6 + column0]), even6);
            even7 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at7 + column0]), even7);
            int column1 = columns[k + 1];
            int v1 = valuesOffset + (k + 1) * LANES;
            FloatVector w1 = FloatVector.fromArray(WIDE, values, v1);
            odd0 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column1]), odd0);
            odd1 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column1]), odd1);
            odd2 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column1]), odd2);
            odd3 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column1]), odd3);
            odd4 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at4 + column1]), odd4);
            odd5 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at5 + column1]), odd5);
            odd6 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at6 + column1]), odd6);
            odd7 = w1.lanewise(FMA, FloatVector.broadcast(WIDE, x[at7 + column1]), odd7);
        }
        if (k < end) {
            int column0 = columns[k];
            int v0 = valuesOffset + k * LANES;
            FloatVector w0 = FloatVector.fromArray(WIDE, values, v0);
            even0 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[xOffset + column0]), even0);
            even1 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at1 + column0]), even1);
            even2 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at2 + column0]), even2);
            even3 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at3 + column0]), even3);
            even4 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at4 + column0]), even4);
            even5 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at5 + column0]), even5);
            even6 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at6 + column0]), even6);
            even7 = w0.lanewise(FMA, FloatVector.broadcast(WIDE, x[at7 + column0]), even7);
        }
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even0)
                .lanewise(ADD, odd0)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even1)
                .lanewise(ADD, odd1)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even2)
                .lanewise(ADD, odd2)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even3)
                .lanewise(ADD, odd3)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even4)
                .lanewise(ADD, odd4)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even5)
                .lanewise(ADD, odd5)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even6)
                .lanewise(ADD, odd6)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, even7)
                .lanewise(ADD, odd7)
                .intoArray(y, yOffset);
    }

    private static void twoRegisters(
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
        FloatVector evenA0 = FloatVector.zero(WIDE);
        FloatVector evenA1 = FloatVector.zero(WIDE);
        FloatVector evenA2 = FloatVector.zero(WIDE);
        FloatVector evenA3 = FloatVector.zero(WIDE);
        FloatVector evenB0 = FloatVector.zero(WIDE);
        FloatVector evenB1 = FloatVector.zero(WIDE);
        FloatVector evenB2 = FloatVector.zero(WIDE);
        FloatVector evenB3 = FloatVector.zero(WIDE);
        FloatVector oddA0 = FloatVector.zero(WIDE);
        FloatVector oddA1 = FloatVector.zero(WIDE);
        FloatVector oddA2 = FloatVector.zero(WIDE);
        FloatVector oddA3 = FloatVector.zero(WIDE);
        FloatVector oddB0 = FloatVector.zero(WIDE);
        FloatVector oddB1 = FloatVector.zero(WIDE);
        FloatVector oddB2 = FloatVector.zero(WIDE);
        FloatVector oddB3 = FloatVector.zero(WIDE);
        for (; k < end - 1; k += 2) {
            int column0 = columns[k];
            int v0 = valuesOffset + k * 2 * LANES;
            FloatVector w0A = FloatVector.fromArray(WIDE, values, v0);
            FloatVector w0B = FloatVector.fromArray(WIDE, values, v0 + LANES);
            FloatVector x0At0 = FloatVector.broadcast(WIDE, x[xOffset + column0]);
            evenA0 = w0A.lanewise(FMA, x0At0, evenA0);
            evenB0 = w0B.lanewise(FMA, x0At0, evenB0);
            FloatVector x0At1 = FloatVector.broadcast(WIDE, x[at1 + column0]);
            evenA1 = w0A.lanewise(FMA, x0At1, evenA1);
            evenB1 = w0B.lanewise(FMA, x0At1, evenB1);
            FloatVector x0At2 = FloatVector.broadcast(WIDE, x[at2 + column0]);
            evenA2 = w0A.lanewise(FMA, x0At2, evenA2);
            evenB2 = w0B.lanewise(FMA, x0At2, evenB2);
            FloatVector x0At3 = FloatVector.broadcast(WIDE, x[at3 + column0]);
            evenA3 = w0A.lanewise(FMA, x0At3, evenA3);
            evenB3 = w0B.lanewise(FMA, x0At3, evenB3);
            int column1 = columns[k + 1];
            int v1 = valuesOffset + (k + 1) * 2 * LANES;
            FloatVector w1A = FloatVector.fromArray(WIDE, values, v1);
            FloatVector w1B = FloatVector.fromArray(WIDE, values, v1 + LANES);
            FloatVector x1At0 = FloatVector.broadcast(WIDE, x[xOffset + column1]);
            oddA0 = w1A.lanewise(FMA, x1At0, oddA0);
            oddB0 = w1B.lanewise(FMA, x1At0, oddB0);
            FloatVector x1At1 = FloatVector.broadcast(WIDE, x[at1 + column1]);
            oddA1 = w1A.lanewise(FMA, x1At1, oddA1);
            oddB1 = w1B.lanewise(FMA, x1At1, oddB1);
            FloatVector x1At2 = FloatVector.broadcast(WIDE, x[at2 + column1]);
            oddA2 = w1A.lanewise(FMA, x1At2, oddA2);
            oddB2 = w1B.lanewise(FMA, x1At2, oddB2);
            FloatVector x1At3 = FloatVector.broadcast(WIDE, x[at3 + column1]);
            oddA3 = w1A.lanewise(FMA, x1At3, oddA3);
            oddB3 = w1B.lanewise(FMA, x1At3, oddB3);
        }
        if (k < end) {
            int column0 = columns[k];
            int v0 = valuesOffset + k * 2 * LANES;
            FloatVector w0A = FloatVector.fromArray(WIDE, values, v0);
            FloatVector w0B = FloatVector.fromArray(WIDE, values, v0 + LANES);
            FloatVector x0At0 = FloatVector.broadcast(WIDE, x[xOffset + column0]);
            evenA0 = w0A.lanewise(FMA, x0At0, evenA0);
            evenB0 = w0B.lanewise(FMA, x0At0, evenB0);
            FloatVector x0At1 = FloatVector.broadcast(WIDE, x[at1 + column0]);
            evenA1 = w0A.lanewise(FMA, x0At1, evenA1);
            evenB1 = w0B.lanewise(FMA, x0At1, evenB1);
            FloatVector x0At2 = FloatVector.broadcast(WIDE, x[at2 + column0]);
            evenA2 = w0A.lanewise(FMA, x0At2, evenA2);
            evenB2 = w0B.lanewise(FMA, x0At2, evenB2);
            FloatVector x0At3 = FloatVector.broadcast(WIDE, x[at3 + column0]);
            evenA3 = w0A.lanewise(FMA, x0At3, evenA3);
            evenB3 = w0B.lanewise(FMA, x0At3, evenB3);
        }
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, evenA0)
                .lanewise(ADD, oddA0)
                .intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, evenB0)
                .lanewise(ADD, oddB0)
                .intoArray(y, yOffset + LANES);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, evenA1)
                .lanewise(ADD, oddA1)
                .intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, evenB1)
                .lanewise(ADD, oddB1)
                .intoArray(y, yOffset + LANES);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, evenA2)
                .lanewise(ADD, oddA2)
                .intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, evenB2)
                .lanewise(ADD, oddB2)
                .intoArray(y, yOffset + LANES);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset)
                .lanewise(ADD, evenA3)
                .lanewise(ADD, oddA3)
                .intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, evenB3)
                .lanewise(ADD, oddB3)
                .intoArray(y, yOffset + LANES);
    }

    private static void fourRegisters(
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
        for (; k < end; k++) {
            int column = columns[k];
            int v = valuesOffset + k * 4 * LANES;
            FloatVector wA = FloatVector.fromArray(WIDE, values, v);
            FloatVector wB = FloatVector.fromArray(WIDE, values, v + LANES);
            FloatVector wC = FloatVector.fromArray(WIDE, values, v + 2 * LANES);
            FloatVector wD = FloatVector.fromArray(WIDE, values, v + 3 * LANES);
            FloatVector xAt0 = FloatVector.broadcast(WIDE, x[xOffset + column]);
            sumA0 = wA.lanewise(FMA, xAt0, sumA0);
            sumB0 = wB.lanewise(FMA, xAt0, sumB0);
            sumC0 = wC.lanewise(FMA, xAt0, sumC0);
            sumD0 = wD.lanewise(FMA, xAt0, sumD0);
            FloatVector xAt1 = FloatVector.broadcast(WIDE, x[at1 + column]);
            sumA1 = wA.lanewise(FMA, xAt1, sumA1);
            sumB1 = wB.lanewise(FMA, xAt1, sumB1);
            sumC1 = wC.lanewise(FMA, xAt1, sumC1);
            sumD1 = wD.lanewise(FMA, xAt1, sumD1);
            FloatVector xAt2 = FloatVector.broadcast(WIDE, x[at2 + column]);
            sumA2 = wA.lanewise(FMA, xAt2, sumA2);
            sumB2 = wB.lanewise(FMA, xAt2, sumB2);
            sumC2 = wC.lanewise(FMA, xAt2, sumC2);
            sumD2 = wD.lanewise(FMA, xAt2, sumD2);
            FloatVector xAt3 = FloatVector.broadcast(WIDE, x[at3 + column]);
            sumA3 = wA.lanewise(FMA, xAt3, sumA3);
            sumB3 = wB.lanewise(FMA, xAt3, sumB3);
            sumC3 = wC.lanewise(FMA, xAt3, sumC3);
            sumD3 = wD.lanewise(FMA, xAt3, sumD3);
        }
        FloatVector.fromArray(WIDE, bias, biasOffset).lanewise(ADD, sumA0).intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, sumB0)
                .intoArray(y, yOffset + LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 2 * LANES)
                .lanewise(ADD, sumC0)
                .intoArray(y, yOffset + 2 * LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 3 * LANES)
                .lanewise(ADD, sumD0)
                .intoArray(y, yOffset + 3 * LANES);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset).lanewise(ADD, sumA1).intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, sumB1)
                .intoArray(y, yOffset + LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 2 * LANES)
                .lanewise(ADD, sumC1)
                .intoArray(y, yOffset + 2 * LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 3 * LANES)
                .lanewise(ADD, sumD1)
                .intoArray(y, yOffset + 3 * LANES);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset).lanewise(ADD, sumA2).intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, sumB2)
                .intoArray(y, yOffset + LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 2 * LANES)
                .lanewise(ADD, sumC2)
                .intoArray(y, yOffset + 2 * LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 3 * LANES)
                .lanewise(ADD, sumD2)
                .intoArray(y, yOffset + 3 * LANES);
        yOffset += yStride;
        FloatVector.fromArray(WIDE, bias, biasOffset).lanewise(ADD, sumA3).intoArray(y, yOffset);
        FloatVector.fromArray(WIDE, bias, biasOffset + LANES)
                .lanewise(ADD, sumB3)
                .intoArray(y, yOffset + LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 2 * LANES)
                .lanewise(ADD, sumC3)
                .intoArray(y, yOffset + 2 * LANES);
        FloatVector.fromArray(WIDE, bias, biasOffset + 3 * LANES)
                .lanewise(ADD, sumD3)
                .intoArray(y, yOffset + 3 * LANES);
    }
}
