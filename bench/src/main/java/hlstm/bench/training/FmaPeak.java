package hlstm.bench.training;

import hlstm.trainer.layers.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The float32 rate that a machine can reach: fused multiply-adds that wait neither for memory nor
 * for each other.
 */
final class FmaPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Independent sums: more than the units of a core times the cycles that one takes. */
    private static final int CHAINS = 12;

    private static final int LOOPS = 1 << 20;
    private static final int ROUNDS = 20;

    private FmaPeak() {}

    /**
     * Measures, in a fifth of a second or so.
     *
     * @param workers whose threads all multiply at once
     * @return billions of operations a second, a multiplication and an addition being two: the best
     *     of some rounds
     * @throws IllegalStateException if the products are not what they must be
     */
    static double gigaflops(Workers workers) {
        int threads = workers.threads();
        double operations = 2.0 * CHAINS * SPECIES.length() * LOOPS * threads;
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            float[] sums = new float[threads];
            long start = System.nanoTime();
            workers.run(threads, k -> sums[k] = multiply(LOOPS));
            best = Math.max(best, operations / (System.nanoTime() - start));
            for (float sum : sums) {
                // Each lane goes to 2, where 0.5 x + 1 = x.
                if (sum != 2 * CHAINS * SPECIES.length()) {
                    throw new IllegalStateException("multiply-adds gave " + sum);
                }
            }
        }
        return best;
    }

    private static float multiply(int loops) {
        FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector a = one;
        FloatVector b = one;
        FloatVector c = one;
        FloatVector d = one;
        FloatVector e = one;
        FloatVector f = one;
        FloatVector g = one;
        FloatVector h = one;
        FloatVector i = one;
        FloatVector j = one;
        FloatVector k = one;
        FloatVector l = one;
        for (int loop = 0; loop < loops; loop++) {
            a = a.fma(half, one);
            b = b.fma(half, one);
            c = c.fma(half, one);
            d = d.fma(half, one);
            e = e.fma(half, one);
            f = f.fma(half, one);
            g = g.fma(half, one);
            h = h.fma(half, one);
            i = i.fma(half, one);
            j = j.fma(half, one);
            k = k.fma(half, one);
            l = l.fma(half, one);
        }
        FloatVector first = a.add(b).add(c).add(d).add(e).add(f);
        FloatVector second = g.add(h).add(i).add(j).add(k).add(l);
        return first.add(second).reduceLanes(VectorOperators.ADD);
    }
}
