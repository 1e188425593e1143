package hlstm.trainer.data;

import java.util.Arrays;

/**
 * Changes the tempo of sound and leaves its pitch: WSOLA (Verhelst and Roelands, "An overlap-add
 * technique based on waveform similarity", ICASSP 1993). Segments are taken from the sound at one
 * pace and laid down at another, each shifted a little to where it goes on most like the one before
 * it, and faded into it. Immutable, and so safe to share among threads.
 */
final class TimeStretch {
    /** Lengths that suit speech: a segment holds several periods of a voice, a search one. */
    private static final double SEGMENT_SECONDS = 0.060;

    private static final double OVERLAP_SECONDS = 0.012;
    private static final double SEARCH_SECONDS = 0.0075;

    private final int segment;
    private final int overlap;
    private final int search;

    /**
     * @param sampleRate samples a second
     */
    TimeStretch(int sampleRate) {
        segment = (int) Math.round(SEGMENT_SECONDS * sampleRate);
        overlap = (int) Math.round(OVERLAP_SECONDS * sampleRate);
        search = (int) Math.round(SEARCH_SECONDS * sampleRate);
    }

    /**
     * The sound at another tempo.
     *
     * @param tempo above 1 is faster and shorter
     * @return about {@code samples.length / tempo} samples; the samples themselves where the tempo
     *     is 1 or they are too few for a segment
     */
    float[] apply(float[] samples, double tempo) {
        if (tempo == 1 || samples.length < segment + search) {
            return samples;
        }
        int hop = segment - overlap;
        int length = (int) Math.round(samples.length / tempo);
        float[] out = new float[length + segment];
        System.arraycopy(samples, 0, out, 0, segment);
        int previous = 0;
        for (int at = hop; at < length; at += hop) {
            // What followed the last segment goes on from it without a seam.
            int natural = previous + hop;
            int wanted = (int) Math.round(at * tempo);
            int from = mostAlike(samples, natural, wanted);
            lay(samples, from, out, at);
            previous = from;
        }
        return Arrays.copyOf(out, length);
    }

    /** The begin near the wanted one whose overlap is most like that at the natural begin. */
    private int mostAlike(float[] samples, int natural, int wanted) {
        int last = samples.length - overlap;
        int low = Math.clamp(wanted - search, 0, last);
        int high = Math.clamp(wanted + search, 0, last);
        int reference = Math.min(natural, last);
        int best = low;
        double bestLikeness = Double.NEGATIVE_INFINITY;
        for (int begin = low; begin <= high; begin++) {
            double product = 0;
            double energy = 0;
            for (int k = 0; k < overlap; k++) {
                double sample = samples[begin + k];
                product += sample * samples[reference + k];
                energy += sample * sample;
            }
            double likeness = energy > 0 ? product / Math.sqrt(energy) : 0;
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = begin;
            }
        }
        return best;
    }

    /** Fades a segment in over the end of the one before it. */
    private void lay(float[] samples, int from, float[] out, int at) {
        int count = Math.min(segment, Math.min(samples.length - from, out.length - at));
        for (int k = 0; k < count; k++) {
            float share = k < overlap ? (k + 0.5f) / overlap : 1;
            out[at + k] = (1 - share) * out[at + k] + share * samples[from + k];
        }
    }
}
