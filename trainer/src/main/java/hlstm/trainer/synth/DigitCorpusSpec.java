package hlstm.trainer.synth;

/**
 * A corpus of spoken digits.
 *
 * @param sampleRate samples per second, 8000 or more
 * @param trainUtterances utterances to learn from
 * @param devUtterances utterances of other voices, saying other strings, to choose and stop on
 * @param trainVoices voices to learn from
 * @param devVoices other voices
 * @param mostDigits digits of the longest strings; the shortest have one
 * @param lowestSignalToNoise speech over background noise in the noisiest recordings, in dB
 * @param highestSignalToNoise the same in the quietest
 * @param seed decides everything random
 */
public record DigitCorpusSpec(
        int sampleRate,
        int trainUtterances,
        int devUtterances,
        int trainVoices,
        int devVoices,
        int mostDigits,
        double lowestSignalToNoise,
        double highestSignalToNoise,
        long seed) {
    private static final int LEAST_RATE = 8_000;
    private static final int HIGHEST_RATE = 48_000;
    private static final int MOST_DIGITS = 20;

    /** Checks the sizes. */
    public DigitCorpusSpec {
        check(
                sampleRate >= LEAST_RATE && sampleRate <= HIGHEST_RATE && sampleRate % 1000 == 0,
                "the sample rate must be a multiple of 1000 in [%d, %d] Hz, found %d",
                LEAST_RATE,
                HIGHEST_RATE,
                sampleRate);
        check(
                trainUtterances >= 1 && devUtterances >= 1,
                "there must be utterances to learn from and to choose on, found %d and %d",
                trainUtterances,
                devUtterances);
        check(
                trainVoices >= 1 && devVoices >= 1,
                "there must be voices to learn from and to choose on, found %d and %d",
                trainVoices,
                devVoices);
        check(
                mostDigits >= 2 && mostDigits <= MOST_DIGITS,
                "the longest strings must have 2 to %d digits, found %d",
                MOST_DIGITS,
                mostDigits);
        check(
                lowestSignalToNoise >= -20
                        && highestSignalToNoise <= 120
                        && lowestSignalToNoise <= highestSignalToNoise,
                "the signal-to-noise ratios must ascend within [-20, 120] dB, found %s and %s",
                lowestSignalToNoise,
                highestSignalToNoise);
    }

    /**
     * The corpus of the demonstration: 16 kHz, one to five digits, mild to strong noise. A small
     * network gets below 5 % of the words wrong in a minute or so on two cores.
     */
    public static DigitCorpusSpec demo(long seed) {
        return new DigitCorpusSpec(16_000, 1_500, 300, 60, 15, 5, 10, 40, seed);
    }

    private static void check(boolean met, String message, Object... arguments) {
        if (!met) {
            throw new IllegalArgumentException("digit corpus: " + message.formatted(arguments));
        }
    }
}
