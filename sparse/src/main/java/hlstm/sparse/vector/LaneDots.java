package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sums of products of one register of lanes, step after step. The lanes are stored and then added
 * in their order: {@code reduceLanes} leaves the order open, and compiled code takes another one
 * than the interpreter, so that a sum would depend on when it was compiled.
 */
final class LaneDots {
    private LaneDots() {}

    /** All lanes of a register. */
    static float whole(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int steps,
            float[] scratch) {
        FloatVector sum = FloatVector.zero(WIDE);
        for (int step = 0; step < steps; step++) {
            FloatVector left = FloatVector.fromArray(WIDE, a, aOffset + step * aStride);
            FloatVector right = FloatVector.fromArray(WIDE, b, bOffset + step * bStride);
            sum = left.fma(right, sum);
        }
        sum.intoArray(scratch, 0);
        return sum(scratch, 0);
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
            int lanes,
            float[] scratch) {
        VectorMask<Float> mask = WIDE.indexInRange(0, lanes);
        FloatVector sum = FloatVector.zero(WIDE);
        for (int step = 0; step < steps; step++) {
            FloatVector left = FloatVector.fromArray(WIDE, a, aOffset + step * aStride, mask);
            FloatVector right = FloatVector.fromArray(WIDE, b, bOffset + step * bStride, mask);
            sum = left.fma(right, sum);
        }
        sum.intoArray(scratch, 0);
        return sum(scratch, 0);
    }

    /** The sum of a stored register. */
    static float sum(float[] lanes, int offset) {
        float sum = lanes[offset];
        for (int lane = 1; lane < LANES; lane++) {
            sum += lanes[offset + lane];
        }
        return sum;
    }
}
