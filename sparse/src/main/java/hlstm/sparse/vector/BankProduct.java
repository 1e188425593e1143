package hlstm.sparse.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code y += W x} for balanced banks: a slot holds one weight for each of 8 rows, and a window of
 * 8 inputs is permuted in a register so that every row meets its own input. Nothing is gathered.
 * Inputs travel as ints, the only form in which lanes are chosen by integer places.
 *
 * <p>Two slots side by side in 512 bits, with a permutation of two registers, were tried and are no
 * faster.
 */
public final class BankProduct {
    private static final int SIZE = 8;
    private static final VectorSpecies<Float> FLOATS_8 = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS_8 = IntVector.SPECIES_256;
    private static final VectorSpecies<Byte> BYTES_8 = ByteVector.SPECIES_64;
    private static final VectorSpecies<Float> FLOATS_4 = FloatVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTS_4 = IntVector.SPECIES_128;

    private BankProduct() {}

    /**
     * The first {@code groups} groups of 8 rows each.
     *
     * @param offsets where the slots of each group begin, and the end
     * @param windows where the 8 inputs of each slot begin
     * @param places for each slot and row, which input of the window the row takes
     * @param values for each slot and row, the weight
     */
    public static void multiplyAdd(
            int groups,
            int[] offsets,
            int[] windows,
            byte[] places,
            float[] values,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        if (LaneSpecies.LANES >= SIZE) {
            oneVector(groups, offsets, windows, places, values, x, xOffset, y, yOffset);
        } else {
            twoVectors(groups, offsets, windows, places, values, x, xOffset, y, yOffset);
        }
    }

    private static void oneVector(
            int groups,
            int[] offsets,
            int[] windows,
            byte[] places,
            float[] values,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int group = 0; group < groups; group++) {
            int to = yOffset + group * SIZE;
            int end = offsets[group + 1];
            FloatVector sum0 = FloatVector.zero(FLOATS_8);
            FloatVector sum1 = FloatVector.zero(FLOATS_8);
            int slot = offsets[group];
            for (; slot < end - 1; slot += 2) {
                int k = slot * SIZE;
                IntVector x0 =
                        FloatVector.fromArray(FLOATS_8, x, xOffset + windows[slot])
                                .reinterpretAsInts();
                IntVector x1 =
                        FloatVector.fromArray(FLOATS_8, x, xOffset + windows[slot + 1])
                                .reinterpretAsInts();
                IntVector p0 =
                        (IntVector)
                                ByteVector.fromArray(BYTES_8, places, k)
                                        .convertShape(B2I, INTS_8, 0);
                IntVector p1 =
                        (IntVector)
                                ByteVector.fromArray(BYTES_8, places, k + SIZE)
                                        .convertShape(B2I, INTS_8, 0);
                sum0 =
                        FloatVector.fromArray(FLOATS_8, values, k)
                                .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
                sum1 =
                        FloatVector.fromArray(FLOATS_8, values, k + SIZE)
                                .lanewise(FMA, p1.selectFrom(x1).reinterpretAsFloats(), sum1);
            }
            if (slot < end) {
                int k = slot * SIZE;
                IntVector x0 =
                        FloatVector.fromArray(FLOATS_8, x, xOffset + windows[slot])
                                .reinterpretAsInts();
                IntVector p0 =
                        (IntVector)
                                ByteVector.fromArray(BYTES_8, places, k)
                                        .convertShape(B2I, INTS_8, 0);
                sum0 =
                        FloatVector.fromArray(FLOATS_8, values, k)
                                .lanewise(FMA, p0.selectFrom(x0).reinterpretAsFloats(), sum0);
            }
            FloatVector.fromArray(FLOATS_8, y, to)
                    .lanewise(ADD, sum0)
                    .lanewise(ADD, sum1)
                    .intoArray(y, to);
        }
    }

    /** Registers of four: the window fills two, and so does the slot. */
    private static void twoVectors(
            int groups,
            int[] offsets,
            int[] windows,
            byte[] places,
            float[] values,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int group = 0; group < groups; group++) {
            int to = yOffset + group * SIZE;
            FloatVector low = FloatVector.zero(FLOATS_4);
            FloatVector high = FloatVector.zero(FLOATS_4);
            for (int slot = offsets[group]; slot < offsets[group + 1]; slot++) {
                int k = slot * SIZE;
                int from = xOffset + windows[slot];
                IntVector x0 = FloatVector.fromArray(FLOATS_4, x, from).reinterpretAsInts();
                IntVector x1 = FloatVector.fromArray(FLOATS_4, x, from + 4).reinterpretAsInts();
                ByteVector p = ByteVector.fromArray(BYTES_8, places, k);
                IntVector p0 = (IntVector) p.convertShape(B2I, INTS_4, 0);
                IntVector p1 = (IntVector) p.convertShape(B2I, INTS_4, 1);
                low =
                        FloatVector.fromArray(FLOATS_4, values, k)
                                .lanewise(FMA, p0.selectFrom(x0, x1).reinterpretAsFloats(), low);
                high =
                        FloatVector.fromArray(FLOATS_4, values, k + 4)
                                .lanewise(FMA, p1.selectFrom(x0, x1).reinterpretAsFloats(), high);
            }
            FloatVector.fromArray(FLOATS_4, y, to).lanewise(ADD, low).intoArray(y, to);
            FloatVector.fromArray(FLOATS_4, y, to + 4).lanewise(ADD, high).intoArray(y, to + 4);
        }
    }
}
