package hlstm.bench.translation;

import hlstm.bench.Latency;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;
import java.util.Locale;

/**
 * How long sentences take at batch 1.
 *
 * @param machine where
 * @param shape of networks and sentences
 * @param rows of one run, in the order of vocabularies, our H-LSTM first
 * @param missing runtimes that could not be loaded, and why
 */
record TranslationResult(
        Machine machine, TranslationShape shape, List<TranslationRow> rows, List<String> missing) {
    /** How many times as long as the first row with its vocabulary a row takes, by medians. */
    double ratio(TranslationRow row) {
        return row.p50Micros()
                / rows.stream()
                        .filter(other -> other.tokens() == row.tokens())
                        .findFirst()
                        .orElseThrow()
                        .p50Micros();
    }

    String text() {
        Table table =
                new Table(
                        ">vocabulary",
                        "runtime",
                        ">gate weights",
                        ">p50 us a sentence",
                        ">p99",
                        ">p50 us a token",
                        ">p99",
                        ">ratio");
        for (TranslationRow row : rows) {
            table.row(
                    "%,d".formatted(row.tokens()),
                    row.runtime(),
                    "%,d".formatted(row.weights()),
                    Latency.text(row.p50Micros()),
                    Latency.text(row.p99Micros()),
                    Latency.text(row.p50MicrosPerToken()),
                    Latency.text(row.p99MicrosPerToken()),
                    String.format(Locale.ROOT, "%.2fx", ratio(row)));
        }
        StringBuilder text = new StringBuilder(table.toString());
        missing.forEach(line -> text.append("missing: ").append(line).append('\n'));
        return text.toString();
    }
}
