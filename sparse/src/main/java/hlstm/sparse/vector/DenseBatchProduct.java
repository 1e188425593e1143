package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * {@code Y += W X} for a dense row-major matrix and feature-major blocks of one or more steps: a
 * register of lanes of x is loaded once for eight rows. Every row is one chain over the columns,
 * whichever rows are computed beside it, so that its bits do not depend on how rows are shared out.
 */
public final class DenseBatchProduct {
    private static final int ROWS = DenseBatchPairs.ROWS;

    /** Weights that stay in the L2 cache, 128 KiB, while all steps pass over them. */
    private static final int TILE_WEIGHTS = 1 << 15;

    private DenseBatchProduct() {}

    /**
     * Rows [fromRow, toRow) of each step, for all lanes but the last fewer than 4; returns how
     * many.
     */
    public static int multiplyAdd(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            int lanes) {
        int rows = Math.max(1, TILE_WEIGHTS / Math.max(1, columns * ROWS)) * ROWS;
        for (int row = fromRow; row < toRow; row += rows) {
            tile(
                    weights,
                    columns,
                    row,
                    Math.min(toRow, row + rows),
                    steps,
                    x,
                    xOffset,
                    xStride,
                    xStepStride,
                    y,
                    yOffset,
                    yStride,
                    yStepStride,
                    lanes);
        }
        return lanes - lanes % 4;
    }

    private static void tile(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            int lanes) {
        int lane = 0;
        for (; lane + 2 * LANES <= lanes; lane += 2 * LANES) {
            for (int step = 0; step < steps; step++) {
                // The other half of the lanes takes the place of a second step.
                twoSteps(
                        weights,
                        columns,
                        fromRow,
                        toRow,
                        2,
                        x,
                        xOffset + lane + step * xStepStride,
                        xStride,
                        LANES,
                        y,
                        yOffset + lane + step * yStepStride,
                        yStride,
                        LANES);
            }
        }
        for (; lane + LANES <= lanes; lane += LANES) {
            twoSteps(
                    weights,
                    columns,
                    fromRow,
                    toRow,
                    steps,
                    x,
                    xOffset + lane,
                    xStride,
                    xStepStride,
                    y,
                    yOffset + lane,
                    yStride,
                    yStepStride);
        }
        for (; lane + 4 <= lanes; lane += 4) {
            for (int step = 0; step < steps; step++) {
                fourLanes(
                        weights,
                        columns,
                        fromRow,
                        toRow,
                        x,
                        xOffset + lane + step * xStepStride,
                        xStride,
                        y,
                        yOffset + lane + step * yStepStride,
                        yStride);
            }
        }
    }

    /** A register of lanes of each step, two steps at once. */
    private static void twoSteps(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride) {
        int row = fromRow;
        for (; row + ROWS <= toRow; row += ROWS) {
            int to = yOffset + row * yStride;
            int step = 0;
            for (; step + 2 <= steps; step += 2) {
                int from = xOffset + step * xStepStride;
                int into = to + step * yStepStride;
                DenseBatchPairs.multiplyAdd(
                        weights,
                        columns,
                        row,
                        x,
                        from,
                        from + xStepStride,
                        xStride,
                        y,
                        into,
                        into + yStepStride,
                        yStride);
            }
            if (step < steps) {
                eightRows(
                        weights,
                        columns,
                        row,
                        x,
                        xOffset + step * xStepStride,
                        xStride,
                        y,
                        to + step * yStepStride,
                        yStride);
            }
        }
        for (; row < toRow; row++) {
            for (int step = 0; step < steps; step++) {
                oneRow(
                        weights,
                        columns,
                        row,
                        x,
                        xOffset + step * xStepStride,
                        xStride,
                        y,
                        yOffset + row * yStride + step * yStepStride);
            }
        }
    }

    private static void fourLanes(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride) {
        int row = fromRow;
        for (; row + ROWS <= toRow; row += ROWS) {
            DenseBatchProduct4.eightRows(
                    weights,
                    columns,
                    row,
                    x,
                    xOffset,
                    xStride,
                    y,
                    yOffset + row * yStride,
                    yStride);
        }
        for (; row < toRow; row++) {
            DenseBatchProduct4.oneRow(
                    weights, columns, row, x, xOffset, xStride, y, yOffset + row * yStride);
        }
    }

    private static void eightRows(
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
        FloatVector sum0 = FloatVector.zero(WIDE);
        FloatVector sum1 = FloatVector.zero(WIDE);
        FloatVector sum2 = FloatVector.zero(WIDE);
        FloatVector sum3 = FloatVector.zero(WIDE);
        FloatVector sum4 = FloatVector.zero(WIDE);
        FloatVector sum5 = FloatVector.zero(WIDE);
        FloatVector sum6 = FloatVector.zero(WIDE);
        FloatVector sum7 = FloatVector.zero(WIDE);
        for (int column = 0; column < columns; column++) {
            FloatVector input = FloatVector.fromArray(WIDE, x, xOffset + column * xStride);
            int k = w + column;
            sum0 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k]), sum0);
            sum1 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + columns]), sum1);
            sum2 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + 2 * columns]), sum2);
            sum3 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + 3 * columns]), sum3);
            sum4 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + 4 * columns]), sum4);
            sum5 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + 5 * columns]), sum5);
            sum6 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + 6 * columns]), sum6);
            sum7 = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[k + 7 * columns]), sum7);
        }
        FloatVector.fromArray(WIDE, y, to).lanewise(ADD, sum0).intoArray(y, to);
        FloatVector.fromArray(WIDE, y, to + yStride).lanewise(ADD, sum1).intoArray(y, to + yStride);
        FloatVector.fromArray(WIDE, y, to + 2 * yStride)
                .lanewise(ADD, sum2)
                .intoArray(y, to + 2 * yStride);
        FloatVector.fromArray(WIDE, y, to + 3 * yStride)
                .lanewise(ADD, sum3)
                .intoArray(y, to + 3 * yStride);
        FloatVector.fromArray(WIDE, y, to + 4 * yStride)
                .lanewise(ADD, sum4)
                .intoArray(y, to + 4 * yStride);
        FloatVector.fromArray(WIDE, y, to + 5 * yStride)
                .lanewise(ADD, sum5)
                .intoArray(y, to + 5 * yStride);
        FloatVector.fromArray(WIDE, y, to + 6 * yStride)
                .lanewise(ADD, sum6)
                .intoArray(y, to + 6 * yStride);
        FloatVector.fromArray(WIDE, y, to + 7 * yStride)
                .lanewise(ADD, sum7)
                .intoArray(y, to + 7 * yStride);
    }

    private static void oneRow(
            float[] weights,
            int columns,
            int row,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int to) {
        int w = row * columns;
        FloatVector sum = FloatVector.zero(WIDE);
        for (int column = 0; column < columns; column++) {
            FloatVector input = FloatVector.fromArray(WIDE, x, xOffset + column * xStride);
            sum = input.lanewise(FMA, FloatVector.broadcast(WIDE, weights[w + column]), sum);
        }
        FloatVector.fromArray(WIDE, y, to).lanewise(ADD, sum).intoArray(y, to);
    }
}
