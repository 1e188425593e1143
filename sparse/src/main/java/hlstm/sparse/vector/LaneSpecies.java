package hlstm.sparse.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register shapes of the kernels. They must be static final constants: the compiler turns
 * vector operations into machine instructions only where it knows the shape.
 *
 * <p>For the same reason a sum that comes out of a loop is never the receiver of a call, and it is
 * added by {@code lanewise}, not by {@code add} or {@code fma}: those dispatch inside the library,
 * by a profile that kernels of all shapes share, and where the compiler met two shapes in it, now
 * and then it allocated the sums. A call of {@code lanewise} has a profile of its own.
 */
final class LaneSpecies {
    /** The machine's own width, at most 512 bits. */
    static final VectorSpecies<Float> WIDE =
            FloatVector.SPECIES_PREFERRED.length() > 16
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_PREFERRED;

    /** Number of floats in a register of the machine's own width. */
    static final int LANES = WIDE.length();

    /** Registers of four, for lanes that do not fill wider ones. */
    static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    /** Turn a register by so many lanes; see {@link LaneDots}. */
    static final VectorShuffle<Float> BY_8 = turn(8);

    static final VectorShuffle<Float> BY_4 = turn(4);
    static final VectorShuffle<Float> BY_2 = turn(2);
    static final VectorShuffle<Float> BY_1 = turn(1);
    static final VectorShuffle<Float> FOUR_BY_2 =
            VectorShuffle.fromOp(FOUR, lane -> (lane + 2) % 4);
    static final VectorShuffle<Float> FOUR_BY_1 =
            VectorShuffle.fromOp(FOUR, lane -> (lane + 1) % 4);

    private LaneSpecies() {}

    private static VectorShuffle<Float> turn(int lanes) {
        return VectorShuffle.fromOp(WIDE, lane -> (lane + lanes) % WIDE.length());
    }
}
