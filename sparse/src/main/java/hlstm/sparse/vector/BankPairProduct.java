package hlstm.sparse.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * {@code y += W x} for the slots of balanced banks that 16 rows share: a window of 8 inputs is
 * loaded once for all of them and permuted in a register. A register of 512 bits holds all 16 rows,
 * two of 256 bits or four of 128 bits do otherwise.
 */
public final class BankPairProduct {
    private static final int ROWS = BankPlaces.PAIR;
    private static final int HALF = ROWS / 2;

    private BankPairProduct() {}

    /**
     * The first {@code pairs} pairs of groups of 8 rows.
     *
     * @param offsets where the slots of each pair begin, and the end
     * @param windows where the 8 inputs of each slot begin
     * @param places for each slot, which input of the window each row takes, as {@link BankPlaces}
     *     has it
     * @param values for each slot and row, the weight
     * @param valuesOffset where the first weight lies in {@code values}
     */
    public static void multiplyAdd(
            int pairs,
            int[] offsets,
            int[] windows,
            long[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int pair = 0; pair < pairs; pair++) {
            int from = offsets[pair];
            int end = offsets[pair + 1];
            int to = yOffset + pair * ROWS;
            if (from == end) {
                continue;
            }
            if (LaneSpecies.LANES >= ROWS) {
                oneVector(from, end, windows, places, values, valuesOffset, x, xOffset, y, to);
            } else if (LaneSpecies.LANES >= HALF) {
                twoVectors(from, end, windows, places, values, valuesOffset, x, xOffset, y, to);
            } else {
                fourVectors(from, end, windows, places, values, valuesOffset, x, xOffset, y, to);
            }
        }
    }

    private static void oneVector(
            int slot,
            int end,
            int[] windows,
            long[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int to) {
        FloatVector sum0 = FloatVector.zero(BankPlaces.FLOATS_16);
        FloatVector sum1 = FloatVector.zero(BankPlaces.FLOATS_16);
        for (; slot < end - 1; slot += 2) {
            int k = valuesOffset + slot * ROWS;
            // Half a register of inputs is enough: no place is above 7.
            IntVector x0 =
                    (IntVector)
                            FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot])
                                    .reinterpretShape(BankPlaces.INTS_16, 0);
            IntVector p0 =
                    LongVector.broadcast(BankPlaces.LONGS_8, places[slot])
                            .reinterpretAsInts()
                            .lanewise(LSHR, BankPlaces.SHIFTS_16);
            sum0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_16, values, k)
                            .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
            IntVector x1 =
                    (IntVector)
                            FloatVector.fromArray(
                                            BankPlaces.FLOATS_8, x, xOffset + windows[slot + 1])
                                    .reinterpretShape(BankPlaces.INTS_16, 0);
            IntVector p1 =
                    LongVector.broadcast(BankPlaces.LONGS_8, places[slot + 1])
                            .reinterpretAsInts()
                            .lanewise(LSHR, BankPlaces.SHIFTS_16);
            sum1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_16, values, k + ROWS)
                            .lanewise(FMA, p1.selectFrom(x1).reinterpretAsFloats(), sum1);
        }
        if (slot < end) {
            IntVector x0 =
                    (IntVector)
                            FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot])
                                    .reinterpretShape(BankPlaces.INTS_16, 0);
            IntVector p0 =
                    LongVector.broadcast(BankPlaces.LONGS_8, places[slot])
                            .reinterpretAsInts()
                            .lanewise(LSHR, BankPlaces.SHIFTS_16);
            sum0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_16, values, valuesOffset + slot * ROWS)
                            .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
        }
        FloatVector.fromArray(BankPlaces.FLOATS_16, y, to)
                .lanewise(ADD, sum0)
                .lanewise(ADD, sum1)
                .intoArray(y, to);
    }

    private static void twoVectors(
            int slot,
            int end,
            int[] windows,
            long[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int to) {
        FloatVector low0 = FloatVector.zero(BankPlaces.FLOATS_8);
        FloatVector low1 = FloatVector.zero(BankPlaces.FLOATS_8);
        FloatVector high0 = FloatVector.zero(BankPlaces.FLOATS_8);
        FloatVector high1 = FloatVector.zero(BankPlaces.FLOATS_8);
        for (; slot < end - 1; slot += 2) {
            int k = valuesOffset + slot * ROWS;
            IntVector x0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot])
                            .reinterpretAsInts();
            IntVector p0 =
                    LongVector.broadcast(BankPlaces.LONGS_4, places[slot]).reinterpretAsInts();
            low0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k)
                            .lanewise(
                                    FMA,
                                    p0.lanewise(LSHR, BankPlaces.LOW_SHIFTS_8)
                                            .selectFrom(x0)
                                            .reinterpretAsFloats(),
                                    low0);
            high0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k + HALF)
                            .lanewise(
                                    FMA,
                                    p0.lanewise(LSHR, BankPlaces.HIGH_SHIFTS_8)
                                            .selectFrom(x0)
                                            .reinterpretAsFloats(),
                                    high0);
            IntVector x1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot + 1])
                            .reinterpretAsInts();
            IntVector p1 =
                    LongVector.broadcast(BankPlaces.LONGS_4, places[slot + 1]).reinterpretAsInts();
            low1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k + ROWS)
                            .lanewise(
                                    FMA,
                                    p1.lanewise(LSHR, BankPlaces.LOW_SHIFTS_8)
                                            .selectFrom(x1)
                                            .reinterpretAsFloats(),
                                    low1);
            high1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k + ROWS + HALF)
                            .lanewise(
                                    FMA,
                                    p1.lanewise(LSHR, BankPlaces.HIGH_SHIFTS_8)
                                            .selectFrom(x1)
                                            .reinterpretAsFloats(),
                                    high1);
        }
        if (slot < end) {
            int k = valuesOffset + slot * ROWS;
            IntVector x0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot])
                            .reinterpretAsInts();
            IntVector p0 =
                    LongVector.broadcast(BankPlaces.LONGS_4, places[slot]).reinterpretAsInts();
            low0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k)
                            .lanewise(
                                    FMA,
                                    p0.lanewise(LSHR, BankPlaces.LOW_SHIFTS_8)
                                            .selectFrom(x0)
                                            .reinterpretAsFloats(),
                                    low0);
            high0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k + HALF)
                            .lanewise(
                                    FMA,
                                    p0.lanewise(LSHR, BankPlaces.HIGH_SHIFTS_8)
                                            .selectFrom(x0)
                                            .reinterpretAsFloats(),
                                    high0);
        }
        FloatVector.fromArray(BankPlaces.FLOATS_8, y, to)
                .lanewise(ADD, low0)
                .lanewise(ADD, low1)
                .intoArray(y, to);
        FloatVector.fromArray(BankPlaces.FLOATS_8, y, to + HALF)
                .lanewise(ADD, high0)
                .lanewise(ADD, high1)
                .intoArray(y, to + HALF);
    }

    /** Registers of four, in which lanes are chosen as {@link BankProduct} does. */
    private static void fourVectors(
            int slot,
            int end,
            int[] windows,
            long[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int to) {
        FloatVector sum0 = FloatVector.zero(BankPlaces.FLOATS_4);
        FloatVector sum1 = FloatVector.zero(BankPlaces.FLOATS_4);
        FloatVector sum2 = FloatVector.zero(BankPlaces.FLOATS_4);
        FloatVector sum3 = FloatVector.zero(BankPlaces.FLOATS_4);
        for (; slot < end; slot++) {
            int k = valuesOffset + slot * ROWS;
            int from = xOffset + windows[slot];
            IntVector first =
                    FloatVector.fromArray(BankPlaces.FLOATS_4, x, from).reinterpretAsInts();
            IntVector change =
                    FloatVector.fromArray(BankPlaces.FLOATS_4, x, from + 4)
                            .reinterpretAsInts()
                            .lanewise(XOR, first);
            IntVector p =
                    LongVector.broadcast(BankPlaces.LONGS_2, places[slot]).reinterpretAsInts();
            IntVector top0 = p.lanewise(MUL, BankPlaces.TO_TOP_0);
            IntVector place0 = top0.lanewise(LSHR, BankPlaces.PLACE_SHIFT);
            sum0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_4, values, k)
                            .lanewise(
                                    FMA,
                                    place0.selectFrom(first)
                                            .lanewise(
                                                    XOR,
                                                    place0.selectFrom(change)
                                                            .lanewise(
                                                                    AND,
                                                                    top0.lanewise(
                                                                            ASHR,
                                                                            BankPlaces.SIGN_SHIFT)))
                                            .reinterpretAsFloats(),
                                    sum0);
            IntVector top1 = p.lanewise(MUL, BankPlaces.TO_TOP_1);
            IntVector place1 = top1.lanewise(LSHR, BankPlaces.PLACE_SHIFT);
            sum1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_4, values, k + 4)
                            .lanewise(
                                    FMA,
                                    place1.selectFrom(first)
                                            .lanewise(
                                                    XOR,
                                                    place1.selectFrom(change)
                                                            .lanewise(
                                                                    AND,
                                                                    top1.lanewise(
                                                                            ASHR,
                                                                            BankPlaces.SIGN_SHIFT)))
                                            .reinterpretAsFloats(),
                                    sum1);
            IntVector top2 = p.lanewise(MUL, BankPlaces.TO_TOP_2);
            IntVector place2 = top2.lanewise(LSHR, BankPlaces.PLACE_SHIFT);
            sum2 =
                    FloatVector.fromArray(BankPlaces.FLOATS_4, values, k + 8)
                            .lanewise(
                                    FMA,
                                    place2.selectFrom(first)
                                            .lanewise(
                                                    XOR,
                                                    place2.selectFrom(change)
                                                            .lanewise(
                                                                    AND,
                                                                    top2.lanewise(
                                                                            ASHR,
                                                                            BankPlaces.SIGN_SHIFT)))
                                            .reinterpretAsFloats(),
                                    sum2);
            IntVector top3 = p.lanewise(MUL, BankPlaces.TO_TOP_3);
            IntVector place3 = top3.lanewise(LSHR, BankPlaces.PLACE_SHIFT);
            sum3 =
                    FloatVector.fromArray(BankPlaces.FLOATS_4, values, k + 12)
                            .lanewise(
                                    FMA,
                                    place3.selectFrom(first)
                                            .lanewise(
                                                    XOR,
                                                    place3.selectFrom(change)
                                                            .lanewise(
                                                                    AND,
                                                                    top3.lanewise(
                                                                            ASHR,
                                                                            BankPlaces.SIGN_SHIFT)))
                                            .reinterpretAsFloats(),
                                    sum3);
        }
        FloatVector.fromArray(BankPlaces.FLOATS_4, y, to).lanewise(ADD, sum0).intoArray(y, to);
        FloatVector.fromArray(BankPlaces.FLOATS_4, y, to + 4)
                .lanewise(ADD, sum1)
                .intoArray(y, to + 4);
        FloatVector.fromArray(BankPlaces.FLOATS_4, y, to + 8)
                .lanewise(ADD, sum2)
                .intoArray(y, to + 8);
        FloatVector.fromArray(BankPlaces.FLOATS_4, y, to + 12)
                .lanewise(ADD, sum3)
                .intoArray(y, to + 12);
    }
}
