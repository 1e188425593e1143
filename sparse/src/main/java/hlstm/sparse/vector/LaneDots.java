package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.WIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Sums of products of one register of lanes, step after step. */
final class LaneDots {
    private LaneDots() {}

    /** All lanes of a register. */
    static float whole(
            float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, int steps) {
        FloatVector sum = FloatVector.zero(WIDE);
        for (int step = 0; step < steps; step++) {
            FloatVector left = FloatVector.fromArray(WIDE, a, aOffset + step * aStride);
            FloatVector right = FloatVector.fromArray(WIDE, b, bOffset + step * bStride);
            sum = left.fma(right, sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /** The first lanes of a register. */
    static float part(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int steps,
            int lanes) {
        VectorMask<Float> mask = WIDE.indexInRange(0, lanes);
        FloatVector sum = FloatVector.zero(WIDE);
        for (int step = 0; step < steps; step++) {
            FloatVector left = FloatVector.fromArray(WIDE, a, aOffset + step * aStride, mask);
            FloatVector right = FloatVector.fromArray(WIDE, b, bOffset + step * bStride, mask);
            sum = left.fma(right, sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
