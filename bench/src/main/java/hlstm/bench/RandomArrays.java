package hlstm.bench;

import java.util.SplittableRandom;

/** Arrays of random values, the same in every run. */
public final class RandomArrays {
    private RandomArrays() {}

    /** Values of the standard normal distribution. */
    public static float[] gaussian(int length, long seed) {
        return gaussian(length, 1, new SplittableRandom(seed));
    }

    static float[] gaussian(int length, double scale, SplittableRandom random) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) (scale * random.nextGaussian());
        }
        return values;
    }
}
