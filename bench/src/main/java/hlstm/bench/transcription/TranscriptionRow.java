package hlstm.bench.transcription;

import hlstm.bench.Latency;
import org.HdrHistogram.Histogram;

/**
 * How long something took for one utterance.
 *
 * @param part what was timed: a stage, all of them, or the dense stack of LSTMs
 * @param runtime its name
 * @param gateWeights of the network's gate matrices
 * @param runs how many were timed
 * @param p50Micros median time of a run
 * @param p99Micros 99th percentile; of fewer than 100 runs the longest
 * @param realTimeFactor the median over the length of the sound
 */
record TranscriptionRow(
        String part,
        String runtime,
        long gateWeights,
        long runs,
        double p50Micros,
        double p99Micros,
        double realTimeFactor) {
    private static final double MICROS = 1e6;

    static TranscriptionRow of(
            String part, String runtime, long gateWeights, Histogram nanos, double seconds) {
        Latency latency = Latency.of(nanos);
        return new TranscriptionRow(
                part,
                runtime,
                gateWeights,
                latency.count(),
                latency.p50Micros(),
                latency.p99Micros(),
                latency.p50Micros() / MICROS / seconds);
    }
}
