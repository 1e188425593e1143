package hlstm.runtime.audio;

import java.util.List;

/**
 * How sound becomes the input of a network: a spectrogram of overlapping Hamming windows, {@code
 * log(1 + x)} of each band, normalised over the utterance, and neighbouring frames stacked into one
 * step. Part of a model, since the same numbers must come out in training and in use.
 *
 * <p>Frames lie wholly within the sound: frame t covers the samples from {@code t * hopSamples()}
 * on; sound shorter than a window is padded with silence to one frame. Step s stacks the frames
 * {@code s * stride} to {@code s * stride + stack - 1}; those beyond the last are zero, the mean.
 *
 * @param sampleRate samples per second that the features are computed at; sound of another rate is
 *     resampled first
 * @param windowMillis length of a window in milliseconds
 * @param hopMillis distance between the beginnings of windows in milliseconds
 * @param melBands number of mel bands, or 0 for the linear bins of the Fourier transform
 * @param spectrum {@value #MAGNITUDE} or {@value #POWER}: what a bin holds, or a mel band sums
 * @param scale factor on the samples, which lie in [-1, 1]; the larger, the closer {@code log(1 +
 *     x)} is to the logarithm for quiet bands too
 * @param normalisation {@value #UTTERANCE}: less the mean, over the standard deviation of all
 *     elements; {@value #BAND}: of each band on its own; {@value #RUNNING}: of each band up to the
 *     present frame, as can be done while the sound goes on; {@value #NONE}: as they are
 * @param stack frames that make up a step
 * @param stride frames from the beginning of one step to the next
 */
public record FeatureSpec(
        int sampleRate,
        double windowMillis,
        double hopMillis,
        int melBands,
        String spectrum,
        double scale,
        String normalisation,
        int stack,
        int stride) {
    /** Bins hold the magnitude of the Fourier transform. */
    public static final String MAGNITUDE = "magnitude";

    /** Bins hold the squared magnitude of the Fourier transform. */
    public static final String POWER = "power";

    /** One mean and deviation for all elements of the utterance. */
    public static final String UTTERANCE = "utterance";

    /** A mean and deviation for each band of the utterance. */
    public static final String BAND = "band";

    /** The mean and deviation of each band so far. */
    public static final String RUNNING = "running";

    /** No normalisation. */
    public static final String NONE = "none";

    private static final int MAXIMUM_WINDOW = 1 << 15;
    private static final int MAXIMUM_STACK = 64;

    /** Checks that features can be computed. */
    public FeatureSpec {
        check(
                sampleRate >= Waveform.MINIMUM_RATE && sampleRate <= Waveform.MAXIMUM_RATE,
                "the sample rate must lie in [%d, %d] Hz, found %d",
                Waveform.MINIMUM_RATE,
                Waveform.MAXIMUM_RATE,
                sampleRate);
        long window = samples(windowMillis, sampleRate);
        long hop = samples(hopMillis, sampleRate);
        check(
                window >= 8 && window <= MAXIMUM_WINDOW,
                "the window must be 8 to %d samples long, found %s ms at %d Hz",
                MAXIMUM_WINDOW,
                windowMillis,
                sampleRate);
        check(
                hop >= 1 && hop <= window,
                "the hop must be at least a sample and at most a window, found %s ms of %s",
                hopMillis,
                windowMillis);
        check(
                melBands >= 0 && melBands <= window / 2,
                "mel bands must number 0 (linear bins) to %d, half the window, found %d",
                window / 2,
                melBands);
        oneOf("spectrum", spectrum, List.of(MAGNITUDE, POWER));
        check(
                scale > 0 && scale <= 1e6,
                "the scale of the samples must lie in (0, 1e6], found %s",
                scale);
        oneOf("normalisation", normalisation, List.of(UTTERANCE, BAND, RUNNING, NONE));
        check(
                stack >= 1 && stack <= MAXIMUM_STACK,
                "a step must stack 1 to %d frames, found %d",
                MAXIMUM_STACK,
                stack);
        check(
                stride >= 1 && stride <= stack,
                "the stride must lie in [1, %d], the number of stacked frames, found %d",
                stack,
                stride);
    }

    /**
     * The spectrogram of the public DeepSpeech2 recipe: 16 kHz, windows of 20 ms every 10 ms, 161
     * linear bins of log(1 + magnitude), one mean and deviation per utterance; not stacked.
     */
    public static FeatureSpec deepSpeech2() {
        return new FeatureSpec(16_000, 20, 10, 0, MAGNITUDE, 1, UTTERANCE, 1, 1);
    }

    /**
     * Features for small networks: mel bands of log(1 + power), 16-bit scale, each band normalised,
     * {@code stack} frames a step without overlap.
     */
    public static FeatureSpec mel(int sampleRate, int bands, int stack) {
        return new FeatureSpec(sampleRate, 20, 10, bands, POWER, 32_768, BAND, stack, stack);
    }

    /** The same with other stacking. */
    public FeatureSpec withStacking(int stack, int stride) {
        return new FeatureSpec(
                sampleRate,
                windowMillis,
                hopMillis,
                melBands,
                spectrum,
                scale,
                normalisation,
                stack,
                stride);
    }

    /** Samples of a window; also the points of the Fourier transform. */
    public int windowSamples() {
        return (int) samples(windowMillis, sampleRate);
    }

    /** Samples from the beginning of one window to the next. */
    public int hopSamples() {
        return (int) samples(hopMillis, sampleRate);
    }

    /** Bins of the Fourier transform, from 0 Hz to half the sample rate. */
    public int bins() {
        return windowSamples() / 2 + 1;
    }

    /** Elements of a frame: mel bands or linear bins. */
    public int bands() {
        return melBands == 0 ? bins() : melBands;
    }

    /** Elements of a step: the width of the network's input. */
    public int width() {
        return bands() * stack;
    }

    /** Frames of a sound; at least one unless it is empty. */
    public int frames(int samples) {
        if (samples <= 0) {
            return 0;
        }
        return Math.max(0, samples - windowSamples()) / hopSamples() + 1;
    }

    /** Steps of a sound; at least one unless it is empty. */
    public int steps(int samples) {
        return Math.ceilDiv(frames(samples), stride);
    }

    /** Seconds from the beginning of one step to the next. */
    public double secondsPerStep() {
        return (double) hopSamples() * stride / sampleRate;
    }

    private static long samples(double millis, int sampleRate) {
        return Math.round(millis * sampleRate / 1000);
    }

    private static void oneOf(String what, String value, List<String> allowed) {
        check(
                value != null && allowed.contains(value),
                "the %s must be one of %s, found '%s'",
                what,
                String.join(", ", allowed),
                value);
    }

    private static void check(boolean met, String message, Object... arguments) {
        if (!met) {
            throw new IllegalArgumentException(
                    "feature specification: " + message.formatted(arguments));
        }
    }
}
