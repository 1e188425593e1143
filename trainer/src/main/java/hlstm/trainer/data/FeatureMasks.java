package hlstm.trainer.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Blanks stretches of time and of bands, as an {@link Augmentation} says. Immutable. */
final class FeatureMasks {
    private final Augmentation augmentation;
    private final int bands;
    private final int width;

    /**
     * Masks of steps that stack frames.
     *
     * @param bands elements of a frame
     * @param width elements of a step: a multiple of the bands
     */
    FeatureMasks(Augmentation augmentation, int bands, int width) {
        this.augmentation = augmentation;
        this.bands = bands;
        this.width = width;
    }

    /** Blanks elements of {@code steps x width} features, in place. */
    void apply(float[] features, int steps, SplittableRandom random) {
        for (int mask = 0; mask < augmentation.timeMasks(); mask++) {
            int length = length(steps, augmentation.timeMaskShare(), random);
            int begin = random.nextInt(steps - length + 1);
            Arrays.fill(features, begin * width, (begin + length) * width, 0);
        }
        for (int mask = 0; mask < augmentation.bandMasks(); mask++) {
            int length = length(bands, augmentation.bandMaskShare(), random);
            int begin = random.nextInt(bands - length + 1);
            for (int frame = 0; frame < steps * width; frame += bands) {
                Arrays.fill(features, frame + begin, frame + begin + length, 0);
            }
        }
    }

    private static int length(int of, double share, SplittableRandom random) {
        return random.nextInt((int) (share * of) + 1);
    }
}
