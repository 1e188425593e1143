package hlstm.runtime.audio;

/**
 * Triangular bands on the mel scale, {@code mel = 2595 log10(1 + f / 700)} (O'Shaughnessy, "Speech
 * Communication", 1987), equally spaced from 0 Hz to half the sample rate; neighbouring triangles
 * overlap by half and have a height of 1.
 */
final class MelBands {
    private final int[] first;
    private final float[][] weights;

    /**
     * Bands over the bins of a Fourier transform.
     *
     * @throws IllegalArgumentException if a band is so narrow that no bin lies in it
     */
    MelBands(int bands, int bins, int sampleRate) {
        first = new int[bands];
        weights = new float[bands][];
        double top = mel(sampleRate / 2.0);
        double binHertz = sampleRate / 2.0 / (bins - 1);
        for (int band = 0; band < bands; band++) {
            double low = hertz(top * band / (bands + 1)) / binHertz;
            double centre = hertz(top * (band + 1) / (bands + 1)) / binHertz;
            double high = hertz(top * (band + 2) / (bands + 1)) / binHertz;
            int begin = (int) Math.floor(low) + 1;
            int end = Math.min(bins - 1, (int) Math.ceil(high) - 1);
            if (end < begin) {
                throw new IllegalArgumentException(
                        "%d mel bands are too many for %d bins of %.1f Hz: no bin lies in band %d, %.1f to %.1f Hz; take fewer bands or a longer window"
                                .formatted(
                                        bands,
                                        bins,
                                        binHertz,
                                        band,
                                        low * binHertz,
                                        high * binHertz));
            }
            first[band] = begin;
            weights[band] = new float[end - begin + 1];
            for (int bin = begin; bin <= end; bin++) {
                weights[band][bin - begin] =
                        (float)
                                (bin <= centre
                                        ? (bin - low) / (centre - low)
                                        : (high - bin) / (high - centre));
            }
        }
    }

    /** The weighted sum of the bins of a band. */
    double sum(int band, double[] bins) {
        float[] weight = weights[band];
        int begin = first[band];
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            sum += weight[i] * bins[begin + i];
        }
        return sum;
    }

    static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
