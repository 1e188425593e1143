package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.FOUR;
import static hlstm.sparse.vector.LaneSpecies.FOUR_BY_1;
import static hlstm.sparse.vector.LaneSpecies.FOUR_BY_2;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;

/** {@link LaneDots} for four lanes. */
final class LaneDots4 {
    private LaneDots4() {}

    /** One sum. */
    static float one(
            float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, int steps) {
        FloatVector sum = FloatVector.zero(FOUR);
        for (int step = 0; step < steps; step++) {
            FloatVector left = FloatVector.fromArray(FOUR, a, aOffset + step * aStride);
            FloatVector right = FloatVector.fromArray(FOUR, b, bOffset + step * bStride);
            sum = left.lanewise(FMA, right, sum);
        }
        sum = FloatVector.zero(FOUR).lanewise(ADD, sum);
        sum = sum.lanewise(ADD, sum.rearrange(FOUR_BY_2));
        sum = sum.lanewise(ADD, sum.rearrange(FOUR_BY_1));
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
        FloatVector sum0 = FloatVector.zero(FOUR);
        FloatVector sum1 = FloatVector.zero(FOUR);
        FloatVector sum2 = FloatVector.zero(FOUR);
        FloatVector sum3 = FloatVector.zero(FOUR);
        int p = dyOffset;
        int q = 0;
        for (int step = 0; step < steps; step++) {
            FloatVector d = FloatVector.fromArray(FOUR, dy, p);
            sum0 = d.lanewise(FMA, FloatVector.fromArray(FOUR, x, x0 + q), sum0);
            sum1 = d.lanewise(FMA, FloatVector.fromArray(FOUR, x, x1 + q), sum1);
            sum2 = d.lanewise(FMA, FloatVector.fromArray(FOUR, x, x2 + q), sum2);
            sum3 = d.lanewise(FMA, FloatVector.fromArray(FOUR, x, x3 + q), sum3);
            p += dyStepStride;
            q += xStepStride;
        }
        sum0 = FloatVector.zero(FOUR).lanewise(ADD, sum0);
        sum1 = FloatVector.zero(FOUR).lanewise(ADD, sum1);
        sum2 = FloatVector.zero(FOUR).lanewise(ADD, sum2);
        sum3 = FloatVector.zero(FOUR).lanewise(ADD, sum3);
        sum0 = sum0.lanewise(ADD, sum0.rearrange(FOUR_BY_2));
        sum1 = sum1.lanewise(ADD, sum1.rearrange(FOUR_BY_2));
        sum2 = sum2.lanewise(ADD, sum2.rearrange(FOUR_BY_2));
        sum3 = sum3.lanewise(ADD, sum3.rearrange(FOUR_BY_2));
        sum0 = sum0.lanewise(ADD, sum0.rearrange(FOUR_BY_1));
        sum1 = sum1.lanewise(ADD, sum1.rearrange(FOUR_BY_1));
        sum2 = sum2.lanewise(ADD, sum2.rearrange(FOUR_BY_1));
        sum3 = sum3.lanewise(ADD, sum3.rearrange(FOUR_BY_1));
        gradient[k] += sum0.lane(0);
        gradient[k + 1] += sum1.lane(0);
        gradient[k + 2] += sum2.lane(0);
        gradient[k + 3] += sum3.lane(0);
    }
}
