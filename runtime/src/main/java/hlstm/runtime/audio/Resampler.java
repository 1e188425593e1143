package hlstm.runtime.audio;

/**
 * Changes the sample rate by a rational factor: a polyphase filter whose prototype is a sinc under
 * a Kaiser window (Kaiser and Schafer, "On the use of the I0-sinh window for spectrum analysis",
 * IEEE Trans. ASSP 28(1), 1980). Linear phase, delay compensated: output n is the sound at the time
 * of {@code n / to}. Components above half the lower rate are suppressed by some 90 dB, outside a
 * transition band of the upper 10 % or so of that half.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Resampler {
    /** Zero crossings of the sinc on each side of its centre where nobody says otherwise. */
    private static final int CROSSINGS = 32;

    private static final int MAXIMUM_CROSSINGS = 256;

    /** The cutoff as a share of half the lower rate, so that the transition band ends below it. */
    private static final double ROLLOFF = 0.945;

    /** Shape of the window; 9 gives side lobes of about -90 dB. */
    private static final double KAISER_BETA = 9;

    /** Ratios with more phases than this get their coefficients as they go. */
    private static final int MAXIMUM_STORED_PHASES = 1024;

    private final int up;
    private final int down;
    private final double cutoff;
    private final int reach;
    private final float[][] phases;

    /**
     * A resampler between two rates; only their ratio matters.
     *
     * @param from samples per second of the input
     * @param to samples per second of the output
     */
    public Resampler(int from, int to) {
        this(from, to, CROSSINGS);
    }

    /**
     * A resampler of another quality.
     *
     * @param from samples per second of the input
     * @param to samples per second of the output
     * @param crossings zero crossings of the sinc on each side of its centre: time grows with it,
     *     and the width of the transition band shrinks; 32 is the default
     */
    public Resampler(int from, int to, int crossings) {
        if (crossings < 1 || crossings > MAXIMUM_CROSSINGS) {
            throw new IllegalArgumentException(
                    "the filter must have 1 to %d zero crossings a side, found %d"
                            .formatted(MAXIMUM_CROSSINGS, crossings));
        }
        if (from < 1 || to < 1 || (long) from > 1024L * to || (long) to > 1024L * from) {
            throw new IllegalArgumentException(
                    "cannot resample from %d Hz to %d Hz: expected positive rates within a factor of 1024"
                            .formatted(from, to));
        }
        int divisor = greatestCommonDivisor(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        this.cutoff = ROLLOFF * Math.min(1, (double) to / from);
        this.reach = (int) Math.ceil(crossings / cutoff);
        if (up <= MAXIMUM_STORED_PHASES) {
            phases = new float[up][];
            for (int phase = 0; phase < up; phase++) {
                phases[phase] = coefficients(phase, new float[2 * reach]);
            }
        } else {
            phases = null;
        }
    }

    /** Samples of the output for a number of samples of the input. */
    public int outputLength(int inputLength) {
        return Math.toIntExact(outputLength((long) inputLength));
    }

    /** The same for sound of any length. */
    long outputLength(long inputLength) {
        return Math.ceilDiv(inputLength * up, (long) down);
    }

    /** The samples at the other rate; beyond its ends the input counts as silence. */
    public float[] resample(float[] input) {
        if (up == down) {
            return input.clone();
        }
        float[] output = new float[outputLength(input.length)];
        float[] scratch = newScratch();
        for (int n = 0; n < output.length; n++) {
            output[n] = output(n, input, 0, input.length, scratch);
        }
        return output;
    }

    /** Room for {@link #output}. */
    float[] newScratch() {
        return new float[phases == null ? 2 * reach : 0];
    }

    /** How many samples of the input an output needs: those behind are silence to it. */
    long inputsOf(long n) {
        return n * down / up + reach + 1;
    }

    /** The first sample of the input that an output needs; it may lie before the beginning. */
    long firstInputOf(long n) {
        return n * down / up - reach + 1;
    }

    /**
     * An output.
     *
     * @param input samples of the input, of which the first is number {@code origin}
     * @param end number of the sample behind the last one
     */
    float output(long n, float[] input, long origin, long end, float[] scratch) {
        int phase = (int) (n * down % up);
        float[] taps = phases == null ? coefficients(phase, scratch) : phases[phase];
        long first = firstInputOf(n);
        return dot(
                taps,
                input,
                (int) Math.max(0, -first),
                (int) Math.min(taps.length, end - first),
                (int) (first - origin));
    }

    /** The sum of {@code taps[k] * input[first + k]}, in four parts that do not wait on another. */
    private static float dot(float[] taps, float[] input, int begin, int end, int first) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int k = begin;
        for (; k + 3 < end; k += 4) {
            a += taps[k] * input[first + k];
            b += taps[k + 1] * input[first + k + 1];
            c += taps[k + 2] * input[first + k + 2];
            d += taps[k + 3] * input[first + k + 3];
        }
        for (; k < end; k++) {
            a += taps[k] * input[first + k];
        }
        return (a + b) + (c + d);
    }

    /**
     * The filter of one phase: tap k weighs the sample {@code k - reach + 1} places after the last
     * one before the output's time, which lies {@code phase / up} of a sample later.
     */
    private float[] coefficients(int phase, float[] taps) {
        double fraction = (double) phase / up;
        double sum = 0;
        for (int k = 0; k < taps.length; k++) {
            double weight = kernel(k - reach + 1 - fraction);
            taps[k] = (float) weight;
            sum += weight;
        }
        for (int k = 0; k < taps.length; k++) {
            taps[k] = (float) (taps[k] / sum);
        }
        return taps;
    }

    private double kernel(double distance) {
        double edge = distance / reach;
        if (Math.abs(edge) >= 1) {
            return 0;
        }
        double window = besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge));
        double angle = Math.PI * cutoff * distance;
        return window * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle);
    }

    /** The modified Bessel function of the first kind and order 0, by its power series. */
    private static double besselI0(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-16; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
