package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of every element of a dense matrix: sums over steps and lanes of products of dy and
 * x, for two rows by four columns at once. Every element is one chain over the steps, whichever
 * elements are computed beside it.
 */
public final class DenseGradient {
    private static final int ROWS = 2;
    private static final int COLUMNS = 4;

    private DenseGradient() {}

    /**
     * {@code gradient[row * columns + column] +=} for rows [fromRow, toRow), over the lanes that
     * fill registers, or all of them where masks are cheap; returns how many.
     */
    public static int add(
            int columns,
            int fromRow,
            int toRow,
            float[] dy,
            int dyOffset,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient) {
        float[] scratch = new float[ROWS * COLUMNS * LANES];
        int lane = 0;
        for (; lane + LANES <= lanes; lane += LANES) {
            int row = fromRow;
            for (; row + ROWS <= toRow; row += ROWS) {
                int p = dyOffset + lane + row * dyStride;
                int k = row * columns;
                int column = 0;
                for (; column + COLUMNS <= columns; column += COLUMNS) {
                    block(
                            dy,
                            p,
                            dyStride,
                            dyStepStride,
                            x,
                            xOffset + lane + column * xStride,
                            xStride,
                            xStepStride,
                            steps,
                            gradient,
                            k + column,
                            columns,
                            scratch);
                }
                rest(
                        dy,
                        p,
                        dyStepStride,
                        x,
                        xOffset + lane,
                        xStride,
                        xStepStride,
                        steps,
                        gradient,
                        k,
                        column,
                        columns,
                        scratch);
                rest(
                        dy,
                        p + dyStride,
                        dyStepStride,
                        x,
                        xOffset + lane,
                        xStride,
                        xStepStride,
                        steps,
                        gradient,
                        k + columns,
                        column,
                        columns,
                        scratch);
            }
            for (; row < toRow; row++) {
                rest(
                        dy,
                        dyOffset + lane + row * dyStride,
                        dyStepStride,
                        x,
                        xOffset + lane,
                        xStride,
                        xStepStride,
                        steps,
                        gradient,
                        row * columns,
                        0,
                        columns,
                        scratch);
            }
        }
        if (LaneSpecies.MASKS && lane < lanes) {
            for (int row = fromRow; row < toRow; row++) {
                int p = dyOffset + lane + row * dyStride;
                for (int column = 0; column < columns; column++) {
                    gradient[row * columns + column] +=
                            LaneDots.part(
                                    dy,
                                    p,
                                    dyStepStride,
                                    x,
                                    xOffset + lane + column * xStride,
                                    xStepStride,
                                    steps,
                                    lanes - lane,
                                    scratch);
                }
            }
            lane = lanes;
        }
        return lane;
    }

    private static void block(
            float[] dy,
            int dyRow,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xColumn,
            int xStride,
            int xStepStride,
            int steps,
            float[] gradient,
            int k,
            int columns,
            float[] scratch) {
        FloatVector sum00 = FloatVector.zero(WIDE);
        FloatVector sum01 = FloatVector.zero(WIDE);
        FloatVector sum02 = FloatVector.zero(WIDE);
        FloatVector sum03 = FloatVector.zero(WIDE);
        FloatVector sum10 = FloatVector.zero(WIDE);
        FloatVector sum11 = FloatVector.zero(WIDE);
        FloatVector sum12 = FloatVector.zero(WIDE);
        FloatVector sum13 = FloatVector.zero(WIDE);
        for (int step = 0; step < steps; step++) {
            int p = dyRow + step * dyStepStride;
            int q = xColumn + step * xStepStride;
            FloatVector d0 = FloatVector.fromArray(WIDE, dy, p);
            FloatVector d1 = FloatVector.fromArray(WIDE, dy, p + dyStride);
            FloatVector x0 = FloatVector.fromArray(WIDE, x, q);
            sum00 = d0.fma(x0, sum00);
            sum10 = d1.fma(x0, sum10);
            FloatVector x1 = FloatVector.fromArray(WIDE, x, q + xStride);
            sum01 = d0.fma(x1, sum01);
            sum11 = d1.fma(x1, sum11);
            FloatVector x2 = FloatVector.fromArray(WIDE, x, q + 2 * xStride);
            sum02 = d0.fma(x2, sum02);
            sum12 = d1.fma(x2, sum12);
            FloatVector x3 = FloatVector.fromArray(WIDE, x, q + 3 * xStride);
            sum03 = d0.fma(x3, sum03);
            sum13 = d1.fma(x3, sum13);
        }
        sum00.intoArray(scratch, 0);
        sum01.intoArray(scratch, LANES);
        sum02.intoArray(scratch, 2 * LANES);
        sum03.intoArray(scratch, 3 * LANES);
        sum10.intoArray(scratch, 4 * LANES);
        sum11.intoArray(scratch, 5 * LANES);
        sum12.intoArray(scratch, 6 * LANES);
        sum13.intoArray(scratch, 7 * LANES);
        for (int c = 0; c < COLUMNS; c++) {
            gradient[k + c] += LaneDots.sum(scratch, c * LANES);
            gradient[k + columns + c] += LaneDots.sum(scratch, (COLUMNS + c) * LANES);
        }
    }

    private static void rest(
            float[] dy,
            int dyRow,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            float[] gradient,
            int k,
            int fromColumn,
            int columns,
            float[] scratch) {
        for (int column = fromColumn; column < columns; column++) {
            gradient[k + column] +=
                    LaneDots.whole(
                            dy,
                            dyRow,
                            dyStepStride,
                            x,
                            xOffset + column * xStride,
                            xStepStride,
                            steps,
                            scratch);
        }
    }
}
