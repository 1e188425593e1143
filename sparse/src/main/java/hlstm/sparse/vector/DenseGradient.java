package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.BY_1;
import static hlstm.sparse.vector.LaneSpecies.BY_2;
import static hlstm.sparse.vector.LaneSpecies.BY_4;
import static hlstm.sparse.vector.LaneSpecies.BY_8;
import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import hlstm.sparse.Kernels;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of every element of a dense matrix: sums over steps and lanes of products of dy and
 * x, for two rows by four columns at once. What a tile of rows needs of dy is first copied side by
 * side into a panel that stays in the L2 cache, and four columns of x into one that stays in the L1
 * cache while all rows of the tile pass over it: where they come from, steps lie far apart, and
 * often in the same few sets of a cache.
 *
 * <p>Every element is one chain over the lanes and steps of a panel, whichever elements are
 * computed beside it.
 */
public final class DenseGradient {
    private static final int ROWS = 2;
    private static final int COLUMNS = 4;

    /** Most lanes of a panel, a multiple of any register's. */
    private static final int PANEL_LANES = 64;

    /** Steps times lanes of a panel: four columns of them fill a quarter of an L1 cache. */
    private static final int PANEL_TERMS = 512;

    /** Rows of dy in a panel. */
    private static final int TILE_ROWS = Kernels.GRADIENT_WORK / PANEL_TERMS - COLUMNS;

    /** Where the panel of columns begins in the work space, behind that of rows. */
    private static final int COLUMN_PANEL = TILE_ROWS * PANEL_TERMS;

    private DenseGradient() {}

    /**
     * {@code gradient[row * columns + column] +=} for rows [fromRow, toRow), over all lanes but the
     * last fewer than 4; returns how many.
     *
     * @param work space, {@link Kernels#GRADIENT_WORK} floats
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
            float[] gradient,
            float[] work) {
        int lane = 0;
        while (lane + LANES <= lanes) {
            int width = Math.min(PANEL_LANES, lanes - lane) / LANES * LANES;
            int most = PANEL_TERMS / width;
            for (int step = 0; step < steps; step += most) {
                int count = Math.min(most, steps - step);
                for (int row = fromRow; row < toRow; row += TILE_ROWS) {
                    tile(
                            columns,
                            row,
                            Math.min(toRow, row + TILE_ROWS),
                            dy,
                            dyOffset + lane + step * dyStepStride,
                            dyStride,
                            dyStepStride,
                            x,
                            xOffset + lane + step * xStepStride,
                            xStride,
                            xStepStride,
                            count,
                            width,
                            gradient,
                            work);
                }
            }
            lane += width;
        }
        for (; lane + 4 <= lanes; lane += 4) {
            fourLanes(
                    columns,
                    fromRow,
                    toRow,
                    dy,
                    dyOffset + lane,
                    dyStride,
                    dyStepStride,
                    x,
                    xOffset + lane,
                    xStride,
                    xStepStride,
                    steps,
                    gradient);
        }
        return lane;
    }

    /** All columns, for steps and lanes of one panel. */
    private static void tile(
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
            float[] gradient,
            float[] work) {
        int terms = steps * lanes;
        for (int row = fromRow; row < toRow; row++) {
            int from = dyOffset + row * dyStride;
            int to = rowPlace(row - fromRow, terms);
            pack(dy, from, dyStepStride, steps, lanes, work, to, ROWS * LANES);
        }
        for (int column = 0; column < columns; column += COLUMNS) {
            int count = Math.min(COLUMNS, columns - column);
            for (int c = 0; c < count; c++) {
                int from = xOffset + (column + c) * xStride;
                int to = COLUMN_PANEL + c * LANES;
                pack(x, from, xStepStride, steps, lanes, work, to, COLUMNS * LANES);
            }
            int row = fromRow;
            for (; count == COLUMNS && row + ROWS <= toRow; row += ROWS) {
                int p = rowPlace(row - fromRow, terms);
                block(work, p, terms, gradient, row * columns + column, columns);
            }
            for (; row < toRow; row++) {
                int p = rowPlace(row - fromRow, terms);
                for (int c = 0; c < count; c++) {
                    gradient[row * columns + column + c] +=
                            one(work, p, COLUMN_PANEL + c * LANES, terms);
                }
            }
        }
    }

    /** Where a row of a tile begins in its panel. */
    private static int rowPlace(int row, int terms) {
        return row / ROWS * ROWS * terms + row % ROWS * LANES;
    }

    /** One row or column: its first register of lanes at all steps, then the next. */
    private static void pack(
            float[] from,
            int offset,
            int stepStride,
            int steps,
            int lanes,
            float[] work,
            int to,
            int distance) {
        for (int lane = 0; lane < lanes; lane += LANES) {
            int start = offset + lane;
            for (int step = 0; step < steps; step++) {
                FloatVector.fromArray(WIDE, from, start + step * stepStride)
                        .intoArray(work, to + step * distance);
            }
            to += steps * distance;
        }
    }

    private static float one(float[] work, int p, int q, int terms) {
        FloatVector sum = FloatVector.zero(WIDE);
        for (int term = 0; term < terms; term += LANES) {
            FloatVector d = FloatVector.fromArray(WIDE, work, p + ROWS * term);
            FloatVector x = FloatVector.fromArray(WIDE, work, q + COLUMNS * term);
            sum = d.lanewise(FMA, x, sum);
        }
        sum = FloatVector.zero(WIDE).lanewise(ADD, sum);
        if (LANES > 8) {
            sum = sum.lanewise(ADD, sum.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum = sum.lanewise(ADD, sum.rearrange(BY_4));
        }
        sum = sum.lanewise(ADD, sum.rearrange(BY_2));
        sum = sum.lanewise(ADD, sum.rearrange(BY_1));
        return sum.lane(0);
    }

    private static void fourLanes(
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
            float[] gradient) {
        for (int row = fromRow; row < toRow; row++) {
            int p = dyOffset + row * dyStride;
            int k = row * columns;
            int column = 0;
            for (; column + COLUMNS <= columns; column += COLUMNS) {
                int x0 = xOffset + column * xStride;
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
                                xOffset + column * xStride,
                                xStepStride,
                                steps);
            }
        }
    }

    private static void block(
            float[] work, int p, int terms, float[] gradient, int k, int columns) {
        FloatVector sum00 = FloatVector.zero(WIDE);
        FloatVector sum01 = FloatVector.zero(WIDE);
        FloatVector sum02 = FloatVector.zero(WIDE);
        FloatVector sum03 = FloatVector.zero(WIDE);
        FloatVector sum10 = FloatVector.zero(WIDE);
        FloatVector sum11 = FloatVector.zero(WIDE);
        FloatVector sum12 = FloatVector.zero(WIDE);
        FloatVector sum13 = FloatVector.zero(WIDE);
        for (int term = 0; term < terms; term += LANES) {
            int r = p + ROWS * term;
            int q = COLUMN_PANEL + COLUMNS * term;
            FloatVector d0 = FloatVector.fromArray(WIDE, work, r);
            FloatVector d1 = FloatVector.fromArray(WIDE, work, r + LANES);
            FloatVector x0 = FloatVector.fromArray(WIDE, work, q);
            sum00 = d0.lanewise(FMA, x0, sum00);
            sum10 = d1.lanewise(FMA, x0, sum10);
            FloatVector x1 = FloatVector.fromArray(WIDE, work, q + LANES);
            sum01 = d0.lanewise(FMA, x1, sum01);
            sum11 = d1.lanewise(FMA, x1, sum11);
            FloatVector x2 = FloatVector.fromArray(WIDE, work, q + 2 * LANES);
            sum02 = d0.lanewise(FMA, x2, sum02);
            sum12 = d1.lanewise(FMA, x2, sum12);
            FloatVector x3 = FloatVector.fromArray(WIDE, work, q + 3 * LANES);
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
}
