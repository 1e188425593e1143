package hlstm.runtime.audio;

import java.util.Arrays;

/**
 * {@link Resampler#resample} for sound that is still going on, with the same bits. Allocates
 * nothing but the room for the largest portion. Belongs to one thread at a time.
 */
public final class ResamplerStream {
    private final Resampler resampler;
    private final float[] scratch;
    private float[] input = new float[0];

    /** The number of the first sample in {@link #input}, and of the one behind the last. */
    private long origin;

    private long end;

    /** Number of the next output. */
    private long next;

    private boolean ended;

    /** A stream at the beginning of a sound. */
    public ResamplerStream(Resampler resampler) {
        this.resampler = resampler;
        scratch = resampler.newScratch();
    }

    /** Back to the beginning of a sound. */
    public void reset() {
        origin = 0;
        end = 0;
        next = 0;
        ended = false;
    }

    /** Takes samples; {@link #read} what they make before the next ones. */
    public void accept(float[] samples, int offset, int length) {
        dropUsed();
        int held = (int) (end - origin);
        if (input.length < held + length) {
            input = Arrays.copyOf(input, Math.addExact(held, length));
        }
        System.arraycopy(samples, offset, input, held, length);
        end += length;
    }

    private void dropUsed() {
        int used = (int) Math.clamp(resampler.firstInputOf(next) - origin, 0, end - origin);
        System.arraycopy(input, used, input, 0, (int) (end - origin) - used);
        origin += used;
    }

    /** Ends the sound; what is left can be {@link #read}. */
    public void end() {
        ended = true;
    }

    /**
     * Takes the next samples of the output.
     *
     * @return how many there were, at most {@code most}
     */
    public int read(float[] output, int offset, int most) {
        int count = 0;
        while (count < most && isReady()) {
            output[offset + count] = resampler.output(next, input, origin, end, scratch);
            count++;
            next++;
        }
        return count;
    }

    private boolean isReady() {
        return resampler.inputsOf(next) <= end || ended && next < resampler.outputLength(end);
    }
}
