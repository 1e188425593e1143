package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * Blocks of rows that fill one, two or four registers exactly, for {@link RowBlockProduct}. The
 * height of a block is a constant here, so that the compiler moves the checks of array bounds out
 * of the loops; that is worth a quarter of the time. Each register has two sums: with four, loops
 * are too long to be unrolled further.
 */
final class WholeBlocks {
    private WholeBlocks() {}

    /** Whether there is a loop for blocks of this height. */
    static boolean fit(int height) {
        return height == LANES || height == 2 * LANES || height == 4 * LANES;
    }

    /** The first {@code blocks} blocks, of a height that {@link #fit fits}. */
    static void multiplyAdd(
            int blocks,
            int height,
            int[] offsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
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
                        y,
                        yOffset + block * LANES);
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
                        y,
                        yOffset + block * 2 * LANES);
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
                        y,
                        yOffset + block * 4 * LANES);
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
            float[] y,
            int to) {
        FloatVector even = FloatVector.zero(WIDE);
        FloatVector odd = FloatVector.zero(WIDE);
        for (; k < end - 1; k += 2) {
            int v = valuesOffset + k * LANES;
            FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
            FloatVector x1 = FloatVector.broadcast(WIDE, x[xOffset + columns[k + 1]]);
            even = FloatVector.fromArray(WIDE, values, v).lanewise(FMA, x0, even);
            odd = FloatVector.fromArray(WIDE, values, v + LANES).lanewise(FMA, x1, odd);
        }
        if (k < end) {
            FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
            even =
                    FloatVector.fromArray(WIDE, values, valuesOffset + k * LANES)
                            .lanewise(FMA, x0, even);
        }
        FloatVector.fromArray(WIDE, y, to).lanewise(ADD, even).lanewise(ADD, odd).intoArray(y, to);
    }

    private static void twoRegisters(
            int k,
            int end,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int to) {
        FloatVector even0 = FloatVector.zero(WIDE);
        FloatVector even1 = FloatVector.zero(WIDE);
        FloatVector odd0 = FloatVector.zero(WIDE);
        FloatVector odd1 = FloatVector.zero(WIDE);
        for (; k < end - 1; k += 2) {
            int v = valuesOffset + k * 2 * LANES;
            FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
            FloatVector x1 = FloatVector.broadcast(WIDE, x[xOffset + columns[k + 1]]);
            even0 = FloatVector.fromArray(WIDE, values, v).lanewise(FMA, x0, even0);
            even1 = FloatVector.fromArray(WIDE, values, v + LANES).lanewise(FMA, x0, even1);
            odd0 = FloatVector.fromArray(WIDE, values, v + 2 * LANES).lanewise(FMA, x1, odd0);
            odd1 = FloatVector.fromArray(WIDE, values, v + 3 * LANES).lanewise(FMA, x1, odd1);
        }
        if (k < end) {
            int v = valuesOffset + k * 2 * LANES;
            FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
            even0 = FloatVector.fromArray(WIDE, values, v).lanewise(FMA, x0, even0);
            even1 = FloatVector.fromArray(WIDE, values, v + LANES).lanewise(FMA, x0, even1);
        }
        FloatVector.fromArray(WIDE, y, to)
                .lanewise(ADD, even0)
                .lanewise(ADD, odd0)
                .intoArray(y, to);
        FloatVector.fromArray(WIDE, y, to + LANES)
                .lanewise(ADD, even1)
                .lanewise(ADD, odd1)
                .intoArray(y, to + LANES);
    }

    /** Four registers are four sums already. */
    private static void fourRegisters(
            int k,
            int end,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int to) {
        FloatVector sum0 = FloatVector.zero(WIDE);
        FloatVector sum1 = FloatVector.zero(WIDE);
        FloatVector sum2 = FloatVector.zero(WIDE);
        FloatVector sum3 = FloatVector.zero(WIDE);
        for (; k < end; k++) {
            int v = valuesOffset + k * 4 * LANES;
            FloatVector x0 = FloatVector.broadcast(WIDE, x[xOffset + columns[k]]);
            sum0 = FloatVector.fromArray(WIDE, values, v).lanewise(FMA, x0, sum0);
            sum1 = FloatVector.fromArray(WIDE, values, v + LANES).lanewise(FMA, x0, sum1);
            sum2 = FloatVector.fromArray(WIDE, values, v + 2 * LANES).lanewise(FMA, x0, sum2);
            sum3 = FloatVector.fromArray(WIDE, values, v + 3 * LANES).lanewise(FMA, x0, sum3);
        }
        FloatVector.fromArray(WIDE, y, to).lanewise(ADD, sum0).intoArray(y, to);
        FloatVector.fromArray(WIDE, y, to + LANES).lanewise(ADD, sum1).intoArray(y, to + LANES);
        FloatVector.fromArray(WIDE, y, to + 2 * LANES)
                .lanewise(ADD, sum2)
                .intoArray(y, to + 2 * LANES);
        FloatVector.fromArray(WIDE, y, to + 3 * LANES)
                .lanewise(ADD, sum3)
                .intoArray(y, to + 3 * LANES);
    }
}
