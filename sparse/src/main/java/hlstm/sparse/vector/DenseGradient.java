package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.BY_1;
import static hlstm.sparse.vector.LaneSpecies.BY_2;
import static hlstm.sparse.vector.LaneSpecies.BY_4;
import static hlstm.sparse.vector.LaneSpecies.BY_8;
import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

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
     * {@code gradient[row * columns + column] +=} for rows [fromRow, toRow), over all lanes but the
     * last fewer than 4; returns how many.
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
                            columns);
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
                        columns);
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
                        columns);
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
                        columns);
            }
        }
        for (; lane + 4 <= lanes; lane += 4) {
            for (int row = fromRow; row < toRow; row++) {
                int p = dyOffset + lane + row * dyStride;
                int k = row * columns;
                int column = 0;
                for (; column + COLUMNS <= columns; column += COLUMNS) {
                    int x0 = xOffset + lane + column * xStride;
                    LaneDots4.addFour(
                            dy,
                            p,
                            dyStepStride,
                            x,
                            x0,
                            x0 + xStride,
                            x0 + 2 * xStride,
                            x0 + 3 * xStride,
                            xStepStride,
                            steps,
                            gradient,
                            k + column);
                }
                for (; column < columns; column++) {
                    gradient[k + column] +=
                            LaneDots4.one(
                                    dy,
                                    p,
                                    dyStepStride,
                                    x,
                                    xOffset + lane + column * xStride,
                                    xStepStride,
                                    steps);
                }
            }
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
            int columns) {
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
            sum00 = d0.lanewise(FMA, x0, sum00);
            sum10 = d1.lanewise(FMA, x0, sum10);
            FloatVector x1 = FloatVector.fromArray(WIDE, x, q + xStride);
            sum01 = d0.lanewise(FMA, x1, sum01);
            sum11 = d1.lanewise(FMA, x1, sum11);
            FloatVector x2 = FloatVector.fromArray(WIDE, x, q + 2 * xStride);
            sum02 = d0.lanewise(FMA, x2, sum02);
            sum12 = d1.lanewise(FMA, x2, sum12);
            FloatVector x3 = FloatVector.fromArray(WIDE, x, q + 3 * xStride);
            sum03 = d0.lanewise(FMA, x3, sum03);
            sum13 = d1.lanewise(FMA, x3, sum13);
        }
        sum00 = FloatVector.zero(WIDE).lanewise(ADD, sum00);
        sum01 = FloatVector.zero(WIDE).lanewise(ADD, sum01);
        sum02 = FloatVector.zero(WIDE).lanewise(ADD, sum02);
        sum03 = FloatVector.zero(WIDE).lanewise(ADD, sum03);
        sum10 = FloatVector.zero(WIDE).lanewise(ADD, sum10);
        sum11 = FloatVector.zero(WIDE).lanewise(ADD, sum11);
        sum12 = FloatVector.zero(WIDE).lanewise(ADD, sum12);
        sum13 = FloatVector.zero(WIDE).lanewise(ADD, sum13);
        if (LANES > 8) {
            sum00 = sum00.lanewise(ADD, sum00.rearrange(BY_8));
            sum01 = sum01.lanewise(ADD, sum01.rearrange(BY_8));
            sum02 = sum02.lanewise(ADD, sum02.rearrange(BY_8));
            sum03 = sum03.lanewise(ADD, sum03.rearrange(BY_8));
            sum10 = sum10.lanewise(ADD, sum10.rearrange(BY_8));
            sum11 = sum11.lanewise(ADD, sum11.rearrange(BY_8));
            sum12 = sum12.lanewise(ADD, sum12.rearrange(BY_8));
            sum13 = sum13.lanewise(ADD, sum13.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum00 = sum00.lanewise(ADD, sum00.rearrange(BY_4));
            sum01 = sum01.lanewise(ADD, sum01.rearrange(BY_4));
            sum02 = sum02.lanewise(ADD, sum02.rearrange(BY_4));
            sum03 = sum03.lanewise(ADD, sum03.rearrange(BY_4));
            sum10 = sum10.lanewise(ADD, sum10.rearrange(BY_4));
            sum11 = sum11.lanewise(ADD, sum11.rearrange(BY_4));
            sum12 = sum12.lanewise(ADD, sum12.rearrange(BY_4));
            sum13 = sum13.lanewise(ADD, sum13.rearrange(BY_4));
        }
        sum00 = sum00.lanewise(ADD, sum00.rearrange(BY_2));
        sum01 = sum01.lanewise(ADD, sum01.rearrange(BY_2));
        sum02 = sum02.lanewise(ADD, sum02.rearrange(BY_2));
        sum03 = sum03.lanewise(ADD, sum03.rearrange(BY_2));
        sum10 = sum10.lanewise(ADD, sum10.rearrange(BY_2));
        sum11 = sum11.lanewise(ADD, sum11.rearrange(BY_2));
        sum12 = sum12.lanewise(ADD, sum12.rearrange(BY_2));
        sum13 = sum13.lanewise(ADD, sum13.rearrange(BY_2));
        sum00 = sum00.lanewise(ADD, sum00.rearrange(BY_1));
        sum01 = sum01.lanewise(ADD, sum01.rearrange(BY_1));
        sum02 = sum02.lanewise(ADD, sum02.rearrange(BY_1));
        sum03 = sum03.lanewise(ADD, sum03.rearrange(BY_1));
        sum10 = sum10.lanewise(ADD, sum10.rearrange(BY_1));
        sum11 = sum11.lanewise(ADD, sum11.rearrange(BY_1));
        sum12 = sum12.lanewise(ADD, sum12.rearrange(BY_1));
        sum13 = sum13.lanewise(ADD, sum13.rearrange(BY_1));
        gradient[k] += sum00.lane(0);
        gradient[k + 1] += sum01.lane(0);
        gradient[k + 2] += sum02.lane(0);
        gradient[k + 3] += sum03.lane(0);
        gradient[k + columns] += sum10.lane(0);
        gradient[k + columns + 1] += sum11.lane(0);
        gradient[k + columns + 2] += sum12.lane(0);
        gradient[k + columns + 3] += sum13.lane(0);
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
            int columns) {
        for (int column = fromColumn; column < columns; column++) {
            gradient[k + column] +=
                    LaneDots.one(
                            dy,
                            dyRow,
                            dyStepStride,
                            x,
                            xOffset + column * xStride,
                            xStepStride,
                            steps);
        }
    }
}
