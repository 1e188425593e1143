package hlstm.bench.training;

/**
 * Training the convolutions of DeepSpeech2.
 *
 * @param threads that share the work
 * @param batchSeconds median time of a batch, forward and backward
 * @param gigaflops a second
 * @param peakGigaflops what as many threads reach with fused multiply-adds alone; null where the
 *     kernels have no vectors
 */
record FrontEndPoint(int threads, double batchSeconds, double gigaflops, Double peakGigaflops) {
    /** The share of what the threads can reach; null where that is not known. */
    Double shareOfPeak() {
        return peakGigaflops == null ? null : gigaflops / peakGigaflops;
    }
}
