package hlstm.trainer.cli;

import java.util.List;
import java.util.Locale;

/** The comparison of the captioning demonstration's models, for the terminal and for its page. */
final class CaptionDemoTable {
    /** Titles; a leading {@code >} stands before those of columns of numbers. */
    static final List<String> HEADER =
            List.of(
                    "model",
                    ">gate weights",
                    ">",
                    ">FLOPs/step",
                    ">",
                    ">CIDEr-D",
                    ">right",
                    ">p50",
                    ">",
                    ">p99",
                    ">");

    private CaptionDemoTable() {}

    /** A row for each model; after each figure its ratio to that of the first model. */
    static List<List<String>> rows(List<CaptionDemo.Row> models) {
        CaptionDemo.Row baseline = models.getFirst();
        return models.stream().map(model -> row(model, baseline)).toList();
    }

    private static List<String> row(CaptionDemo.Row row, CaptionDemo.Row baseline) {
        return List.of(
                row.name(),
                Figures.count(row.weights()),
                Figures.ratio((double) row.weights() / baseline.weights()),
                Figures.count(row.flopsPerStep()),
                Figures.ratio((double) row.flopsPerStep() / baseline.flopsPerStep()),
                String.format(Locale.ROOT, "%.0f", 100 * row.cider()),
                String.format(Locale.ROOT, "%.1f %%", 100 * row.right()),
                Figures.micros(row.p50Nanos()),
                Figures.ratio(row.p50Nanos() / baseline.p50Nanos()),
                Figures.micros(row.p99Nanos()),
                Figures.ratio(row.p99Nanos() / baseline.p99Nanos()));
    }
}
