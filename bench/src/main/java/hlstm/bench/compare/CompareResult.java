package hlstm.bench.compare;

import hlstm.bench.Latency;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench compare} found.
 *
 * @param machine where
 * @param score what kind of score
 * @param unit what the latency is of, at batch 1 on one thread
 * @param models from the one with the fewest weights to the one with the most
 * @param files that were written
 */
record CompareResult(
        Machine machine,
        String score,
        String unit,
        List<ComparedModel> models,
        List<String> files) {
    private static final double KIB = 1024;

    String text() {
        Table table =
                new Table(
                        "model",
                        "network",
                        ">gate weights",
                        ">file, KiB",
                        ">dev " + score,
                        ">p50 us",
                        ">p99 us");
        for (ComparedModel model : models) {
            table.row(
                    model.name(),
                    model.network(),
                    String.format(Locale.ROOT, "%,d", model.gateWeights()),
                    String.format(Locale.ROOT, "%,.0f", model.modelBytes() / KIB),
                    String.format(Locale.ROOT, "%.1f", model.score()),
                    Latency.text(model.p50Micros()),
                    Latency.text(model.p99Micros()));
        }
        return "time of %s, batch 1, one thread, all by turns\n%s".formatted(unit, table);
    }
}
