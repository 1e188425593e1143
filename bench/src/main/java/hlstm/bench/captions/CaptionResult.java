package hlstm.bench.captions;

import hlstm.bench.Latency;
import hlstm.bench.peers.Contender;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What {@code bench caption} measured.
 *
 * @param machine where
 * @param words that the networks know
 * @param length words of a caption
 * @param features of an image
 * @param rows one for each run and runtime
 * @param missing which runtimes are not there, and why
 */
record CaptionResult(
        Machine machine,
        int words,
        int length,
        int features,
        List<CaptionRow> rows,
        List<String> missing) {
    String text() {
        Table table =
                new Table(
                        "a run is",
                        "runtime",
                        ">gate weights",
                        ">p50 us",
                        ">p99 us",
                        ">runs",
                        ">vs ORT f32",
                        ">vs ORT int8");
        for (CaptionRow row : rows) {
            table.row(
                    row.run(),
                    row.runtime(),
                    "%,d".formatted(row.gateWeights()),
                    Latency.text(row.p50Micros()),
                    Latency.text(row.p99Micros()),
                    row.runs(),
                    lower(Contender.ONNX_FLOAT32, row),
                    lower(Contender.ONNX_INT8, row));
        }
        StringBuilder text =
                new StringBuilder(
                        "captions of %d words; %,d words known, %,d features of an image\n"
                                .formatted(length, words, features));
        text.append(table);
        missing.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** How many times lower a median is than that of another runtime for the same run. */
    private String lower(Contender other, CaptionRow row) {
        return rows.stream()
                .filter(r -> r.run().equals(row.run()) && r.runtime().equals(other.label()))
                .findFirst()
                .map(r -> Latency.text(r.p50Micros() / row.p50Micros()) + "x")
                .orElse("-");
    }
}
