package hlstm.trainer.synth;

import java.util.SplittableRandom;

/**
 * Who speaks.
 *
 * @param name names the voice in lists
 * @param pitch mean frequency of the glottis in Hz
 * @param formantScale all formants, relative to an average man's; shorter throats have larger ones
 * @param breathiness amplitude of breath in the voice, 0 to 1
 * @param openQuotient share of each period of the glottis that it is open, 0.4 to 0.9
 * @param speed habitual speed, relative to normal
 * @param accent decides how the voice's vowels differ from the average
 */
record Voice(
        String name,
        double pitch,
        double formantScale,
        double breathiness,
        double openQuotient,
        double speed,
        long accent) {
    /** Kinds of voices, taken in turn: man, woman, man, woman, child. */
    private static final double[][] PITCH_AND_SCALE = {
        {110, 1.0}, {200, 1.15}, {130, 1.02}, {180, 1.12}, {260, 1.27}
    };

    /** The voice of a number; each number has its own, and neighbours differ in kind. */
    static Voice of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        double[] kind = PITCH_AND_SCALE[Math.floorMod(number, PITCH_AND_SCALE.length)];
        return new Voice(
                "voice%03d".formatted(number),
                kind[0] * random.nextDouble(0.85, 1.18),
                kind[1] * random.nextDouble(0.95, 1.05),
                random.nextDouble(0.02, 0.25),
                random.nextDouble(0.5, 0.8),
                random.nextDouble(0.88, 1.15),
                random.nextLong());
    }
}
