package hlstm.sparse.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code y += W x} for balanced banks: a slot holds one weight for each of 8 rows, and a window of
 * 8 inputs is permuted in a register so that every row meets its own input. Nothing is gathered.
 * Inputs travel as ints, the only form in which lanes are chosen by integer places.
 *
 * <p>Tried and no faster: places as bytes that are widened, or as ints; four sums; two slots side
 * by side in 512 bits, with a permutation of two registers. Faster by a third, but not exact:
 * places in the three lowest bits of the weights. Slots of two groups of rows with the same window
 * as one of 16 rows: a quarter faster in matrices of 1024 columns and more at densities of .1 and
 * .2, a tenth slower in those of 500 columns or 5 %, whose lists of slots are then too short.
 */
public final class BankProduct {
    private static final int SIZE = 8;
    private static final int PLACE_BITS = 4;
    private static final VectorSpecies<Float> FLOATS_8 = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS_8 = IntVector.SPECIES_256;
    private static final VectorSpecies<Float> FLOATS_4 = FloatVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTS_4 = IntVector.SPECIES_128;

    /** Bring the place of each row down to the lowest bits; what stands above them is ignored. */
    private static final IntVector SHIFTS_8 = shifts();

    /** Where the three bits of a place stand when the highest is the sign. */
    private static final int PLACE_SHIFT = Integer.SIZE - 3;

    /**
     * Factors that bring the places of four rows there. Products, since processors with AVX and not
     * AVX2 have no shifts by lane.
     */
    private static final IntVector LOW_TO_TOP_4 = toTop(0);

    private static final IntVector HIGH_TO_TOP_4 = toTop(4);

    private BankProduct() {}

    /**
     * The first {@code groups} groups of 8 rows each.
     *
     * @param offsets where the slots of each group begin, and the end
     * @param windows where the 8 inputs of each slot begin
     * @param places for each slot, which input of the window each row takes: {@value #PLACE_BITS}
     *     bits a row, the lowest for the first row
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
        FloatVector sum0 = FloatVector.zero(FLOATS_8);
        FloatVector sum1 = FloatVector.zero(FLOATS_8);
        for (; slot < end - 1; slot += 2) {
            int k = valuesOffset + slot * SIZE;
            // A slot after the other: places are then broadcast as they are loaded, in one go.
            IntVector x0 =
                    FloatVector.fromArray(FLOATS_8, x, xOffset + windows[slot]).reinterpretAsInts();
            IntVector p0 = IntVector.broadcast(INTS_8, places[slot]).lanewise(LSHR, SHIFTS_8);
            sum0 =
                    FloatVector.fromArray(FLOATS_8, values, k)
                            .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
            IntVector x1 =
                    FloatVector.fromArray(FLOATS_8, x, xOffset + windows[slot + 1])
                            .reinterpretAsInts();
            IntVector p1 = IntVector.broadcast(INTS_8, places[slot + 1]).lanewise(LSHR, SHIFTS_8);
            sum1 =
                    FloatVector.fromArray(FLOATS_8, values, k + SIZE)
                            .lanewise(FMA, p1.selectFrom(x1).reinterpretAsFloats(), sum1);
        }
        if (slot < end) {
            IntVector x0 =
                    FloatVector.fromArray(FLOATS_8, x, xOffset + windows[slot]).reinterpretAsInts();
            IntVector p0 = IntVector.broadcast(INTS_8, places[slot]).lanewise(LSHR, SHIFTS_8);
            sum0 =
                    FloatVector.fromArray(FLOATS_8, values, valuesOffset + slot * SIZE)
                            .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
        }
        FloatVector.fromArray(FLOATS_8, y, to)
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
            int to = yOffset + group * SIZE;
            FloatVector low = FloatVector.zero(FLOATS_4);
            FloatVector high = FloatVector.zero(FLOATS_4);
            for (int slot = offsets[group]; slot < offsets[group + 1]; slot++) {
                int k = valuesOffset + slot * SIZE;
                int from = xOffset + windows[slot];
                IntVector x0 = FloatVector.fromArray(FLOATS_4, x, from).reinterpretAsInts();
                IntVector x1 = FloatVector.fromArray(FLOATS_4, x, from + 4).reinterpretAsInts();
                IntVector change = x0.lanewise(XOR, x1);
                IntVector p = IntVector.broadcast(INTS_4, places[slot]);
                IntVector top0 = p.lanewise(MUL, LOW_TO_TOP_4);
                IntVector top1 = p.lanewise(MUL, HIGH_TO_TOP_4);
                IntVector p0 = top0.lanewise(LSHR, PLACE_SHIFT);
                IntVector p1 = top1.lanewise(LSHR, PLACE_SHIFT);
                IntVector second0 = top0.lanewise(ASHR, Integer.SIZE - 1);
                IntVector second1 = top1.lanewise(ASHR, Integer.SIZE - 1);
                low =
                        FloatVector.fromArray(FLOATS_4, values, k)
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
                        FloatVector.fromArray(FLOATS_4, values, k + 4)
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
            FloatVector.fromArray(FLOATS_4, y, to).lanewise(ADD, low).intoArray(y, to);
            FloatVector.fromArray(FLOATS_4, y, to + 4).lanewise(ADD, high).intoArray(y, to + 4);
        }
    }

    private static IntVector shifts() {
        int[] shifts = new int[SIZE];
        Arrays.setAll(shifts, row -> PLACE_BITS * row);
        return IntVector.fromArray(INTS_8, shifts, 0);
    }

    private static IntVector toTop(int firstRow) {
        int[] factors = new int[4];
        Arrays.setAll(factors, row -> 1 << (PLACE_SHIFT - PLACE_BITS * (firstRow + row)));
        return IntVector.fromArray(INTS_4, factors, 0);
    }
}
