package hlstm.trainer.cli;

import java.util.List;

/** The comparison of the demonstration's models as text, for the terminal and for its page. */
final class DemoTable {
    /** Titles; a leading {@code >} stands before those of columns of numbers. */
    static final List<String> HEADER =
            List.of(
                    "model",
                    ">weights",
                    ">ratio",
                    ">FLOPs/frame",
                    ">ratio",
                    ">word errors",
                    ">ratio",
                    ">p50",
                    ">ratio",
                    ">p99",
                    ">ratio");

    private DemoTable() {}

    /** A row for each model; after each figure its ratio to that of the first model. */
    static List<List<String>> rows(List<Demo.Row> models) {
        Demo.Row baseline = models.getFirst();
        return models.stream().map(model -> row(model, baseline)).toList();
    }

    private static List<String> row(Demo.Row row, Demo.Row baseline) {
        return List.of(
                row.name(),
                Figures.count(row.weights()),
                Figures.ratio((double) row.weights() / baseline.weights()),
                Figures.count(row.flopsPerFrame()),
                Figures.ratio((double) row.flopsPerFrame() / baseline.flopsPerFrame()),
                Figures.percent(row.wer()),
                Figures.ratio(row.wer() / baseline.wer()),
                Figures.micros(row.p50Nanos()),
                Figures.ratio(row.p50Nanos() / baseline.p50Nanos()),
                Figures.micros(row.p99Nanos()),
                Figures.ratio(row.p99Nanos() / baseline.p99Nanos()));
    }
}
