package hlstm.trainer.cli;

import hlstm.trainer.captions.CaptionFiles;
import hlstm.trainer.metrics.BleuCounts;
import hlstm.trainer.metrics.CocoBleu;
import hlstm.trainer.metrics.LengthBreakdown;
import hlstm.trainer.metrics.Metric;
import hlstm.trainer.metrics.MultiBleu;
import hlstm.trainer.metrics.SacreBleu;
import hlstm.trainer.metrics.ScoredTexts;
import hlstm.trainer.metrics.Scores;
import hlstm.trainer.metrics.Tokenization;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm score}: translations, captions or transcripts against references. */
@Command(
        name = "score",
        description = {
            "Score texts against references, as the field's tools do.",
            "Files are text with one sentence a line, or JSON of COCO (annotations, then results) whose"
                    + " names end in .json. Results may also be held against Flickr8k's captions"
                    + " (*token.txt). The last file holds the hypotheses. A file of text that is called"
                    + " - is standard input.",
            "bleu (Moses, or pycocoevalcap for JSON) and rouge are fractions, as are the rates wer"
                    + " and cer; cider is pycocoevalcap's CIDEr-D, 0 to 10; sacrebleu is 0 to 100."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm score --metric sacrebleu reference.txt translation.txt",
            "  hlstm score --metric bleu ref0.tok ref1.tok ref2.tok ref3.tok translation.tok --by-length",
            "  hlstm score --metric cider captions_val2014.json results.json --json > scores.json",
            "  hlstm score --metric cider Flickr8k.token.txt results.json",
            "  hlstm score --metric wer --references said.txt heard.txt",
            "  hlstm translate model.safetensors < text.de | hlstm score --metric bleu text.en -"
        })
final class ScoreCommand implements Callable<Integer> {
    private static final int BUCKET = 10;

    @Spec private CommandSpec spec;

    @Option(
            names = "--metric",
            required = true,
            paramLabel = "METRIC",
            description = "cider, bleu, rouge, wer, cer or sacrebleu.")
    private Metric metric;

    @Option(
            names = "--references",
            paramLabel = "FILE",
            description = "A file of references, besides those before the hypotheses; repeatable.")
    private List<Path> references = List.of();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of references, and at last the file of hypotheses.")
    private List<Path> files;

    @Option(
            names = "--tokenize",
            paramLabel = "HOW",
            description =
                    "How cider, bleu, rouge and sacrebleu split sentences into words: none (at white"
                            + " space), 13a, intl or ptb (captions); by default ptb for JSON and"
                            + " none for text, but 13a for sacrebleu.",
            converter = TokenizationName.class)
    private Tokenization tokenization;

    @Option(
            names = "--by-length",
            description = "With bleu or sacrebleu, show the score by the length of the reference.")
    private boolean byLength;

    @Option(names = "--json", description = "Print JSON: metric, score, perItem and more.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Path> all = new ArrayList<>(references);
        all.addAll(files.subList(0, files.size() - 1));
        Path hypotheses = files.getLast();
        boolean captions = isJson(hypotheses);
        boolean rate = !splitsWords();
        boolean bleu = metric == Metric.BLEU || metric == Metric.SACREBLEU;
        require(!all.isEmpty(), "one file given; expected references and, last, the hypotheses");
        for (Path file : all) {
            require(
                    isJson(file) == captions || captions && CaptionFiles.isTokens(file),
                    ("%s and %s are not of one kind; expected text for both, or captions (.json,"
                                    + " token.txt) and results (.json)")
                            .formatted(file, hypotheses));
        }
        require(!captions || all.size() == 1, "several files of captions; expected one");
        require(!rate || all.size() == 1, "several references; an error rate takes one");
        require(!rate || tokenization == null, "--tokenize does not go with an error rate");
        require(bleu || !byLength, "--by-length goes with bleu and sacrebleu only");

        ScoredTexts texts;
        if (!captions) {
            texts = ScoredTexts.ofLines(all, hypotheses);
        } else if (CaptionFiles.isTokens(all.getFirst())) {
            texts = CaptionFiles.scored(all.getFirst(), hypotheses);
        } else {
            texts = ScoredTexts.ofCoco(all.getFirst(), hypotheses);
        }
        Scores scores;
        try {
            scores = Scores.of(metric, texts, words(), captions, "hlstm-" + VersionText.version());
        } catch (IllegalArgumentException e) {
            throw new IOException("%s: %s".formatted(all.getFirst(), e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(json(texts, scores)));
        } else {
            print(out, texts, scores);
        }
        return 0;
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static boolean isJson(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    private boolean splitsWords() {
        return metric != Metric.WER && metric != Metric.CER;
    }

    private Tokenization words() {
        if (tokenization != null) {
            return tokenization;
        }
        if (metric == Metric.SACREBLEU) {
            return Tokenization.V13A;
        }
        return isJson(files.getLast()) ? Tokenization.PTB : Tokenization.NONE;
    }

    private Map<String, Object> json(ScoredTexts texts, Scores scores) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("metric", name());
        report.put("score", finite(scores.score()));
        report.putAll(scores.parts());
        if (splitsWords()) {
            report.put("tokenization", words().toString());
        }
        if (byLength) {
            List<Map<String, Object>> lengths = new ArrayList<>();
            LengthBreakdown breakdown = breakdown(scores);
            breakdown
                    .buckets()
                    .forEach(
                            (first, bucket) -> {
                                Map<String, Object> row = new LinkedHashMap<>();
                                row.put("from", first);
                                row.put("to", breakdown.last(first));
                                row.put("items", bucket.sentences());
                                row.put("score", corpusScore(bucket.counts()));
                                lengths.add(row);
                            });
            report.put("byLength", lengths);
        }
        List<Map<String, Object>> items = new ArrayList<>();
        for (int k = 0; k < texts.size(); k++) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", texts.ids().get(k));
            item.put("score", finite(scores.perItem().get(k)));
            items.add(item);
        }
        report.put("perItem", items);
        return report;
    }

    /** JSON has no number for a rate of an empty reference. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private void print(PrintWriter out, ScoredTexts texts, Scores scores) {
        Table table = new Table("metric", ">value");
        table.row(name(), figure(scores.score()));
        scores.parts()
                .forEach(
                        (part, value) ->
                                table.row(part, value instanceof Double d ? figure(d) : value));
        table.row("items", Figures.count(texts.size()));
        if (splitsWords()) {
            table.row("tokenization", words());
        }
        out.print(table);
        if (scores.line() != null) {
            out.println();
            out.println(scores.line());
        }
        if (byLength) {
            Table lengths = new Table(">words of reference", ">items", ">" + name());
            LengthBreakdown breakdown = breakdown(scores);
            breakdown
                    .buckets()
                    .forEach(
                            (first, bucket) ->
                                    lengths.row(
                                            first + " to " + breakdown.last(first),
                                            Figures.count(bucket.sentences()),
                                            figure(corpusScore(bucket.counts()))));
            out.println();
            out.print(lengths);
        }
    }

    private static LengthBreakdown breakdown(Scores scores) {
        LengthBreakdown breakdown = new LengthBreakdown(BUCKET);
        scores.counts().forEach(breakdown::add);
        return breakdown;
    }

    private double corpusScore(BleuCounts counts) {
        if (metric == Metric.SACREBLEU) {
            return SacreBleu.CORPUS.score(counts);
        }
        return isJson(files.getLast())
                ? CocoBleu.score(counts, BleuCounts.ORDER)
                : MultiBleu.score(counts, BleuCounts.ORDER);
    }

    private String figure(double value) {
        return String.format(Locale.ROOT, metric == Metric.SACREBLEU ? "%.2f" : "%.4f", value);
    }

    private String name() {
        return metric.name().toLowerCase(Locale.ROOT);
    }
}
