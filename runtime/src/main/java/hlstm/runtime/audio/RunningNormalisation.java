package hlstm.runtime.audio;

import java.util.Arrays;

/**
 * Takes from each band of a sound its mean so far and divides it by its deviation so far, so that a
 * sound can be normalised while it goes on. Means and variances are those of all frames up to the
 * present one, and from {@link #MEMORY_SECONDS} on exponential averages over so much; a deviation
 * begins at {@link #USUAL_DEVIATION}, with the weight of {@link #USUAL_SECONDS}.
 *
 * <p>Holds the state of one sound; belongs to one thread at a time.
 */
final class RunningNormalisation {
    /** What means and deviations are taken over. */
    private static final double MEMORY_SECONDS = 3;

    /** How long it takes until a sound's own deviation counts as much as the usual one. */
    private static final double USUAL_SECONDS = 1;

    /** About that of a band of recorded speech: the logarithm of its power over an utterance. */
    private static final double USUAL_DEVIATION = 3;

    private final int bands;
    private final double memory;
    private final double usual;
    private final double[] mean;
    private final double[] variance;
    private long frames;

    /** At the beginning of a sound. */
    RunningNormalisation(FeatureSpec spec) {
        double framesPerSecond = (double) spec.sampleRate() / spec.hopSamples();
        bands = spec.bands();
        memory = Math.max(1, MEMORY_SECONDS * framesPerSecond);
        usual = Math.max(1, USUAL_SECONDS * framesPerSecond);
        mean = new double[bands];
        variance = new double[bands];
    }

    /** Back to the beginning of a sound. */
    void reset() {
        frames = 0;
        Arrays.fill(mean, 0);
        Arrays.fill(variance, 0);
    }

    /**
     * Normalises the next frames in place.
     *
     * @param values frame after frame
     * @throws IllegalArgumentException if one is not finite; what came before is normalised then
     */
    void apply(float[] values, int offset, int count) {
        for (int frame = 0; frame < count; frame++) {
            frames++;
            double seen = Math.min(frames, memory);
            double weight = 1 / seen;
            for (int band = 0; band < bands; band++) {
                int at = offset + frame * bands + band;
                double value = values[at];
                FeatureExtractor.requireFinite(value);
                double before = value - mean[band];
                mean[band] += weight * before;
                double after = value - mean[band];
                variance[band] += weight * (before * after - variance[band]);
                double blended =
                        (usual * USUAL_DEVIATION * USUAL_DEVIATION + seen * variance[band])
                                / (usual + seen);
                values[at] = (float) (after / Math.sqrt(blended));
            }
        }
    }
}
