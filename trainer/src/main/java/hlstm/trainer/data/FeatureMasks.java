package hlstm.trainer.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Blanks stretches of time and of bands, as an {@link Augmentation} says. Immutable. */
final class FeatureMasks {
    private final Augmentation augmentation;
    private final int bands;

    FeatureMasks(Augmentation augmentation, int bands) {
        this.augmentation = augmentation;
        this.bands = bands;
    }

    /** Blanks elements of {@code frames x bands} features, in place. */
    void apply(float[] features, SplittableRandom random) {
        int frames = features.length / bands;
        for (int mask = 0; mask < augmentation.timeMasks(); mask++) {
            int length = length(frames, augmentation.timeMaskShare(), random);
            int begin = random.nextInt(frames - length + 1);
            Arrays.fill(features, begin * bands, (begin + length) * bands, 0);
        }
        for (int mask = 0; mask < augmentation.bandMasks(); mask++) {
            int length = length(bands, augmentation.bandMaskShare(), random);
            int begin = random.nextInt(bands - length + 1);
            for (int frame = 0; frame < features.length; frame += bands) {
                Arrays.fill(features, frame + begin, frame + begin + length, 0);
            }
        }
    }

    private static int length(int of, double share, SplittableRandom random) {
        return random.nextInt((int) (share * of) + 1);
    }
}
