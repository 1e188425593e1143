package hlstm.trainer.cli;

import hlstm.runtime.Captioner;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.TranslationTask;
import hlstm.runtime.Translator;
import hlstm.runtime.decode.Decoding;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionSet;
import hlstm.trainer.captions.CaptionSources;
import hlstm.trainer.data.An4Corpus;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.translation.ParallelCorpus;
import hlstm.trainer.translation.ParallelText;
import hlstm.trainer.translation.TranslationEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm eval}: how well a model does on a corpus. */
@Command(
        name = "eval",
        description = {
            "Measure how well a model does on data.",
            "Word and character error rates on recorded speech, BLEU on parallel text, CIDEr-D,"
                    + " BLEU and ROUGE-L on captioned images.",
            "Edits of words and of characters are counted over the whole corpus and divided by its"
                    + " words and characters; BLEU of text is that of multi-bleu.perl, scores of"
                    + " captions are pycocoevalcap's. In JSON, rates are fractions.",
            "Symbols in transcripts that the model cannot write are named on standard error; they"
                    + " count as errors."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm eval model.safetensors --data an4",
            "  hlstm eval model.safetensors --data an4 --fileids an4/split/dev.fileids",
            "  hlstm eval model.safetensors --data an4 --lm words.arpa --beam 100 --lm-weight 0.8",
            "  hlstm eval model.safetensors --data an4 --json > scores.json",
            "  hlstm eval translator.safetensors --data multi30k --beam 5",
            "  hlstm eval captions.safetensors --data flickr8k --beam 2"
        })
final class EvalCommand implements Callable<Integer> {
    private static final int WORST = 10;
    private static final int MOST_THREADS = 1024;
    private static final String CAPTIONS_ALONE = "--captions and --features are for captions alone";

    @Spec private CommandSpec spec;
    private final Terminal terminal;

    @Parameters(paramLabel = "MODEL", description = "The model file.")
    private Path model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "Speech in AN4's layout: etc/*.fileids, etc/*.transcription, wav/.",
                "For translation a folder of parallel files, or a file of source<TAB>target lines.",
                "For captions a folder as 'hlstm train captioning' takes it."
            })
    private Path data;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description =
                    "For translation the name of the files without their language, or train, valid"
                            + " or test for what is usually called so; by default test, or valid"
                            + " where there is no test set. Of a file of pairs valid takes"
                            + " those that training holds back; by default it is all of them.")
    private String part;

    @Option(
            names = {"--list", "--fileids"},
            paramLabel = "FILE",
            description =
                    "The list of utterances or images to score; by default the data's own test list,"
                            + " or that of the development set where it has none.")
    private Path fileids;

    @Option(
            names = "--captions",
            paramLabel = "FILE",
            description = "Captions, in place of those in the folder; may be given several times.")
    private List<Path> captions = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = "FILE",
            description = "Features, in place of those in the folder; may be given several times.")
    private List<Path> features = new ArrayList<>();

    @Mixin private DecodingOptions decoding;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Threads; 0, the default, is one for each processor. The result does not depend"
                            + " on them.")
    private int threads;

    @Option(
            names = "--json",
            description = "Print JSON, with every transcript, translation or caption.")
    private boolean json;

    EvalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 0 || threads > MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads: expected 0 to %d, found %d".formatted(MOST_THREADS, threads));
        }
        Model loaded = Model.load(model);
        if (loaded.spec().task() instanceof TranslationTask) {
            return translation(loaded);
        }
        if (!(loaded.spec().task() instanceof CaptioningTask)) {
            refuse(!captions.isEmpty() || !features.isEmpty(), CAPTIONS_ALONE);
        }
        refuse(part != null, "--part is for translation alone; --list names what to score");
        if (loaded.spec().task() instanceof CaptioningTask) {
            return captions(loaded);
        }
        Decoding chosen = decoding.decoding();
        requireData();
        An4Corpus an4 = An4Corpus.open(data);
        Corpus corpus = fileids == null ? an4.evaluation() : an4.list(fileids);
        UnknownSymbols unknown = unknownSymbols(loaded, corpus);
        if (!unknown.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("hlstm eval: warning: " + unknown.warning());
            err.flush();
        }
        Evaluation evaluation = evaluate(loaded, chosen, corpus);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(json(corpus, unknown, evaluation)));
        } else {
            print(out, corpus, evaluation);
        }
        return 0;
    }

    /** Captions and features may be named one by one; all else comes from a folder or file. */
    private void requireData() {
        if (data == null) {
            throw new ParameterException(spec.commandLine(), "missing required option: --data DIR");
        }
    }

    private void refuse(boolean condition, String message) {
        if (condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private int translation(Model loaded) throws IOException {
        requireData();
        refuse(fileids != null, "--list is for speech and captions; --part names what to score");
        refuse(!captions.isEmpty() || !features.isEmpty(), CAPTIONS_ALONE);
        Map<String, String> provenance = loaded.provenance();
        ParallelText text =
                ParallelCorpus.evaluation(
                        data,
                        provenance.getOrDefault("recipe.text.source", "de"),
                        provenance.getOrDefault("recipe.text.target", "en"),
                        part);
        BeamSettings beam = decoding.ofWords(Translator.DEFAULT_BEAM);
        long started = System.nanoTime();
        TranslationEvaluation evaluation;
        try (Workers workers = new ThreadWorkers(workers());
                ProgressDisplay display =
                        new ProgressDisplay(
                                terminal,
                                spec.commandLine().getErr(),
                                "translating",
                                text.size())) {
            evaluation =
                    TranslationEvaluation.of(
                            loaded,
                            beam,
                            text,
                            workers,
                            done -> display.to(done, "%d of %d".formatted(done, text.size())));
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        TranslationReport report =
                new TranslationReport(
                        model, "beam of %d".formatted(beam.width()), evaluation, seconds);
        if (json) {
            spec.commandLine().getOut().println(Json.text(report.json()));
        } else {
            report.print(spec.commandLine().getOut());
        }
        return 0;
    }

    /** None for a model that is no recogniser, which is refused later. */
    private static UnknownSymbols unknownSymbols(Model loaded, Corpus corpus) {
        return loaded.spec().task() instanceof SpeechTask speech
                ? UnknownSymbols.in(corpus, speech.alphabet())
                : new UnknownSymbols(Map.of(), 0, corpus.size());
    }

    private int captions(Model loaded) throws IOException {
        if (captions.isEmpty() || features.isEmpty()) {
            requireData();
        }
        CaptionSources sources = CaptionSources.find(data, captions, features, null, null);
        CaptionSet set;
        String name = names(sources.captions());
        if (fileids != null) {
            name = fileids.toString();
            set = CaptionData.listed(sources.captions(), sources.features(), fileids);
        } else {
            CaptionData read = CaptionData.read(sources);
            read.report().sentences().forEach(spec.commandLine().getErr()::println);
            boolean test = read.test().size() > 0;
            set = test ? read.test() : read.dev();
            Path list = test ? sources.test() : sources.dev();
            name = list == null ? name + (test ? ", test" : ", dev") : list.toString();
            if (!test) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "no test set: these are the images that training on this data chooses"
                                        + " on; a model of other lists may have learned from them");
            }
        }
        BeamSettings beam = decoding.ofWords(new BeamSettings(Captioner.DEFAULT_BEAM, 0));
        CaptionEvaluation evaluation;
        try (Workers workers = new ThreadWorkers(workers());
                ProgressDisplay display =
                        new ProgressDisplay(
                                terminal, spec.commandLine().getErr(), "captioning", set.size())) {
            evaluation =
                    CaptionEvaluation.of(
                            loaded,
                            beam,
                            set,
                            name,
                            workers,
                            done -> display.to(done, "%d of %d".formatted(done, set.size())));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(evaluation.json(model)));
        } else {
            evaluation.print(out, model);
        }
        return 0;
    }

    private static String names(List<Path> files) {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }

    private int workers() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private Evaluation evaluate(Model loaded, Decoding chosen, Corpus corpus) throws IOException {
        try (Workers workers = new ThreadWorkers(workers());
                ProgressDisplay display =
                        new ProgressDisplay(
                                terminal,
                                spec.commandLine().getErr(),
                                "transcribing",
                                corpus.size())) {
            return Evaluation.of(
                    loaded,
                    chosen,
                    corpus,
                    workers,
                    done -> display.to(done, "%d of %d".formatted(done, corpus.size())));
        }
    }

    private Map<String, Object> json(Corpus corpus, UnknownSymbols unknown, Evaluation evaluation) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", model.toString());
        report.put("data", corpus.name());
        report.put("decoding", decoding.toString());
        report.putAll(figures(evaluation.total()));
        report.put("unknownSymbols", unknown.counts());
        report.put("utterancesWithUnknownSymbols", unknown.utterances());
        Map<String, Object> speakers = new LinkedHashMap<>();
        evaluation.speakers().forEach((speaker, total) -> speakers.put(speaker, figures(total)));
        report.put("speakers", speakers);
        List<Map<String, Object>> transcripts = new ArrayList<>();
        for (Evaluation.Result result : evaluation.results()) {
            Map<String, Object> transcript = new LinkedHashMap<>();
            transcript.put("id", result.id());
            transcript.put("reference", result.reference());
            transcript.put("hypothesis", result.hypothesis());
            transcript.put("wordEdits", result.words().edits());
            transcripts.add(transcript);
        }
        report.put("transcripts", transcripts);
        return report;
    }

    private static Map<String, Object> figures(Evaluation.Total total) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("wer", total.words().errorRate());
        figures.put("cer", total.characters().errorRate());
        figures.put("utterances", total.utterances());
        figures.put("words", total.words().referenceLength());
        figures.put("characters", total.characters().referenceLength());
        figures.put("substitutions", total.words().substitutions());
        figures.put("deletions", total.words().deletions());
        figures.put("insertions", total.words().insertions());
        figures.put("audioSeconds", Math.round(1000 * total.seconds()) / 1000.0);
        return figures;
    }

    private void print(PrintWriter out, Corpus corpus, Evaluation evaluation) {
        out.println("model  " + Printable.of(model.toString()));
        out.println("data   " + Printable.of(corpus.name()));
        out.println("text   " + Printable.of(decoding.toString()));
        out.println();
        Table speakers =
                new Table(
                        "speaker",
                        ">utterances",
                        ">words",
                        ">WER",
                        ">CER",
                        ">replaced",
                        ">missing",
                        ">inserted");
        evaluation.speakers().forEach((speaker, total) -> row(speakers, speaker, total));
        row(speakers, "all", evaluation.total());
        out.print(speakers);
        List<Evaluation.Result> worst = evaluation.worst(WORST);
        if (worst.isEmpty()) {
            return;
        }
        out.println();
        out.println("Utterances with the most word errors:");
        for (Evaluation.Result result : worst) {
            out.println();
            out.println(Printable.of(result.id()) + ": " + result.words().edits());
            out.println("  said   " + Printable.of(result.reference()));
            out.println("  heard  " + Printable.of(result.hypothesis()));
        }
    }

    private static void row(Table table, String name, Evaluation.Total total) {
        table.row(
                name,
                Figures.count(total.utterances()),
                Figures.count(total.words().referenceLength()),
                Figures.percent(total.words().errorRate()),
                Figures.percent(total.characters().errorRate()),
                total.words().substitutions(),
                total.words().deletions(),
                total.words().insertions());
    }
}
