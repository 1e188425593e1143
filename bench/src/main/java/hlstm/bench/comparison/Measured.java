package hlstm.bench.comparison;

import hlstm.bench.Latency;
import hlstm.bench.peers.PeerCase;

/**
 * What was measured of a runtime in a case.
 *
 * @param runtime its name
 * @param threads that computed a run
 * @param weights of its network
 * @param modelBytes size of its model
 * @param runs number of runs: steps, or whole sequences
 * @param p50Micros median time of a run
 * @param p99Micros 99th percentile; of fewer than 100 runs the longest
 * @param p999Micros 99.9th percentile; of fewer than 1000 runs the longest
 * @param bytesPerStep heap allocated by a step, also where a run is a sequence
 */
public record Measured(
        String runtime,
        int threads,
        long weights,
        long modelBytes,
        long runs,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double bytesPerStep) {
    static Measured of(PeerCase measured, Entrant entrant) {
        Latency latency = Latency.of(entrant.histogram());
        long runs = latency.count();
        return new Measured(
                entrant.runtime(),
                entrant.threads(),
                entrant.peer().weights(),
                entrant.peer().modelBytes(),
                runs,
                latency.p50Micros(),
                latency.p99Micros(),
                latency.p999Micros(),
                (double) entrant.allocatedBytes() / ((double) runs * measured.steps()));
    }

    /** Whether it is a runtime, and not the control of the machine's own spread. */
    boolean isRuntime() {
        return weights > 0;
    }
}
