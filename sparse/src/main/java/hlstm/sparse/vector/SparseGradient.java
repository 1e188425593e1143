package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;

/**
 * The gradient of weights: sums over steps and lanes of products of dy and x. Every weight is one
 * chain over the steps, whichever weights are computed beside it.
 */
public final class SparseGradient {
    private static final int COLUMNS = 4;

    private SparseGradient() {}

    /**
     * {@code gradient[k] +=} for connections [k, end) of one row, over all lanes but the last fewer
     * than 4; returns how many.
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
        int lane = 0;
        for (; lane + LANES <= lanes; lane += LANES) {
            int k = from;
            for (; k + COLUMNS <= end; k += COLUMNS) {
                LaneDots.addFour(
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
                        k);
            }
            for (; k < end; k++) {
                gradient[k] +=
                        LaneDots.one(
                                dy,
                                dyRow + lane,
                                dyStepStride,
                                x,
                                xOffset + lane + columns[k] * xStride,
                                xStepStride,
                                steps);
            }
        }
        for (; lane + 4 <= lanes; lane += 4) {
            int k = from;
            for (; k + COLUMNS <= end; k += COLUMNS) {
                LaneDots4.addFour(
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
                        k);
            }
            for (; k < end; k++) {
                gradient[k] +=
                        LaneDots4.one(
                                dy,
                                dyRow + lane,
                                dyStepStride,
                                x,
                                xOffset + lane + columns[k] * xStride,
                                xStepStride,
                                steps);
            }
        }
        return lane;
    }
}
