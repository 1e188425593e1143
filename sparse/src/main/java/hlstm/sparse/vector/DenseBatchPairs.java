package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * {@link DenseBatchProduct} for two registers of inputs at once, which share every weight that is
 * loaded: neighbouring lanes, or the same lanes of two steps. With one register a weight is loaded
 * for each multiplication, and loads are what the product waits for. Every row is one chain over
 * the columns as there, so the bits are the same.
 */
final class DenseBatchPairs {
    /** Rows that are done together. */
    static final int ROWS = 8;

    /** Whether sixteen sums fit the registers, of which those of 512 bits are 32. */
    private static final boolean SIXTEEN_SUMS = LANES >= 16;

    private DenseBatchPairs() {}

    /**
     * {@link #ROWS} rows.
     *
     * @param x0 where the first column of the one register lies
     * @param x1 where that of the other lies
     * @param y0 where the first row of the one lies
     * @param y1 where that of the other lies; rows may overlap, the one is added first
     */
    static void multiplyAdd(
            float[] weights,
            int columns,
            int row,
            float[] x,
            int x0,
            int x1,
            int xStride,
            float[] y,
            int y0,
            int y1,
            int yStride) {
        if (SIXTEEN_SUMS) {
            eightRows(weights, columns, row, x, x0, x1, xStride, y, y0, y1, yStride);
        } else {
            fourRows(weights, columns, row, x, x0, x1, xStride, y, y0, y1, yStride);
            int below = 4 * yStride;
            fourRows(
                    weights,
                    columns,
                    row + 4,
                    x,
                    x0,
                    x1,
                    xStride,
                    y,
                    y0 + below,
                    y1 + below,
                    yStride);
        }
    }

    private static void eightRows(
            float[] weights,
            int columns,
            int row,
            float[] x,
            int x0,
            int x1,
            int xStride,
            float[] y,
            int y0,
            int y1,
            int yStride) {
        int w = row * columns;
        FloatVector sum00 = FloatVector.zero(WIDE);
        FloatVector sum01 = FloatVector.zero(WIDE);
        FloatVector sum10 = FloatVector.zero(WIDE);
        FloatVector sum11 = FloatVector.zero(WIDE);
        FloatVector sum20 = FloatVector.zero(WIDE);
        FloatVector sum21 = FloatVector.zero(WIDE);
        FloatVector sum30 = FloatVector.zero(WIDE);
        FloatVector sum31 = FloatVector.zero(WIDE);
        FloatVector sum40 = FloatVector.zero(WIDE);
        FloatVector sum41 = FloatVector.zero(WIDE);
        FloatVector sum50 = FloatVector.zero(WIDE);
        FloatVector sum51 = FloatVector.zero(WIDE);
        FloatVector sum60 = FloatVector.zero(WIDE);
        FloatVector sum61 = FloatVector.zero(WIDE);
        FloatVector sum70 = FloatVector.zero(WIDE);
        FloatVector sum71 = FloatVector.zero(WIDE);
        for (int column = 0; column < columns; column++) {
            FloatVector input0 = FloatVector.fromArray(WIDE, x, x0 + column * xStride);
            FloatVector input1 = FloatVector.fromArray(WIDE, x, x1 + column * xStride);
            int k = w + column;
            FloatVector weight0 = FloatVector.broadcast(WIDE, weights[k]);
            sum00 = input0.lanewise(FMA, weight0, sum00);
            sum01 = input1.lanewise(FMA, weight0, sum01);
            FloatVector weight1 = FloatVector.broadcast(WIDE, weights[k + columns]);
            sum10 = input0.lanewise(FMA, weight1, sum10);
            sum11 = input1.lanewise(FMA, weight1, sum11);
            FloatVector weight2 = FloatVector.broadcast(WIDE, weights[k + 2 * columns]);
            sum20 = input0.lanewise(FMA, weight2, sum20);
            sum21 = input1.lanewise(FMA, weight2, sum21);
            FloatVector weight3 = FloatVector.broadcast(WIDE, weights[k + 3 * columns]);
            sum30 = input0.lanewise(FMA, weight3, sum30);
            sum31 = input1.lanewise(FMA, weight3, sum31);
            FloatVector weight4 = FloatVector.broadcast(WIDE, weights[k + 4 * columns]);
            sum40 = input0.lanewise(FMA, weight4, sum40);
            sum41 = input1.lanewise(FMA, weight4, sum41);
            FloatVector weight5 = FloatVector.broadcast(WIDE, weights[k + 5 * columns]);
            sum50 = input0.lanewise(FMA, weight5, sum50);
            sum51 = input1.lanewise(FMA, weight5, sum51);
            FloatVector weight6 = FloatVector.broadcast(WIDE, weights[k + 6 * columns]);
            sum60 = input0.lanewise(FMA, weight6, sum60);
            sum61 = input1.lanewise(FMA, weight6, sum61);
            FloatVector weight7 = FloatVector.broadcast(WIDE, weights[k + 7 * columns]);
            sum70 = input0.lanewise(FMA, weight7, sum70);
            sum71 = input1.lanewise(FMA, weight7, sum71);
        }
        FloatVector.fromArray(WIDE, y, y0).lanewise(ADD, sum00).intoArray(y, y0);
        FloatVector.fromArray(WIDE, y, y0 + yStride)
                .lanewise(ADD, sum10)
                .intoArray(y, y0 + yStride);
        FloatVector.fromArray(WIDE, y, y0 + 2 * yStride)
                .lanewise(ADD, sum20)
                .intoArray(y, y0 + 2 * yStride);
        FloatVector.fromArray(WIDE, y, y0 + 3 * yStride)
                .lanewise(ADD, sum30)
                .intoArray(y, y0 + 3 * yStride);
        FloatVector.fromArray(WIDE, y, y0 + 4 * yStride)
                .lanewise(ADD, sum40)
                .intoArray(y, y0 + 4 * yStride);
        FloatVector.fromArray(WIDE, y, y0 + 5 * yStride)
                .lanewise(ADD, sum50)
                .intoArray(y, y0 + 5 * yStride);
        FloatVector.fromArray(WIDE, y, y0 + 6 * yStride)
                .lanewise(ADD, sum60)
                .intoArray(y, y0 + 6 * yStride);
        FloatVector.fromArray(WIDE, y, y0 + 7 * yStride)
                .lanewise(ADD, sum70)
                .intoArray(y, y0 + 7 * yStride);
        FloatVector.fromArray(WIDE, y, y1).lanewise(ADD, sum01).intoArray(y, y1);
        FloatVector.fromArray(WIDE, y, y1 + yStride)
                .lanewise(ADD, sum11)
                .intoArray(y, y1 + yStride);
        FloatVector.fromArray(WIDE, y, y1 + 2 * yStride)
                .lanewise(ADD, sum21)
                .intoArray(y, y1 + 2 * yStride);
        FloatVector.fromArray(WIDE, y, y1 + 3 * yStride)
                .lanewise(ADD, sum31)
                .intoArray(y, y1 + 3 * yStride);
        FloatVector.fromArray(WIDE, y, y1 + 4 * yStride)
                .lanewise(ADD, sum41)
                .intoArray(y, y1 + 4 * yStride);
        FloatVector.fromArray(WIDE, y, y1 + 5 * yStride)
                .lanewise(ADD, sum51)
                .intoArray(y, y1 + 5 * yStride);
        FloatVector.fromArray(WIDE, y, y1 + 6 * yStride)
                .lanewise(ADD, sum61)
                .intoArray(y, y1 + 6 * yStride);
        FloatVector.fromArray(WIDE, y, y1 + 7 * yStride)
                .lanewise(ADD, sum71)
                .intoArray(y, y1 + 7 * yStride);
    }

    private static void fourRows(
            float[] weights,
            int columns,
            int row,
            float[] x,
            int x0,
            int x1,
            int xStride,
            float[] y,
            int y0,
            int y1,
            int yStride) {
        int w = row * columns;
        FloatVector sum00 = FloatVector.zero(WIDE);
        FloatVector sum01 = FloatVector.zero(WIDE);
        FloatVector sum10 = FloatVector.zero(WIDE);
        FloatVector sum11 = FloatVector.zero(WIDE);
        FloatVector sum20 = FloatVector.zero(WIDE);
        FloatVector sum21 = FloatVector.zero(WIDE);
        FloatVector sum30 = FloatVector.zero(WIDE);
        FloatVector sum31 = FloatVector.zero(WIDE);
        for (int column = 0; column < columns; column++) {
            FloatVector input0 = FloatVector.fromArray(WIDE, x, x0 + column * xStride);
            FloatVector input1 = FloatVector.fromArray(WIDE, x, x1 + column * xStride);
            int k = w + column;
            FloatVector weight0 = FloatVector.broadcast(WIDE, weights[k]);
            sum00 = input0.lanewise(FMA, weight0, sum00);
            sum01 = input1.lanewise(FMA, weight0, sum01);
            FloatVector weight1 = FloatVector.broadcast(WIDE, weights[k + columns]);
            sum10 = input0.lanewise(FMA, weight1, sum10);
            sum11 = input1.lanewise(FMA, weight1, sum11);
            FloatVector weight2 = FloatVector.broadcast(WIDE, weights[k + 2 * columns]);
            sum20 = input0.lanewise(FMA, weight2, sum20);
            sum21 = input1.lanewise(FMA, weight2, sum21);
            FloatVector weight3 = FloatVector.broadcast(WIDE, weights[k + 3 * columns]);
            sum30 = input0.lanewise(FMA, weight3, sum30);
            sum31 = input1.lanewise(FMA, weight3, sum31);
        }
        FloatVector.fromArray(WIDE, y, y0).lanewise(ADD, sum00).intoArray(y, y0);
        FloatVector.fromArray(WIDE, y, y0 + yStride)
                .lanewise(ADD, sum10)
                .intoArray(y, y0 + yStride);
        FloatVector.fromArray(WIDE, y, y0 + 2 * yStride)
                .lanewise(ADD, sum20)
                .intoArray(y, y0 + 2 * yStride);
        FloatVector.fromArray(WIDE, y, y0 + 3 * yStride)
                .lanewise(ADD, sum30)
                .intoArray(y, y0 + 3 * yStride);
        FloatVector.fromArray(WIDE, y, y1).lanewise(ADD, sum01).intoArray(y, y1);
        FloatVector.fromArray(WIDE, y, y1 + yStride)
                .lanewise(ADD, sum11)
                .intoArray(y, y1 + yStride);
        FloatVector.fromArray(WIDE, y, y1 + 2 * yStride)
                .lanewise(ADD, sum21)
                .intoArray(y, y1 + 2 * yStride);
        FloatVector.fromArray(WIDE, y, y1 + 3 * yStride)
                .lanewise(ADD, sum31)
                .intoArray(y, y1 + 3 * yStride);
    }
}
