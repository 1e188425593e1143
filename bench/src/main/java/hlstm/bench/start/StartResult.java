package hlstm.bench.start;

import com.fasterxml.jackson.annotation.JsonProperty;
import hlstm.bench.Latency;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * How processes start.
 *
 * @param machine where
 * @param caseName whose H-LSTM
 * @param rows the ways to start
 * @param missing which are not there, and why
 */
record StartResult(
        Machine machine,
        @JsonProperty("case") String caseName,
        List<StartRow> rows,
        List<String> missing) {
    private static final double MEBI = 1024 * 1024;

    String text() {
        Table table =
                new Table(
                        "JVM with",
                        "warm-up",
                        ">loaded ms",
                        ">ready ms",
                        ">first step us",
                        ">settled ms",
                        ">after 1 ms us",
                        ">at the end us",
                        ">lowest",
                        ">highest",
                        ">archive MiB");
        for (StartRow row : rows) {
            table.row(
                    row.start(),
                    row.warmUp() ? "yes" : "no",
                    Math.round(row.loadedMillis()),
                    Math.round(row.readyMillis()),
                    Latency.text(row.firstStepMicros()),
                    row.settled() ? Math.round(row.settledMillis()) : "not",
                    Latency.text(row.pausedMicros()),
                    Latency.text(row.steadyMicros()),
                    Latency.text(row.steadyMicrosMin()),
                    Latency.text(row.steadyMicrosMax()),
                    row.archiveBytes() == 0 ? "" : Latency.text(row.archiveBytes() / MEBI));
        }
        StringBuilder text = new StringBuilder(table.toString());
        missing.forEach(line -> text.append(line).append('\n'));
        if (rows.stream().anyMatch(row -> !row.settled())) {
            text.append(
                    "not: steps of a process still allocated, as before they are compiled, or still became"
                            + " faster when its time was over; --seconds gives more\n");
        }
        return text.append(
                        "ms: since the process was started; %s of each kind%n"
                                .formatted(processes()))
                .toString();
    }

    private String processes() {
        int rounds = rows.isEmpty() ? 0 : rows.getFirst().rounds();
        return rounds == 1 ? "one process" : "medians of %d processes".formatted(rounds);
    }
}
