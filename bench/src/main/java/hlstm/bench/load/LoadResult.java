package hlstm.bench.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import hlstm.bench.Latency;
import hlstm.bench.peers.Contender;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What was measured under load.
 *
 * @param machine where
 * @param caseName name of the case
 * @param streams of each runtime
 * @param workers threads that answer their frames
 * @param limitMillis p99 of a rate that counts as held
 * @param highest the highest rate that each runtime has held; empty if it was not searched
 * @param rows a rate held for a while
 * @param missing which runtimes are not there, and why
 */
record LoadResult(
        Machine machine,
        @JsonProperty("case") String caseName,
        int streams,
        int workers,
        double limitMillis,
        List<Highest> highest,
        List<Row> rows,
        List<String> missing) {
    /** The rows of frames that are answered at once. */
    static final String CONTROL = "(nothing)";

    /** If the machine alone takes this part of the limit, tails are not the runtimes' own. */
    private static final double DISTURBED = 0.1;

    private static final double MICROS_PER_MILLI = 1000;

    /**
     * The highest rate that was held.
     *
     * @param ratePerSecond frames of all streams in a second; 0 if none was held
     * @param saturatedPerSecond frames a second when each follows the last without a pause
     */
    record Highest(String runtime, double ratePerSecond, double saturatedPerSecond) {}

    /**
     * A rate.
     *
     * @param latency from the moment when a frame was due
     * @param unanswered frames that still waited at the end
     * @param bytesPerFrame heap allocated by the workers
     */
    record Row(
            String runtime,
            double ratePerSecond,
            @JsonUnwrapped Latency latency,
            long unanswered,
            double bytesPerFrame) {
        static Row of(String runtime, Trial trial) {
            return new Row(
                    runtime,
                    trial.ratePerSecond(),
                    trial.latency(),
                    trial.unanswered(),
                    trial.bytesPerFrame());
        }
    }

    /** Both tables and what is missing. */
    String text() {
        StringBuilder text = new StringBuilder();
        double idle = idleMillis();
        if (idle > DISTURBED * limitMillis) {
            text.append(
                    "The machine makes even %s wait, p99 %s ms: shorter tails cannot be seen, nor rates that need them.%n%n"
                            .formatted(CONTROL, Latency.text(idle)));
        }
        text.append("%d streams on %d threads".formatted(streams, workers));
        if (!highest.isEmpty()) {
            text.append(
                    "; highest rate at which p99 stays under %s ms:%n"
                            .formatted(Latency.text(limitMillis)));
            text.append(highestTable());
        }
        text.append('\n');
        if (rows.isEmpty()) {
            text.append("No rate was held that makes enough frames: --rate names some.\n");
        } else {
            text.append("Latency from the moment when a frame was due:\n").append(rateTable());
        }
        missing.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The worst p99 of frames that are answered at once. */
    private double idleMillis() {
        return rows.stream()
                .filter(row -> row.runtime().equals(CONTROL))
                .mapToDouble(row -> row.latency().p99Micros() / MICROS_PER_MILLI)
                .max()
                .orElse(0);
    }

    private Table highestTable() {
        Table table = new Table("runtime", ">frames/s", ">vs ORT f32", ">vs ORT int8", ">flat out");
        for (Highest row : highest) {
            table.row(
                    row.runtime(),
                    row.ratePerSecond() == 0 ? "none" : "%,.0f".formatted(row.ratePerSecond()),
                    against(Contender.ONNX_FLOAT32, row),
                    against(Contender.ONNX_INT8, row),
                    "%,.0f".formatted(row.saturatedPerSecond()));
        }
        return table;
    }

    private String against(Contender peer, Highest row) {
        return highest.stream()
                .filter(other -> other.runtime().equals(peer.label()))
                .filter(other -> other.ratePerSecond() > 0 && row.ratePerSecond() > 0)
                .findFirst()
                .map(o -> Latency.text(row.ratePerSecond() / o.ratePerSecond()) + "x")
                .orElse("-");
    }

    private Table rateTable() {
        Table table =
                new Table(
                        ">frames/s",
                        "runtime",
                        ">p50 us",
                        ">p99 us",
                        ">p99.9 us",
                        ">p99.99 us",
                        ">longest us",
                        ">bytes/frame",
                        ">frames");
        for (Row row : rows) {
            table.row(
                    "%,.0f".formatted(row.ratePerSecond()),
                    row.runtime(),
                    Latency.text(row.latency().p50Micros()),
                    Latency.text(row.latency().p99Micros()),
                    Latency.text(row.latency().p999Micros()),
                    Latency.text(row.latency().p9999Micros()),
                    Latency.text(row.latency().maxMicros()),
                    Math.round(row.bytesPerFrame()),
                    row.latency().count());
        }
        return table;
    }
}
