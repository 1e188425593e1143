package hlstm.trainer.cli;

import hlstm.trainer.metrics.BleuCounts;
import hlstm.trainer.metrics.LengthBreakdown;
import hlstm.trainer.metrics.MultiBleu;
import hlstm.trainer.translation.TranslationEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code hlstm eval} says about a translator. */
final class TranslationReport {
    private static final int SHOWN = 5;

    private final Path model;
    private final String beam;
    private final TranslationEvaluation evaluation;
    private final double seconds;

    /**
     * A report.
     *
     * @param beam the search, in words
     * @param seconds that translating took
     */
    TranslationReport(Path model, String beam, TranslationEvaluation evaluation, double seconds) {
        this.model = model;
        this.beam = beam;
        this.evaluation = evaluation;
        this.seconds = seconds;
    }

    void print(PrintWriter out) {
        out.println("model  " + Printable.of(model.toString()));
        out.println("data   " + Printable.of(evaluation.text().name()));
        out.println("search " + beam);
        out.println();
        out.println(MultiBleu.line(evaluation.counts()));
        out.println(
                "%s of %s sentences are exact"
                        .formatted(
                                Figures.percent(evaluation.exact()),
                                Figures.count(evaluation.text().size())));
        out.println(
                String.format(
                        Locale.ROOT,
                        "%.1f s, %.1f ms a sentence on all threads together",
                        seconds,
                        1000 * seconds / Math.max(1, evaluation.text().size())));
        out.println();
        LengthBreakdown lengths = evaluation.byLength();
        Table table = new Table(">words", ">sentences", ">BLEU");
        lengths.buckets()
                .forEach(
                        (first, bucket) ->
                                table.row(
                                        "%d to %d".formatted(first, lengths.last(first)),
                                        Figures.count(bucket.sentences()),
                                        bleu(bucket.counts())));
        out.print(table);
        int shown = 0;
        for (int k = 0; k < evaluation.text().size() && shown < SHOWN; k++) {
            if (!evaluation.isExact(k)) {
                out.println();
                out.println("  source    " + Printable.of(evaluation.text().source().get(k)));
                out.println("  reference " + Printable.of(evaluation.text().target().get(k)));
                out.println("  model     " + Printable.of(evaluation.hypotheses().get(k)));
                shown++;
            }
        }
    }

    private static String bleu(BleuCounts counts) {
        return String.format(Locale.ROOT, "%.2f", 100 * MultiBleu.score(counts, BleuCounts.ORDER));
    }

    Map<String, Object> json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", model.toString());
        report.put("data", evaluation.text().name());
        report.put("search", beam);
        report.put("bleu", evaluation.bleu());
        report.put("exact", evaluation.exact());
        report.put("sentences", evaluation.text().size());
        report.put("seconds", seconds);
        LengthBreakdown lengths = evaluation.byLength();
        List<Map<String, Object>> buckets = new ArrayList<>();
        lengths.buckets()
                .forEach(
                        (first, bucket) -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("fromWords", first);
                            entry.put("toWords", lengths.last(first));
                            entry.put("sentences", bucket.sentences());
                            entry.put("bleu", MultiBleu.score(bucket.counts(), BleuCounts.ORDER));
                            buckets.add(entry);
                        });
        report.put("lengths", buckets);
        List<Map<String, Object>> translations = new ArrayList<>();
        for (int k = 0; k < evaluation.text().size(); k++) {
            Map<String, Object> translation = new LinkedHashMap<>();
            translation.put("source", evaluation.text().source().get(k));
            translation.put("reference", evaluation.text().target().get(k));
            translation.put("hypothesis", evaluation.hypotheses().get(k));
            translation.put("exact", evaluation.isExact(k));
            translations.add(translation);
        }
        report.put("translations", translations);
        return report;
    }
}
