package hlstm.bench.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import hlstm.bench.peers.PeerCase;

/**
 * A row of {@code bench --json}; see {@link Measured}.
 *
 * @param caseName name of the case
 */
public record ReportRow(
        @JsonProperty("case") String caseName,
        String runtime,
        int threads,
        long weights,
        long runs,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double bytesPerStep,
        long modelBytes) {
    static ReportRow of(PeerCase of, Measured row) {
        return new ReportRow(
                of.name(),
                row.runtime(),
                row.threads(),
                row.weights(),
                row.runs(),
                row.p50Micros(),
                row.p99Micros(),
                row.p999Micros(),
                row.bytesPerStep(),
                row.modelBytes());
    }
}
