package hlstm.bench.captions;

import hlstm.bench.Latency;
import hlstm.bench.comparison.Entrant;

/**
 * How long a runtime took.
 *
 * @param run what was timed
 * @param runtime its name
 * @param gateWeights of the network's gate matrices
 * @param runs how many were timed
 * @param p50Micros median time of a run
 * @param p99Micros 99th percentile; of fewer than 100 runs the longest
 */
record CaptionRow(
        String run,
        String runtime,
        long gateWeights,
        long runs,
        double p50Micros,
        double p99Micros) {
    static CaptionRow of(String run, String runtime, Entrant entrant) {
        Latency latency = Latency.of(entrant.histogram());
        return new CaptionRow(
                run,
                runtime,
                entrant.peer().weights(),
                latency.count(),
                latency.p50Micros(),
                latency.p99Micros());
    }
}
