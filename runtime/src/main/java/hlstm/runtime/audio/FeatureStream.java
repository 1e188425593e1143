package hlstm.runtime.audio;

import java.util.Arrays;

/**
 * The steps of a sound that is still going on, with the bits of {@link FeatureExtractor#extract}.
 * It takes samples in any portions and gives each step as soon as all its samples are there; frames
 * are computed two at a time, so one may wait a hop for the next. Allocates nothing but the room
 * for the largest portion.
 *
 * <p>Holds the state of one stream; belongs to one thread at a time.
 */
public final class FeatureStream {
    private final FeatureSpec spec;
    private final FeatureExtractor extractor;
    private final FourierTransform.Work work;
    private final double[] bins;

    /** Null if features are not normalised. */
    private final RunningNormalisation normalisation;

    /** Samples from the first frame on that has not been computed. */
    private float[] samples = new float[0];

    private int count;

    /** Whether a sample has been taken since the beginning. */
    private boolean begun;

    /** Whether a frame has been computed. */
    private boolean framed;

    /** Frames that make the next step, and one that may be over. */
    private final float[] frames;

    private int frameCount;
    private boolean ended;

    /**
     * A stream at the beginning of a sound.
     *
     * @throws IllegalArgumentException if features are normalised over the utterance, which is not
     *     known before its end
     */
    public FeatureStream(FeatureSpec spec) {
        boolean running = spec.normalisation().equals(FeatureSpec.RUNNING);
        if (!running && !spec.normalisation().equals(FeatureSpec.NONE)) {
            throw new IllegalArgumentException(
                    "features of a stream cannot be normalised over an utterance that goes on:"
                            + " expected the normalisation %s or %s, found %s"
                                    .formatted(
                                            FeatureSpec.RUNNING,
                                            FeatureSpec.NONE,
                                            spec.normalisation()));
        }
        normalisation = running ? new RunningNormalisation(spec) : null;
        this.spec = spec;
        extractor = new FeatureExtractor(spec);
        work = extractor.newWork();
        bins = new double[spec.bins()];
        frames = new float[(spec.stack() + 1) * spec.bands()];
    }

    /** What is computed. */
    public FeatureSpec spec() {
        return spec;
    }

    /** Back to the beginning of a sound. */
    public void reset() {
        if (normalisation != null) {
            normalisation.reset();
        }
        count = 0;
        begun = false;
        framed = false;
        frameCount = 0;
        ended = false;
    }

    /**
     * Takes samples at the rate of the specification. Take the {@linkplain #next steps} that they
     * make before the next ones.
     *
     * @throws IllegalArgumentException if one is not finite, or the range is not in the array
     * @throws IllegalStateException after {@link #end}
     */
    public void accept(float[] from, int offset, int length) {
        if (ended) {
            throw new IllegalStateException("the sound has ended: reset the stream before another");
        }
        if (offset < 0 || length < 0 || (long) offset + length > from.length) {
            throw new IllegalArgumentException(
                    "expected %d samples from %d on, found an array of %d"
                            .formatted(length, offset, from.length));
        }
        for (int k = offset; k < offset + length; k++) {
            if (!Float.isFinite(from[k])) {
                throw new IllegalArgumentException(
                        "features need finite samples: found " + from[k]);
            }
        }
        if (samples.length < count + length) {
            samples = Arrays.copyOf(samples, Math.addExact(count, length) + spec.windowSamples());
        }
        System.arraycopy(from, offset, samples, count, length);
        count += length;
        begun |= length > 0;
    }

    /** Ends the sound: what is left makes steps as at the end of a whole one. */
    public void end() {
        ended = true;
    }

    /**
     * Takes the next step, if there is one.
     *
     * @param step takes {@code spec().width()} elements
     * @return whether there was one
     * @throws IllegalArgumentException if features are normalised and samples are so large that
     *     theirs are not finite; reset the stream then
     */
    public boolean next(float[] step, int offset) {
        boolean more = true;
        while (more && frameCount < spec.stack()) {
            more = computeFrames();
        }
        if (frameCount == 0 || frameCount < spec.stack() && !ended) {
            return false;
        }
        int bands = spec.bands();
        int there = Math.min(frameCount, spec.stack()) * bands;
        System.arraycopy(frames, 0, step, offset, there);
        Arrays.fill(step, offset + there, offset + spec.width(), 0);
        int left = Math.max(0, frameCount - spec.stride());
        System.arraycopy(frames, (frameCount - left) * bands, frames, 0, left * bands);
        frameCount = left;
        return true;
    }

    /** Computes the next two frames or, at the end of the sound, the last one. */
    private boolean computeFrames() {
        int window = spec.windowSamples();
        int hop = spec.hopSamples();
        boolean both = count >= window + hop;
        // A sound that is shorter than a window makes one frame all the same.
        boolean last = ended && (count >= window || begun && !framed);
        if (!both && !last) {
            return false;
        }
        int computed = both ? 2 : 1;
        int offset = frameCount * spec.bands();
        extractor.pair(samples, 0, count, both, work, bins, frames, offset);
        if (normalisation != null) {
            normalisation.apply(frames, offset, computed);
        }
        frameCount += computed;
        framed = true;
        // The hop is no longer than the window, but samples of the last frame may be fewer.
        int used = Math.min(count, computed * hop);
        System.arraycopy(samples, used, samples, 0, count - used);
        count -= used;
        return true;
    }
}
