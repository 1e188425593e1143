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
 * {@code y[t] = W x[t] + bias} for balanced banks and four steps t at once: weights and places are
 * read once for all of them. Every row of every step is summed in the order of {@link BankProduct},
 * hence the same bits.
 */
public final class BankSteps {
    /** How many steps are done at once. */
    public static final int STEPS = 4;

    private static final int SIZE = 8;
    private static final int PLACE_BITS = 4;
    private static final VectorSpecies<Float> FLOATS_8 = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS_8 = IntVector.SPECIES_256;
    private static final VectorSpecies<Float> FLOATS_4 = FloatVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTS_4 = IntVector.SPECIES_128;
    private static final IntVector SHIFTS_8 = shifts();
    private static final int PLACE_SHIFT = Integer.SIZE - 3;
    private static final IntVector LOW_TO_TOP_4 = toTop(0);
    private static final IntVector HIGH_TO_TOP_4 = toTop(4);

    private BankSteps() {}

    /**
     * The first {@code groups} groups of 8 rows each, for {@link #STEPS} steps. Parameters are
     * those of {@link BankProduct#multiplyAdd}, besides:
     *
     * @param xStride from the inputs of a step to those of the next
     * @param yStride from the outputs of a step to those of the next
     */
    public static void multiply(
            int groups,
            int[] offsets,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        if (LaneSpecies.LANES >= SIZE) {
            for (int group = 0; group < groups; group++) {
                oneVector(
                        offsets[group],
                        offsets[group + 1],
                        windows,
                        places,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        xStride,
                        bias,
                        biasOffset + group * SIZE,
                        y,
                        yOffset + group * SIZE,
                        yStride);
            }
        } else {
            for (int group = 0; group < groups; group++) {
                twoVectors(
                        offsets[group],
                        offsets[group + 1],
                        windows,
                        places,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        xStride,
                        bias,
                        biasOffset + group * SIZE,
                        y,
                        yOffset + group * SIZE,
                        yStride);
            }
        }
    }

    private static void oneVector(
            int slot,
            int end,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        int at1 = xOffset + xStride;
        int at2 = at1 + xStride;
        int at3 = at2 + xStride;
        FloatVector even0 = FloatVector.zero(FLOATS_8);
        FloatVector even1 = FloatVector.zero(FLOATS_8);
        FloatVector even2 = FloatVector.zero(FLOATS_8);
        FloatVector even3 = FloatVector.zero(FLOATS_8);
        FloatVector odd0 = FloatVector.zero(FLOATS_8);
        FloatVector odd1 = FloatVector.zero(FLOATS_8);
        FloatVector odd2 = FloatVector.zero(FLOATS_8);
        FloatVector odd3 = FloatVector.zero(FLOATS_8);
        for (; slot < end - 1; slot += 2) {
            int window0 = windows[slot];
            IntVector p0 = IntVector.broadcast(INTS_8, places[slot]).lanewise(LSHR, SHIFTS_8);
            FloatVector w0 = FloatVector.fromArray(FLOATS_8, values, valuesOffset + slot * SIZE);
            IntVector x0At0 =
                    FloatVector.fromArray(FLOATS_8, x, xOffset + window0).reinterpretAsInts();
            even0 = w0.lanewise(FMA, p0.selectFrom(x0At0).reinterpretAsFloats(), even0);
            IntVector x0At1 = FloatVector.fromArray(FLOATS_8, x, at1 + window0).reinterpretAsInts();
            even1 = w0.lanewise(FMA, p0.selectFrom(x0At1).reinterpretAsFloats(), even1);
            IntVector x0At2 = FloatVector.fromArray(FLOATS_8, x, at2 + window0).reinterpretAsInts();
            even2 = w0.lanewise(FMA, p0.selectFrom(x0At2).reinterpretAsFloats(), even2);
            IntVector x0At3 = FloatVector.fromArray(FLOATS_8, x, at3 + window0).reinterpretAsInts();
            even3 = w0.lanewise(FMA, p0.selectFrom(x0At3).reinterpretAsFloats(), even3);
            int window1 = windows[slot + 1];
            IntVector p1 = IntVector.broadcast(INTS_8, places[slot + 1]).lanewise(LSHR, SHIFTS_8);
            FloatVector w1 =
                    FloatVector.fromArray(FLOATS_8, values, valuesOffset + (slot + 1) * SIZE);
            IntVector x1At0 =
                    FloatVector.fromArray(FLOATS_8, x, xOffset + window1).reinterpretAsInts();
            odd0 = w1.lanewise(FMA, p1.selectFrom(x1At0).reinterpretAsFloats(), odd0);
            IntVector x1At1 = FloatVector.fromArray(FLOATS_8, x, at1 + window1).reinterpretAsInts();
            odd1 = w1.lanewise(FMA, p1.selectFrom(x1At1).reinterpretAsFloats(), odd1);
            IntVector x1At2 = FloatVector.fromArray(FLOATS_8, x, at2 + window1).reinterpretAsInts();
            odd2 = w1.lanewise(FMA, p1.selectFrom(x1At2).reinterpretAsFloats(), odd2);
            IntVector x1At3 = FloatVector.fromArray(FLOATS_8, x, at3 + window1).reinterpretAsInts();
            odd3 = w1.lanewise(FMA, p1.selectFrom(x1At3).reinterpretAsFloats(), odd3);
        }
        if (slot < end) {
            int window0 = windows[slot];
            IntVector p0 = IntVector.broadcast(INTS_8, places[slot]).lanewise(LSHR, SHIFTS_8);
            FloatVector w0 = FloatVector.fromArray(FLOATS_8, values, valuesOffset + slot * SIZE);
            IntVector x0At0 =
                    FloatVector.fromArray(FLOATS_8, x, xOffset + window0).reinterpretAsInts();
            even0 = w0.lanewise(FMA, p0.selectFrom(x0At0).reinterpretAsFloats(), even0);
            IntVector x0At1 = FloatVector.fromArray(FLOATS_8, x, at1 + window0).reinterpretAsInts();
            even1 = w0.lanewise(FMA, p0.selectFrom(x0At1).reinterpretAsFloats(), even1);
            IntVector x0At2 = FloatVector.fromArray(FLOATS_8, x, at2 + window0).reinterpretAsInts();
            even2 = w0.lanewise(FMA, p0.selectFrom(x0At2).reinterpretAsFloats(), even2);
            IntVector x0At3 = FloatVector.fromArray(FLOATS_8, x, at3 + window0).reinterpretAsInts();
            even3 = w0.lanewise(FMA, p0.selectFrom(x0At3).reinterpretAsFloats(), even3);
        }
        FloatVector.fromArray(FLOATS_8, bias, biasOffset)
                .lanewise(ADD, even0)
                .lanewise(ADD, odd0)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(FLOATS_8, bias, biasOffset)
                .lanewise(ADD, even1)
                .lanewise(ADD, odd1)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(FLOATS_8, bias, biasOffset)
                .lanewise(ADD, even2)
                .lanewise(ADD, odd2)
                .intoArray(y, yOffset);
        yOffset += yStride;
        FloatVector.fromArray(FLOATS_8, bias, biasOffset)
                .lanewise(ADD, even3)
                .lanewise(ADD, odd3)
                .intoArray(y, yOffset);
    }

    /** Registers of four, in which lanes are chosen as {@link BankProduct} does. */
    private static void twoVectors(
            int slot,
            int end,
            int[] windows,
            int[] places,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        int at1 = xOffset + xStride;
        int at2 = at1 + xStride;
        int at3 = at2 + xStride;
        FloatVector low0 = FloatVector.zero(FLOATS_4);
        FloatVector high0 = FloatVector.zero(FLOATS_4);
        FloatVector low1 = FloatVector.zero(FLOATS_4);
        FloatVector high1 = FloatVector.zero(FLOATS_4);
        FloatVector low2 = FloatVector.zero(FLOATS_4);
        FloatVector high2 = FloatVector.zero(FLOATS_4);
        FloatVector low3 = FloatVector.zero(FLOATS_4);
        FloatVector high3 = FloatVector.zero(FLOATS_4);
        for (; slot < end; slot++) {
            int window = windows[slot];
            IntVector p = IntVector.broadcast(INTS_4, places[slot]);
            IntVector top0 = p.lanewise(MUL, LOW_TO_TOP_4);
            IntVector top1 = p.lanewise(MUL, HIGH_TO_TOP_4);
            IntVector p0 = top0.lanewise(LSHR, PLACE_SHIFT);
            IntVector p1 = top1.lanewise(LSHR, PLACE_SHIFT);
            IntVector second0 = top0.lanewise(ASHR, Integer.SIZE - 1);
            IntVector second1 = top1.lanewise(ASHR, Integer.SIZE - 1);
            FloatVector w0 = FloatVector.fromArray(FLOATS_4, values, valuesOffset + slot * SIZE);
            FloatVector w1 =
                    FloatVector.fromArray(FLOATS_4, values, valuesOffset + slot * SIZE + 4);
            IntVector x0At0 =
                    FloatVector.fromArray(FLOATS_4, x, xOffset + window).reinterpretAsInts();
            IntVector change0 =
                    FloatVector.fromArray(FLOATS_4, x, xOffset + window + 4)
                            .reinterpretAsInts()
                            .lanewise(XOR, x0At0);
            low0 =
                    w0.lanewise(
                            FMA,
                            p0.selectFrom(x0At0)
                                    .lanewise(XOR, p0.selectFrom(change0).lanewise(AND, second0))
                                    .reinterpretAsFloats(),
                            low0);
            high0 =
                    w1.lanewise(
                            FMA,
                            p1.selectFrom(x0At0)
                                    .lanewise(XOR, p1.selectFrom(change0).lanewise(AND, second1))
                                    .reinterpretAsFloats(),
                            high0);
            IntVector x0At1 = FloatVector.fromArray(FLOATS_4, x, at1 + window).reinterpretAsInts();
            IntVector change1 =
                    FloatVector.fromArray(FLOATS_4, x, at1 + window + 4)
                            .reinterpretAsInts()
                            .lanewise(XOR, x0At1);
            low1 =
                    w0.lanewise(
                            FMA,
                            p0.selectFrom(x0At1)
                                    .lanewise(XOR, p0.selectFrom(change1).lanewise(AND, second0))
                                    .reinterpretAsFloats(),
                            low1);
            high1 =
                    w1.lanewise(
                            FMA,
                            p1.selectFrom(x0At1)
                                    .lanewise(XOR, p1.selectFrom(change1).lanewise(AND, second1))
                                    .reinterpretAsFloats(),
                            high1);
            IntVector x0At2 = FloatVector.fromArray(FLOATS_4, x, at2 + window).reinterpretAsInts();
            IntVector change2 =
                    FloatVector.fromArray(FLOATS_4, x, at2 + window + 4)
                            .reinterpretAsInts()
                            .lanewise(XOR, x0At2);
            low2 =
                    w0.lanewise(
                            FMA,
                            p0.selectFrom(x0At2)
                                    .lanewise(XOR, p0.selectFrom(change2).lanewise(AND, second0))
                                    .reinterpretAsFloats(),
                            low2);
            high2 =
                    w1.lanewise(
                            FMA,
                            p1.selectFrom(x0At2)
                                    .lanewise(XOR, p1.selectFrom(change2).lanewise(AND, second1))
                                    .reinterpretAsFloats(),
                            high2);
            IntVector x0At3 = FloatVector.fromArray(FLOATS_4, x, at3 + window).reinterpretAsInts();
            IntVector change3 =
                    FloatVector.fromArray(FLOATS_4, x, at3 + window + 4)
                            .reinterpretAsInts()
                            .lanewise(XOR, x0At3);
            low3 =
                    w0.lanewise(
                            FMA,
                            p0.selectFrom(x0At3)
                                    .lanewise(XOR, p0.selectFrom(change3).lanewise(AND, second0))
                                    .reinterpretAsFloats(),
                            low3);
            high3 =
                    w1.lanewise(
                            FMA,
                            p1.selectFrom(x0At3)
                                    .lanewise(XOR, p1.selectFrom(change3).lanewise(AND, second1))
                                    .reinterpretAsFloats(),
                            high3);
        }
        FloatVector.fromArray(FLOATS_4, bias, biasOffset).lanewise(ADD, low0).intoArray(y, yOffset);
        FloatVector.fromArray(FLOATS_4, bias, biasOffset + 4)
                .lanewise(ADD, high0)
                .intoArray(y, yOffset + 4);
        yOffset += yStride;
        FloatVector.fromArray(FLOATS_4, bias, biasOffset).lanewise(ADD, low1).intoArray(y, yOffset);
        FloatVector.fromArray(FLOATS_4, bias, biasOffset + 4)
                .lanewise(ADD, high1)
                .intoArray(y, yOffset + 4);
        yOffset += yStride;
        FloatVector.fromArray(FLOATS_4, bias, biasOffset).lanewise(ADD, low2).intoArray(y, yOffset);
        FloatVector.fromArray(FLOATS_4, bias, biasOffset + 4)
                .lanewise(ADD, high2)
                .intoArray(y, yOffset + 4);
        yOffset += yStride;
        FloatVector.fromArray(FLOATS_4, bias, biasOffset).lanewise(ADD, low3).intoArray(y, yOffset);
        FloatVector.fromArray(FLOATS_4, bias, biasOffset + 4)
                .lanewise(ADD, high3)
                .intoArray(y, yOffset + 4);
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
