package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of weights: sums over steps and lanes of products of dy and x. A register of dy is
 * loaded once for four columns. Every weight is one chain over the steps, whichever weights are
 * computed beside it.
 */
public final class SparseGradient {
    private static final int COLUMNS = 4;

    private SparseGradient() {}

    /**
     * {@code gradient[k] +=} for connections [k, end) of one row, over the lanes that fill
     * registers, or all of them where masks are cheap; returns how many.
     *
     * @param columns the column of each connection
     * @param dyRow where the row's lanes of the first step begin
     */
    public static int addRow(
            int[] columns,
            int from,
            int end,
            float[] dy,
            int dyRow,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient) {
        float[] scratch = new float[COLUMNS * LANES];
        int lane = 0;
        for (; lane + LANES <= lanes; lane += LANES) {
            int k = from;
            for (; k + COLUMNS <= end; k += COLUMNS) {
                fourColumns(
                        dy,
                        dyRow + lane,
                        dyStepStride,
                        x,
                        xOffset + lane + columns[k] * xStride,
                        xOffset + lane + columns[k + 1] * xStride,
                        xOffset + lane + columns[k + 2] * xStride,
                        xOffset + lane + columns[k + 3] * xStride,
                        xStepStride,
                        steps,
                        gradient,
                        k,
                        scratch);
            }
            for (; k < end; k++) {
                gradient[k] +=
                        LaneDots.whole(
                                dy,
                                dyRow + lane,
                                dyStepStride,
                                x,
                                xOffset + lane + columns[k] * xStride,
                                xStepStride,
                                steps,
                                scratch);
            }
        }
        if (LaneSpecies.MASKS && lane < lanes) {
            for (int k = from; k < end; k++) {
                gradient[k] +=
                        LaneDots.part(
                                dy,
                                dyRow + lane,
                                dyStepStride,
                                x,
                                xOffset + lane + columns[k] * xStride,
                                xStepStride,
                                steps,
                                lanes - lane,
                                scratch);
            }
            lane = lanes;
        }
        return lane;
    }

    private static void fourColumns(
            float[] dy,
            int dyOffset,
            int dyStepStride,
            float[] x,
            int x0,
            int x1,
            int x2,
            int x3,
            int xStepStride,
            int steps,
            float[] gradient,
            int k,
            float[] scratch) {
        FloatVector sum0 = FloatVector.zero(WIDE);
        FloatVector sum1 = FloatVector.zero(WIDE);
        FloatVector sum2 = FloatVector.zero(WIDE);
        FloatVector sum3 = FloatVector.zero(WIDE);
        int p = dyOffset;
        int q = 0;
        for (int step = 0; step < steps; step++) {
            FloatVector d = FloatVector.fromArray(WIDE, dy, p);
            sum0 = d.fma(FloatVector.fromArray(WIDE, x, x0 + q), sum0);
            sum1 = d.fma(FloatVector.fromArray(WIDE, x, x1 + q), sum1);
            sum2 = d.fma(FloatVector.fromArray(WIDE, x, x2 + q), sum2);
            sum3 = d.fma(FloatVector.fromArray(WIDE, x, x3 + q), sum3);
            p += dyStepStride;
            q += xStepStride;
        }
        sum0.intoArray(scratch, 0);
        sum1.intoArray(scratch, LANES);
        sum2.intoArray(scratch, 2 * LANES);
        sum3.intoArray(scratch, 3 * LANES);
        for (int c = 0; c < COLUMNS; c++) {
            gradient[k + c] += LaneDots.sum(scratch, c * LANES);
        }
    }
}
