package hlstm.trainer.data;

/**
 * How utterances are varied while training; each strength is 0 where nothing is done. The first
 * four change the sound, the others the features (after Park et al., "SpecAugment", Interspeech
 * 2019, without time warping).
 *
 * @param speed largest relative change of the speed and with it of the pitch, below 0.5; drawn in
 *     steps of 1 %
 * @param tempo largest relative change of the tempo, the pitch staying, below 0.5; drawn in steps
 *     of 1 %
 * @param gainDecibels largest change of the loudness, up or down
 * @param noise largest amplitude of added white noise, relative to the root mean square of the
 *     sound
 * @param timeMasks number of stretches of time that are blanked
 * @param timeMaskShare longest share of the frames that each blanks
 * @param bandMasks number of stretches of bands that are blanked
 * @param bandMaskShare largest share of the bands that each blanks
 * @param shift whether the first step may begin with any frame of the first stride
 */
public record Augmentation(
        double speed,
        double tempo,
        double gainDecibels,
        double noise,
        int timeMasks,
        double timeMaskShare,
        int bandMasks,
        double bandMaskShare,
        boolean shift) {
    /** Utterances as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0, 0, 0, false);

    /** Checks the strengths. */
    public Augmentation {
        within("speed", speed, 0.5);
        within("tempo", tempo, 0.5);
        within("gain in decibels", gainDecibels, 60);
        within("noise", noise, 10);
        within("number of time masks", timeMasks, 100);
        within("share of a time mask", timeMaskShare, 1);
        within("number of band masks", bandMasks, 100);
        within("share of a band mask", bandMaskShare, 1);
    }

    /** Whether the sound itself is varied. */
    public boolean changesSound() {
        return speed > 0 || tempo > 0 || gainDecibels > 0 || noise > 0;
    }

    /** Whether features are masked. */
    public boolean masks() {
        return timeMasks > 0 && timeMaskShare > 0 || bandMasks > 0 && bandMaskShare > 0;
    }

    private static void within(String what, double value, double highest) {
        if (!(value >= 0 && value <= highest)) {
            throw new IllegalArgumentException(
                    "augmentation: the %s must lie in [0, %s], found %s"
                            .formatted(what, highest, value));
        }
    }
}
