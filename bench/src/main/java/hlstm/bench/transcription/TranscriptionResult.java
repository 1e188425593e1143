package hlstm.bench.transcription;

import hlstm.bench.Latency;
import hlstm.bench.peers.Contender;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What {@code bench transcribe} measured.
 *
 * @param machine where
 * @param model its name
 * @param sound its name
 * @param seconds length of the sound
 * @param steps that the recurrent layers take for it
 * @param text what the model hears
 * @param rows the stages in their order, all of them together, and the dense stack
 * @param missing which runtimes are not there, and why
 */
record TranscriptionResult(
        Machine machine,
        String model,
        String sound,
        double seconds,
        int steps,
        String text,
        List<TranscriptionRow> rows,
        List<String> missing) {
    /** All stages, from samples to text. */
    static final String WHOLE = "samples to text";

    /** The recurrent layers that the sparse ones stand in for. */
    static final String STACK = "5 x 800 LSTM, bidirectional";

    String table() {
        Table table =
                new Table(
                        "part",
                        "runtime",
                        ">gate weights",
                        ">p50 us",
                        ">p99 us",
                        ">real time factor",
                        ">vs recurrent layers");
        double recurrent = micros(Stage.RECURRENT.label());
        for (TranscriptionRow row : rows) {
            table.row(
                    row.part(),
                    row.runtime(),
                    row.gateWeights() == 0 ? "" : "%,d".formatted(row.gateWeights()),
                    Latency.text(row.p50Micros()),
                    Latency.text(row.p99Micros()),
                    "%.5f".formatted(row.realTimeFactor()),
                    row.part().equals(STACK) ? "%.1fx".formatted(row.p50Micros() / recurrent) : "");
        }
        StringBuilder lines =
                new StringBuilder(
                        "%s, %.2f s of sound, %d recurrent steps, batch 1, one thread; %s hears: %s\n"
                                .formatted(sound, seconds, steps, model, text));
        lines.append(table);
        missing.forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private double micros(String part) {
        return rows.stream()
                .filter(r -> r.part().equals(part) && r.runtime().equals(Contender.HLSTM.label()))
                .findFirst()
                .orElseThrow()
                .p50Micros();
    }
}
