package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.BY_1;
import static hlstm.sparse.vector.LaneSpecies.BY_2;
import static hlstm.sparse.vector.LaneSpecies.BY_4;
import static hlstm.sparse.vector.LaneSpecies.BY_8;
import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/**
 * Sums of products of one register of lanes, step after step. At the end the register is turned by
 * half its lanes and added to itself, then by a quarter and so on, until each lane holds the sum:
 * {@code reduceLanes} leaves the order open, and compiled code takes another one than the
 * interpreter, so that the bits of a sum would depend on when it was compiled.
 */
final class LaneDots {
    private LaneDots() {}

    /** One sum. */
    static float one(
            float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, int steps) {
        FloatVector sum = FloatVector.zero(WIDE);
        for (int step = 0; step < steps; step++) {
            FloatVector left = FloatVector.fromArray(WIDE, a, aOffset + step * aStride);
            FloatVector right = FloatVector.fromArray(WIDE, b, bOffset + step * bStride);
            sum = left.lanewise(FMA, right, sum);
        }
        sum = FloatVector.zero(WIDE).lanewise(ADD, sum);
        if (LANES > 8) {
            sum = sum.lanewise(ADD, sum.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum = sum.lanewise(ADD, sum.rearrange(BY_4));
        }
        sum = sum.lanewise(ADD, sum.rearrange(BY_2));
        sum = sum.lanewise(ADD, sum.rearrange(BY_1));
        return sum.lane(0);
    }

    /** {@code gradient[k] +=} four sums, of dy and four columns of x; dy is loaded once for all. */
    static void addFour(
            float[] dy,
            int dyOffset,
            int dyStepStride,
            float[] x,
            int x0,
            int x1,
            int x2,
            int x3,
            int xStepStride,
            int steps,
            float[] gradient,
            int k) {
        FloatVector sum0 = FloatVector.zero(WIDE);
        FloatVector sum1 = FloatVector.zero(WIDE);
        FloatVector sum2 = FloatVector.zero(WIDE);
        FloatVector sum3 = FloatVector.zero(WIDE);
        int p = dyOffset;
        int q = 0;
        for (int step = 0; step < steps; step++) {
            FloatVector d = FloatVector.fromArray(WIDE, dy, p);
            sum0 = d.lanewise(FMA, FloatVector.fromArray(WIDE, x, x0 + q), sum0);
            sum1 = d.lanewise(FMA, FloatVector.fromArray(WIDE, x, x1 + q), sum1);
            sum2 = d.lanewise(FMA, FloatVector.fromArray(WIDE, x, x2 + q), sum2);
            sum3 = d.lanewise(FMA, FloatVector.fromArray(WIDE, x, x3 + q), sum3);
            p += dyStepStride;
            q += xStepStride;
        }
        sum0 = FloatVector.zero(WIDE).lanewise(ADD, sum0);
        sum1 = FloatVector.zero(WIDE).lanewise(ADD, sum1);
        sum2 = FloatVector.zero(WIDE).lanewise(ADD, sum2);
        sum3 = FloatVector.zero(WIDE).lanewise(ADD, sum3);
        if (LANES > 8) {
            sum0 = sum0.lanewise(ADD, sum0.rearrange(BY_8));
            sum1 = sum1.lanewise(ADD, sum1.rearrange(BY_8));
            sum2 = sum2.lanewise(ADD, sum2.rearrange(BY_8));
            sum3 = sum3.lanewise(ADD, sum3.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum0 = sum0.lanewise(ADD, sum0.rearrange(BY_4));
            sum1 = sum1.lanewise(ADD, sum1.rearrange(BY_4));
            sum2 = sum2.lanewise(ADD, sum2.rearrange(BY_4));
            sum3 = sum3.lanewise(ADD, sum3.rearrange(BY_4));
        }
        sum0 = sum0.lanewise(ADD, sum0.rearrange(BY_2));
        sum1 = sum1.lanewise(ADD, sum1.rearrange(BY_2));
        sum2 = sum2.lanewise(ADD, sum2.rearrange(BY_2));
        sum3 = sum3.lanewise(ADD, sum3.rearrange(BY_2));
        sum0 = sum0.lanewise(ADD, sum0.rearrange(BY_1));
        sum1 = sum1.lanewise(ADD, sum1.rearrange(BY_1));
        sum2 = sum2.lanewise(ADD, sum2.rearrange(BY_1));
        sum3 = sum3.lanewise(ADD, sum3.rearrange(BY_1));
        gradient[k] += sum0.lane(0);
        gradient[k + 1] += sum1.lane(0);
        gradient[k + 2] += sum2.lane(0);
        gradient[k + 3] += sum3.lane(0);
    }
}
