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

/**
 * {@code y += W x} for the slots of balanced banks that 8 rows share: a window of 8 inputs is
 * permuted in a register so that every row meets its own input. Nothing is gathered. Inputs travel
 * as ints, the only form in which lanes are chosen by integer places. {@link BankPairProduct} does
 * the slots that 16 rows share.
 *
 * <p>Tried and no faster: places as bytes that are widened, or as ints; four sums; two slots side
 * by side in 512 bits, with a permutation of two registers. Faster by a third, but not exact:
 * places in the three lowest bits of the weights.
 */
public final class BankProduct {
    private static final int SIZE = BankPlaces.SIZE;

    private BankProduct() {}

    /**
     * The first {@code groups} groups of 8 rows each.
     *
     * @param offsets where the slots of each group begin, and the end
     * @param windows where the 8 inputs of each slot begin
     * @param places for each slot, which input of the window each row takes, as {@link BankPlaces}
     *     has it
     * @param values for each slot and row, the weight
     * @param valuesOffset where the first weight lies in {@code values}
     */
    public static void multiplyAdd(
            int groups,
            int[] offsets,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        if (LaneSpecies.LANES >= SIZE) {
            oneVector(
                    groups, offsets, windows, places, values, valuesOffset, x, xOffset, y, yOffset);
        } else {
            twoVectors(
                    groups, offsets, windows, places, values, valuesOffset, x, xOffset, y, yOffset);
        }
    }

    private static void oneVector(
            int groups,
            int[] offsets,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int group = 0; group < groups; group++) {
            if (offsets[group] == offsets[group + 1]) {
                continue;
            }
            oneGroup(
                    offsets[group],
                    offsets[group + 1],
                    windows,
                    places,
                    values,
                    valuesOffset,
                    x,
                    xOffset,
                    y,
                    yOffset + group * SIZE);
        }
    }

    private static void oneGroup(
            int slot,
            int end,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int to) {
        FloatVector sum0 = FloatVector.zero(BankPlaces.FLOATS_8);
        FloatVector sum1 = FloatVector.zero(BankPlaces.FLOATS_8);
        for (; slot < end - 1; slot += 2) {
            int k = valuesOffset + slot * SIZE;
            // A slot after the other: places are then broadcast as they are loaded, in one go.
            IntVector x0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot])
                            .reinterpretAsInts();
            IntVector p0 =
                    IntVector.broadcast(BankPlaces.INTS_8, places[slot])
                            .lanewise(LSHR, BankPlaces.SHIFTS_8);
            sum0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k)
                            .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
            IntVector x1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot + 1])
                            .reinterpretAsInts();
            IntVector p1 =
                    IntVector.broadcast(BankPlaces.INTS_8, places[slot + 1])
                            .lanewise(LSHR, BankPlaces.SHIFTS_8);
            sum1 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, k + SIZE)
                            .lanewise(FMA, p1.selectFrom(x1).reinterpretAsFloats(), sum1);
        }
        if (slot < end) {
            IntVector x0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, x, xOffset + windows[slot])
                            .reinterpretAsInts();
            IntVector p0 =
                    IntVector.broadcast(BankPlaces.INTS_8, places[slot])
                            .lanewise(LSHR, BankPlaces.SHIFTS_8);
            sum0 =
                    FloatVector.fromArray(BankPlaces.FLOATS_8, values, valuesOffset + slot * SIZE)
                            .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
        }
        FloatVector.fromArray(BankPlaces.FLOATS_8, y, to)
                .lanewise(ADD, sum0)
                .lanewise(ADD, sum1)
                .intoArray(y, to);
    }

    /**
     * Registers of four: the window fills two, and so does the slot. A lane is chosen from the
     * first half, and changed to that of the second where the place says so. The JVM makes no
     * instructions of choosing from two registers at once on Arm with NEON.
     */
    private static void twoVectors(
            int groups,
            int[] offsets,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int group = 0; group < groups; group++) {
            if (offsets[group] == offsets[group + 1]) {
                continue;
            }
            int to = yOffset + group * SIZE;
            FloatVector low = FloatVector.zero(BankPlaces.FLOATS_4);
            FloatVector high = FloatVector.zero(BankPlaces.FLOATS_4);
            for (int slot = offsets[group]; slot < offsets[group + 1]; slot++) {
                int k = valuesOffset + slot * SIZE;
                int from = xOffset + windows[slot];
                IntVector x0 =
                        FloatVector.fromArray(BankPlaces.FLOATS_4, x, from).reinterpretAsInts();
                IntVector x1 =
                        FloatVector.fromArray(BankPlaces.FLOATS_4, x, from + 4).reinterpretAsInts();
                IntVector change = x0.lanewise(XOR, x1);
                IntVector p = IntVector.broadcast(BankPlaces.INTS_4, places[slot]);
                IntVector top0 = p.lanewise(MUL, BankPlaces.LOW_TO_TOP_4);
                IntVector top1 = p.lanewise(MUL, BankPlaces.HIGH_TO_TOP_4);
                IntVector p0 = top0.lanewise(LSHR, BankPlaces.PLACE_SHIFT);
                IntVector p1 = top1.lanewise(LSHR, BankPlaces.PLACE_SHIFT);
                IntVector second0 = top0.lanewise(ASHR, BankPlaces.SIGN_SHIFT);
                IntVector second1 = top1.lanewise(ASHR, BankPlaces.SIGN_SHIFT);
                low =
                        FloatVector.fromArray(BankPlaces.FLOATS_4, values, k)
                                .lanewise(
                                        FMA,
                                        p0.selectFrom(x0)
                                                .lanewise(
                                                        XOR,
                                                        p0.selectFrom(change)
                                                                .lanewise(AND, second0))
                                                .reinterpretAsFloats(),
                                        low);
                high =
                        FloatVector.fromArray(BankPlaces.FLOATS_4, values, k + 4)
                                .lanewise(
                                        FMA,
                                        p1.selectFrom(x0)
                                                .lanewise(
                                                        XOR,
                                                        p1.selectFrom(change)
                                                                .lanewise(AND, second1))
                                                .reinterpretAsFloats(),
                                        high);
            }
            FloatVector.fromArray(BankPlaces.FLOATS_4, y, to).lanewise(ADD, low).intoArray(y, to);
            FloatVector.fromArray(BankPlaces.FLOATS_4, y, to + 4)
                    .lanewise(ADD, high)
                    .intoArray(y, to + 4);
        }
    }
}
