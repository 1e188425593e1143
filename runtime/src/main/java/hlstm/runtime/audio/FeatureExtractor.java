package hlstm.runtime.audio;

import java.util.Arrays;

/**
 * Computes the features of a {@link FeatureSpec}. Holds its tables only: immutable, and safe for
 * use by several threads.
 */
public final class FeatureExtractor {
    /** Deviations below this count as it, so that silence gives zeros and not noise. */
    private static final double SMALLEST_DEVIATION = 1e-5;

    private final FeatureSpec spec;
    private final double[] window;
    private final FourierTransform transform;
    private final MelBands mel;

    /**
     * An extractor of the given features.
     *
     * @throws IllegalArgumentException if there are more mel bands than the bins can fill
     */
    public FeatureExtractor(FeatureSpec spec) {
        this.spec = spec;
        this.window = hamming(spec.windowSamples(), spec.scale());
        this.transform = new FourierTransform(spec.windowSamples());
        this.mel =
                spec.melBands() == 0
                        ? null
                        : new MelBands(spec.melBands(), spec.bins(), spec.sampleRate());
    }

    /** What is computed. */
    public FeatureSpec spec() {
        return spec;
    }

    /**
     * The features of a sound, resampled if its rate is another: {@code steps x width()}, step
     * after step.
     *
     * @throws IllegalArgumentException if the sound is empty or holds samples that are not finite
     */
    public float[] extract(Waveform sound) {
        return extract(sound.at(spec.sampleRate()).samples());
    }

    /**
     * The features of samples at the sample rate of the specification: {@code
     * spec().steps(samples.length) x spec().width()}, step after step.
     *
     * @throws IllegalArgumentException if there are no samples, or some are not finite
     */
    public float[] extract(float[] samples) {
        return stack(frames(samples), 0);
    }

    /**
     * The normalised frames that steps are stacked from: {@code spec().frames(samples.length) x
     * spec().bands()}, frame after frame.
     *
     * @throws IllegalArgumentException if there are no samples, or some are not finite
     */
    public float[] frames(float[] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("features need sound: expected samples, found none");
        }
        float[] frames = spectrogram(samples);
        normalise(frames);
        return frames;
    }

    /**
     * Stacks frames to steps, from a frame on.
     *
     * @param frames frame after frame; returned itself where nothing is stacked or left out
     * @param first the frame that the first step begins with
     * @throws IllegalArgumentException if the frames are not whole, or the first is none of them
     */
    public float[] stack(float[] frames, int first) {
        int bands = spec.bands();
        if (frames.length % bands != 0 || first < 0 || first >= frames.length / bands) {
            throw new IllegalArgumentException(
                    "steps need whole frames of %d bands and a first frame among them, found %d elements and frame %d"
                            .formatted(bands, frames.length, first));
        }
        if (spec.stack() == 1 && first == 0) {
            return frames;
        }
        int steps = Math.ceilDiv(frames.length / bands - first, spec.stride());
        float[] stacked = new float[Math.multiplyExact(steps, spec.width())];
        for (int step = 0; step < steps; step++) {
            int from = (first + step * spec.stride()) * bands;
            int length = Math.min(spec.width(), frames.length - from);
            System.arraycopy(frames, from, stacked, step * spec.width(), length);
        }
        return stacked;
    }

    /** Frames of {@code log(1 + x)}, row after row. */
    private float[] spectrogram(float[] samples) {
        int count = spec.frames(samples.length);
        int bands = spec.bands();
        float[] frames = new float[Math.multiplyExact(count, bands)];
        FourierTransform.Work work = newWork();
        double[] bins = new double[spec.bins()];
        for (int frame = 0; frame < count; frame += 2) {
            boolean pair = frame + 1 < count;
            int begin = frame * spec.hopSamples();
            pair(samples, begin, samples.length, pair, work, bins, frames, frame * bands);
        }
        return frames;
    }

    /** Room for {@link #pair}. */
    FourierTransform.Work newWork() {
        return transform.newWork();
    }

    /**
     * Two neighbouring frames, not normalised: they are the real and the imaginary part of one
     * transform. At the end of a sound there may be one alone.
     *
     * @param begin where the first of the frames begins
     * @param end where the samples end; those behind count as silence
     * @param both whether there is a second frame
     * @param bins room for the bins of a frame
     * @param frames takes the frames, one behind the other
     */
    void pair(
            float[] samples,
            int begin,
            int end,
            boolean both,
            FourierTransform.Work work,
            double[] bins,
            float[] frames,
            int offset) {
        window(samples, begin, end, work.real);
        if (both) {
            window(samples, begin + spec.hopSamples(), end, work.imaginary);
        } else {
            Arrays.fill(work.imaginary, 0);
        }
        transform.transform(work);
        powers(work, 1, bins);
        compress(bins, frames, offset);
        if (both) {
            powers(work, -1, bins);
            compress(bins, frames, offset + spec.bands());
        }
    }

    private void window(float[] samples, int begin, int samplesEnd, double[] into) {
        int end = Math.min(window.length, samplesEnd - begin);
        for (int i = 0; i < end; i++) {
            into[i] = samples[begin + i] * window[i];
        }
        Arrays.fill(into, end, window.length, 0);
    }

    /**
     * The squared magnitudes of one of two real transforms computed as one: with Z the transform of
     * a + ib, that of a is half of {@code Z[k] + conj(Z[n - k])} and that of b, but for a turn,
     * half of {@code Z[k] - conj(Z[n - k])}.
     */
    private static void powers(FourierTransform.Work work, int sign, double[] bins) {
        double[] real = work.real;
        double[] imaginary = work.imaginary;
        for (int k = 0; k < bins.length; k++) {
            int mirror = k == 0 ? 0 : real.length - k;
            double x = real[k] + sign * real[mirror];
            double y = imaginary[k] - sign * imaginary[mirror];
            bins[k] = 0.25 * (x * x + y * y);
        }
    }

    private void compress(double[] bins, float[] frames, int offset) {
        if (spec.spectrum().equals(FeatureSpec.MAGNITUDE)) {
            for (int k = 0; k < bins.length; k++) {
                bins[k] = Math.sqrt(bins[k]);
            }
        }
        int bands = spec.bands();
        for (int band = 0; band < bands; band++) {
            double x = mel == null ? bins[band] : mel.sum(band, bins);
            frames[offset + band] = (float) Math.log(1 + x);
        }
    }

    private void normalise(float[] frames) {
        int bands = spec.bands();
        switch (spec.normalisation()) {
            case FeatureSpec.UTTERANCE -> normalise(frames, 0, 1);
            case FeatureSpec.BAND -> {
                for (int band = 0; band < bands; band++) {
                    normalise(frames, band, bands);
                }
            }
            case FeatureSpec.RUNNING ->
                    new RunningNormalisation(spec).apply(frames, 0, frames.length / bands);
            default -> {
                for (float value : frames) {
                    requireFinite(value);
                }
            }
        }
    }

    private static void normalise(float[] values, int first, int step) {
        int count = (values.length - first - 1) / step + 1;
        double sum = 0;
        for (int i = first; i < values.length; i += step) {
            sum += values[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = first; i < values.length; i += step) {
            double difference = values[i] - mean;
            squares += difference * difference;
        }
        double deviation = Math.sqrt(squares / count);
        requireFinite(deviation);
        double factor = 1 / Math.max(deviation, SMALLEST_DEVIATION);
        for (int i = first; i < values.length; i += step) {
            values[i] = (float) ((values[i] - mean) * factor);
        }
    }

    static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "features need finite samples: found NaN, infinite or huge ones");
        }
    }

    /**
     * The periodic Hamming window, {@code 0.54 - 0.46 cos(2 pi n / length)} (Harris, "On the use of
     * windows for harmonic analysis with the discrete Fourier transform", Proc. IEEE 66(1), 1978),
     * times a scale.
     */
    private static double[] hamming(int length, double scale) {
        double[] window = new double[length];
        for (int n = 0; n < length; n++) {
            window[n] = scale * (0.54 - 0.46 * Math.cos(2 * Math.PI * n / length));
        }
        return window;
    }
}
