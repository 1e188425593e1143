package hlstm.bench;

import java.util.SplittableRandom;

/** Arrays of random values, the same in every run. */
final class RandomArrays {
    private RandomArrays() {}

    static float[] gaussian(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
