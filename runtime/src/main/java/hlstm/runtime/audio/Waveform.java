package hlstm.runtime.audio;

/**
 * Mono sound.
 *
 * @param samples amplitudes, nominally in [-1, 1]; not copied
 * @param sampleRate samples per second
 */
public record Waveform(float[] samples, int sampleRate) {
    /** The lowest sample rate accepted, in Hz. */
    public static final int MINIMUM_RATE = 2_000;

    /** The highest sample rate accepted, in Hz. */
    public static final int MAXIMUM_RATE = 384_000;

    /** Checks the rate. */
    public Waveform {
        if (sampleRate < MINIMUM_RATE || sampleRate > MAXIMUM_RATE) {
            throw new IllegalArgumentException(
                    "the sample rate must lie in [%d, %d] Hz, found %d"
                            .formatted(MINIMUM_RATE, MAXIMUM_RATE, sampleRate));
        }
    }

    /** The duration in seconds. */
    public double seconds() {
        return (double) samples.length / sampleRate;
    }

    /** The sound at another rate; this one if the rate is the same. */
    public Waveform at(int rate) {
        if (rate == sampleRate) {
            return this;
        }
        return new Waveform(new Resampler(sampleRate, rate).resample(samples), rate);
    }
}
