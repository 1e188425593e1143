package hlstm.bench.comparison;

import hlstm.bench.Latency;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.trainer.cli.Table;
import java.util.List;
import java.util.Optional;

/**
 * What was measured in a case.
 *
 * @param measured one for each runtime and number of threads
 * @param missing which runtimes are not there, and why
 */
public record CaseResult(PeerCase of, List<Measured> measured, List<String> missing) {
    private static final double MEBI = 1024 * 1024;

    /** A median of fewer runs is a guess. */
    private static final int FEW_RUNS = 5;

    /** The rows for other programs. */
    public List<ReportRow> rows() {
        return measured.stream()
                .filter(Measured::isRuntime)
                .map(row -> ReportRow.of(of, row))
                .toList();
    }

    /** The rows of the control. */
    List<ReportRow> spinLoops() {
        return measured.stream()
                .filter(row -> !row.isRuntime())
                .map(row -> ReportRow.of(of, row))
                .toList();
    }

    /** What the last columns of the table say. */
    public static final String LEGEND =
            "vs ORT: how many times lower the median is than that of ONNX Runtime on as many threads;\n"
                    + "~: one of the two had fewer than %d runs. Of fewer runs than a percentile needs it is the longest."
                            .formatted(FEW_RUNS);

    /** What is compared, the table, and what is missing. */
    public String text() {
        Table table =
                new Table(
                        "runtime",
                        ">threads",
                        ">weights",
                        ">model MiB",
                        ">p50 us",
                        ">p99 us",
                        ">p99.9 us",
                        ">bytes/step",
                        ">runs",
                        ">vs ORT f32",
                        ">vs ORT int8");
        for (Measured row : measured) {
            if (row.isRuntime()) {
                table.row(
                        row.runtime(),
                        row.threads(),
                        "%,d".formatted(row.weights()),
                        Latency.text(row.modelBytes() / MEBI),
                        Latency.text(row.p50Micros()),
                        Latency.text(row.p99Micros()),
                        Latency.text(row.p999Micros()),
                        bytes(row.bytesPerStep()),
                        row.runs(),
                        lower(Contender.ONNX_FLOAT32, row),
                        lower(Contender.ONNX_INT8, row));
            } else {
                table.row(
                        row.runtime(),
                        "",
                        "",
                        "",
                        Latency.text(row.p50Micros()),
                        Latency.text(row.p99Micros()),
                        Latency.text(row.p999Micros()),
                        "",
                        row.runs());
            }
        }
        StringBuilder text = new StringBuilder(of.description()).append('\n').append(table);
        missing.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** Nothing is 0 but nothing. */
    private static String bytes(double perStep) {
        long rounded = Math.round(perStep);
        return rounded == 0 && perStep > 0 ? "<1" : Long.toString(rounded);
    }

    /** How many times lower a median is than that of ONNX Runtime on as many threads. */
    private String lower(Contender peer, Measured row) {
        Optional<Measured> other =
                measured.stream()
                        .filter(m -> m.runtime().equals(peer.label()))
                        .filter(m -> m.threads() == row.threads())
                        .findFirst();
        return other.map(
                        m ->
                                (Math.min(m.runs(), row.runs()) < FEW_RUNS ? "~" : "")
                                        + Latency.text(m.p50Micros() / row.p50Micros())
                                        + "x")
                .orElse("-");
    }
}
