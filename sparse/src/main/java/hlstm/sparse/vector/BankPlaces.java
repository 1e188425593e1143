package hlstm.sparse.vector;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How the places of a slot of balanced banks are spread over a register. A place, 0 to 7, takes 4
 * bits. A slot of 8 rows has an int, the place of its first row in the lowest bits. A slot of 16
 * rows has a long, the places of even rows in the lower half and those of odd rows in the upper
 * half: a register full of such longs, read as ints, has a half in each lane, and all that is left
 * to do is to shift the lanes by different distances. What stands above a place is ignored where
 * lanes are chosen by it.
 */
final class BankPlaces {
    /** Rows that share a slot of the larger kind. */
    static final int PAIR = 16;

    /** Rows that share a slot of the smaller kind. */
    static final int SIZE = 8;

    private static final int PLACE_BITS = 4;

    static final VectorSpecies<Float> FLOATS_16 = FloatVector.SPECIES_512;
    static final VectorSpecies<Integer> INTS_16 = IntVector.SPECIES_512;
    static final VectorSpecies<Long> LONGS_8 = LongVector.SPECIES_512;
    static final VectorSpecies<Float> FLOATS_8 = FloatVector.SPECIES_256;
    static final VectorSpecies<Integer> INTS_8 = IntVector.SPECIES_256;
    static final VectorSpecies<Long> LONGS_4 = LongVector.SPECIES_256;
    static final VectorSpecies<Float> FLOATS_4 = FloatVector.SPECIES_128;
    static final VectorSpecies<Integer> INTS_4 = IntVector.SPECIES_128;
    static final VectorSpecies<Long> LONGS_2 = LongVector.SPECIES_128;

    /** Bring the place of each row of an int down to the lowest bits. */
    static final IntVector SHIFTS_8 = vector(INTS_8, row -> PLACE_BITS * row);

    /** As {@link #SHIFTS_8}, for all rows of a long. */
    static final IntVector SHIFTS_16 = vector(INTS_16, BankPlaces::shift);

    /** As {@link #SHIFTS_8}, for the first 8 rows of a long. */
    static final IntVector LOW_SHIFTS_8 = vector(INTS_8, BankPlaces::shift);

    /** As {@link #SHIFTS_8}, for the last 8 rows of a long. */
    static final IntVector HIGH_SHIFTS_8 = vector(INTS_8, lane -> shift(lane + SIZE));

    /** From where a place stands whose highest bit is the sign to the lowest bits. */
    static final int PLACE_SHIFT = Integer.SIZE - 3;

    /** Spreads the sign over a lane. */
    static final int SIGN_SHIFT = Integer.SIZE - 1;

    /**
     * Factors that bring the places of four rows of an int to where the highest of three bits is
     * the sign. Products, since processors with AVX and not AVX2 have no shifts by lane.
     */
    static final IntVector LOW_TO_TOP_4 = vector(INTS_4, lane -> toTop(PLACE_BITS * lane));

    static final IntVector HIGH_TO_TOP_4 = vector(INTS_4, lane -> toTop(PLACE_BITS * (lane + 4)));

    /** As {@link #LOW_TO_TOP_4}, for the rows 0 to 3, 4 to 7, 8 to 11 and 12 to 15 of a long. */
    static final IntVector TO_TOP_0 = vector(INTS_4, lane -> toTop(shift(lane)));

    static final IntVector TO_TOP_1 = vector(INTS_4, lane -> toTop(shift(lane + 4)));
    static final IntVector TO_TOP_2 = vector(INTS_4, lane -> toTop(shift(lane + 8)));
    static final IntVector TO_TOP_3 = vector(INTS_4, lane -> toTop(shift(lane + 12)));

    private BankPlaces() {}

    /** Where the place of a row stands in its half of a long. */
    private static int shift(int row) {
        return row / 2 * PLACE_BITS;
    }

    private static int toTop(int shift) {
        return 1 << PLACE_SHIFT - shift;
    }

    private static IntVector vector(VectorSpecies<Integer> species, IntUnaryOperator lanes) {
        int[] values = new int[species.length()];
        Arrays.setAll(values, lanes);
        return IntVector.fromArray(species, values, 0);
    }
}
