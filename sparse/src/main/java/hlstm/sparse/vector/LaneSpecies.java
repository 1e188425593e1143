package hlstm.sparse.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register shapes of the kernels. They must be static final constants: the compiler turns
 * vector operations into machine instructions only where it knows the shape.
 */
final class LaneSpecies {
    /** The machine's own width, at most 512 bits. */
    static final VectorSpecies<Float> WIDE =
            FloatVector.SPECIES_PREFERRED.length() > 16
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_PREFERRED;

    /** Number of floats in a register of the machine's own width. */
    static final int LANES = WIDE.length();

    /**
     * Whether loads and stores under a mask cost no more than whole ones: machines of 512 bits
     * (AVX-512, SVE) have mask registers. Elsewhere what does not fill a register is left to scalar
     * code.
     */
    static final boolean MASKS = LANES == 16;

    private LaneSpecies() {}
}
