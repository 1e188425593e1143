package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.FOUR;
import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import hlstm.sparse.RowPanels;
import jdk.incubator.vector.FloatVector;

/**
 * {@code Y += W X} for a matrix in panels of {@value RowPanels#ROWS} rows and a feature-major
 * block: ten sums of two registers of lanes, to which each loaded weight contributes twice. A panel
 * meets all lanes before the next is read. Every row is one chain over the columns as in {@link
 * DenseBatchProduct}, hence the same bits.
 */
public final class RowPanelProduct {
    private static final int ROWS = RowPanels.ROWS;

    private RowPanelProduct() {}

    /**
     * Rows [fromRow, toRow) for all lanes but the last fewer than 4; returns how many.
     *
     * @param w the panels, of which that of {@code fromRow} begins at {@code fromRow * columns}
     */
    public static int multiplyAdd(
            float[] w,
            int columns,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        int done = lanes / 4 * 4;
        int row = fromRow;
        for (; row + ROWS <= toRow; row += ROWS) {
            panel(
                    w,
                    row * columns,
                    columns,
                    x,
                    xOffset,
                    xStride,
                    y,
                    yOffset + row * yStride,
                    yStride,
                    done);
        }
        for (int k = 0; row + k < toRow; k++) {
            row(
                    w,
                    row * columns + k,
                    columns,
                    x,
                    xOffset,
                    xStride,
                    y,
                    yOffset + (row + k) * yStride,
                    done);
        }
        return done;
    }

    private static void panel(
            float[] w,
            int k0,
            int columns,
            float[] x,
            int x0,
            int xStride,
            float[] y,
            int y0,
            int yStride,
            int lanes) {
        int lane = 0;
        for (; lane + 2 * LANES <= lanes; lane += 2 * LANES) {
            int xAt = x0 + lane;
            int yAt = y0 + lane;
            twoRegisters(
                    w, k0, columns, x, xAt, xAt + LANES, xStride, y, yAt, yAt + LANES, yStride);
        }
        for (; lane + LANES <= lanes; lane += LANES) {
            oneRegister(w, k0, columns, x, x0 + lane, xStride, y, y0 + lane, yStride);
        }
        for (; lane < lanes; lane += 4) {
            fourLanes(w, k0, columns, x, x0 + lane, xStride, y, y0 + lane, yStride);
        }
    }

    private static void row(
            float[] w,
            int k0,
            int columns,
            float[] x,
            int x0,
            int xStride,
            float[] y,
            int y0,
            int lanes) {
        int lane = 0;
        for (; lane + LANES <= lanes; lane += LANES) {
            oneRow(w, k0, columns, x, x0 + lane, xStride, y, y0 + lane);
        }
        for (; lane < lanes; lane += 4) {
            oneRowOfFour(w, k0, columns, x, x0 + lane, xStride, y, y0 + lane);
        }
    }

    /** A panel with two registers of lanes. */
    private static void twoRegisters(
            float[] w,
            int k0,
            int columns,
            float[] x,
            int x0,
            int x1,
            int xStride,
            float[] y,
            int y0,
            int y1,
            int yStride) {
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
        int k = k0;
        for (int column = 0; column < columns; column++) {
            FloatVector input0 = FloatVector.fromArray(WIDE, x, x0 + column * xStride);
            FloatVector input1 = FloatVector.fromArray(WIDE, x, x1 + column * xStride);
            FloatVector weight0 = FloatVector.broadcast(WIDE, w[k]);
            sum00 = input0.lanewise(FMA, weight0, sum00);
            sum01 = input1.lanewise(FMA, weight0, sum01);
            FloatVector weight1 = FloatVector.broadcast(WIDE, w[k + 1]);
            sum10 = input0.lanewise(FMA, weight1, sum10);
            sum11 = input1.lanewise(FMA, weight1, sum11);
            FloatVector weight2 = FloatVector.broadcast(WIDE, w[k + 2]);
            sum20 = input0.lanewise(FMA, weight2, sum20);
            sum21 = input1.lanewise(FMA, weight2, sum21);
            FloatVector weight3 = FloatVector.broadcast(WIDE, w[k + 3]);
            sum30 = input0.lanewise(FMA, weight3, sum30);
            sum31 = input1.lanewise(FMA, weight3, sum31);
            FloatVector weight4 = FloatVector.broadcast(WIDE, w[k + 4]);
            sum40 = input0.lanewise(FMA, weight4, sum40);
            sum41 = input1.lanewise(FMA, weight4, sum41);
            k += RowPanels.ROWS;
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
    }

    /** A panel with a register of lanes. */
    private static void oneRegister(
            float[] w,
            int k0,
            int columns,
            float[] x,
            int x0,
            int xStride,
            float[] y,
            int y0,
            int yStride) {
        FloatVector sum00 = FloatVector.zero(WIDE);
        FloatVector sum10 = FloatVector.zero(WIDE);
        FloatVector sum20 = FloatVector.zero(WIDE);
        FloatVector sum30 = FloatVector.zero(WIDE);
        FloatVector sum40 = FloatVector.zero(WIDE);
        int k = k0;
        for (int column = 0; column < columns; column++) {
            FloatVector input0 = FloatVector.fromArray(WIDE, x, x0 + column * xStride);
            FloatVector weight0 = FloatVector.broadcast(WIDE, w[k]);
            sum00 = input0.lanewise(FMA, weight0, sum00);
            FloatVector weight1 = FloatVector.broadcast(WIDE, w[k + 1]);
            sum10 = input0.lanewise(FMA, weight1, sum10);
            FloatVector weight2 = FloatVector.broadcast(WIDE, w[k + 2]);
            sum20 = input0.lanewise(FMA, weight2, sum20);
            FloatVector weight3 = FloatVector.broadcast(WIDE, w[k + 3]);
            sum30 = input0.lanewise(FMA, weight3, sum30);
            FloatVector weight4 = FloatVector.broadcast(WIDE, w[k + 4]);
            sum40 = input0.lanewise(FMA, weight4, sum40);
            k += RowPanels.ROWS;
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
    }

    /** A panel with four lanes. */
    private static void fourLanes(
            float[] w,
            int k0,
            int columns,
            float[] x,
            int x0,
            int xStride,
            float[] y,
            int y0,
            int yStride) {
        FloatVector sum00 = FloatVector.zero(FOUR);
        FloatVector sum10 = FloatVector.zero(FOUR);
        FloatVector sum20 = FloatVector.zero(FOUR);
        FloatVector sum30 = FloatVector.zero(FOUR);
        FloatVector sum40 = FloatVector.zero(FOUR);
        int k = k0;
        for (int column = 0; column < columns; column++) {
            FloatVector input0 = FloatVector.fromArray(FOUR, x, x0 + column * xStride);
            FloatVector weight0 = FloatVector.broadcast(FOUR, w[k]);
            sum00 = input0.lanewise(FMA, weight0, sum00);
            FloatVector weight1 = FloatVector.broadcast(FOUR, w[k + 1]);
            sum10 = input0.lanewise(FMA, weight1, sum10);
            FloatVector weight2 = FloatVector.broadcast(FOUR, w[k + 2]);
            sum20 = input0.lanewise(FMA, weight2, sum20);
            FloatVector weight3 = FloatVector.broadcast(FOUR, w[k + 3]);
            sum30 = input0.lanewise(FMA, weight3, sum30);
            FloatVector weight4 = FloatVector.broadcast(FOUR, w[k + 4]);
            sum40 = input0.lanewise(FMA, weight4, sum40);
            k += RowPanels.ROWS;
        }
        FloatVector.fromArray(FOUR, y, y0).lanewise(ADD, sum00).intoArray(y, y0);
        FloatVector.fromArray(FOUR, y, y0 + yStride)
                .lanewise(ADD, sum10)
                .intoArray(y, y0 + yStride);
        FloatVector.fromArray(FOUR, y, y0 + 2 * yStride)
                .lanewise(ADD, sum20)
                .intoArray(y, y0 + 2 * yStride);
        FloatVector.fromArray(FOUR, y, y0 + 3 * yStride)
                .lanewise(ADD, sum30)
                .intoArray(y, y0 + 3 * yStride);
        FloatVector.fromArray(FOUR, y, y0 + 4 * yStride)
                .lanewise(ADD, sum40)
                .intoArray(y, y0 + 4 * yStride);
    }

    private static void oneRow(
            float[] w, int k0, int columns, float[] x, int x0, int xStride, float[] y, int y0) {
        FloatVector sum = FloatVector.zero(WIDE);
        int k = k0;
        for (int column = 0; column < columns; column++) {
            FloatVector input = FloatVector.fromArray(WIDE, x, x0 + column * xStride);
            sum = input.lanewise(FMA, FloatVector.broadcast(WIDE, w[k]), sum);
            k += RowPanels.ROWS;
        }
        FloatVector.fromArray(WIDE, y, y0).lanewise(ADD, sum).intoArray(y, y0);
    }

    private static void oneRowOfFour(
            float[] w, int k0, int columns, float[] x, int x0, int xStride, float[] y, int y0) {
        FloatVector sum = FloatVector.zero(FOUR);
        int k = k0;
        for (int column = 0; column < columns; column++) {
            FloatVector input = FloatVector.fromArray(FOUR, x, x0 + column * xStride);
            sum = input.lanewise(FMA, FloatVector.broadcast(FOUR, w[k]), sum);
            k += RowPanels.ROWS;
        }
        FloatVector.fromArray(FOUR, y, y0).lanewise(ADD, sum).intoArray(y, y0);
    }
}
