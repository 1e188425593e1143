package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.numbers.NumberCorpus;
import hlstm.trainer.numbers.NumberWords;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.TrainingRun;
import hlstm.trainer.run.TranslationRecipe;
import hlstm.trainer.translation.ParallelCorpus;
import hlstm.trainer.translation.TranslationEvaluation;
import hlstm.trainer.translation.TranslationTrainingTask;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
import picocli.CommandLine.Spec;

/** {@code hlstm demo translation}: numbers in German words become numbers in English words. */
@Command(
        name = "translation",
        description = {
            "Learn to translate German number words into English ones.",
            "Makes the data, trains an H-LSTM with grow-and-prune, and measures it on numbers that"
                    + " it has not seen.",
            "On a terminal you may then type numbers of your own. A demonstration that is in the"
                    + " folder already is made anew."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hlstm demo translation", "  hlstm demo translation --out DIR --seed 2"})
final class TranslationDemoCommand implements Callable<Integer> {
    private static final String RECIPE = "numbers-grow-prune";
    private static final int TRAIN = 10_000;
    private static final int VALID = 300;
    private static final int TEST = 2_000;

    @Spec private CommandSpec spec;
    private final Terminal terminal;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "hlstm-demo-translation",
            description = "The folder for data, model and report. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Threads that train and score; 0, the default, is one for each processor.")
    private int threads;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes a setting of the recipe; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    TranslationDemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        TranslationRecipe recipe = recipe();
        Closeable others = DemoFolder.prepare(out, List.of("numbers", "run"));
        try {
            run(recipe);
            return 0;
        } finally {
            others.close();
        }
    }

    private TranslationRecipe recipe() {
        try {
            return Recipes.require(TranslationRecipe.class, Recipes.named(RECIPE))
                    .with(List.of("seed=" + seed, "training.threads=" + threads))
                    .with(settings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void run(TranslationRecipe recipe) throws IOException {
        long started = System.nanoTime();
        NumberCorpus corpus = NumberCorpus.generate(seed, TRAIN, VALID, TEST);
        Path data = out.resolve("numbers");
        corpus.write(data);
        Path file = train(recipe, new ParallelCorpus(corpus.train(), corpus.valid()));
        Model model = Model.load(file);
        TranslationEvaluation evaluation;
        try (Workers workers = new ThreadWorkers(recipe.training().workers())) {
            evaluation =
                    TranslationEvaluation.of(
                            model, BeamSettings.GREEDY, corpus.test(), workers, done -> {});
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        PrintWriter text = spec.commandLine().getOut();
        if (json) {
            text.println(Json.text(json(file, model, evaluation, seconds)));
            return;
        }
        print(text, data, file, model, evaluation, seconds);
        if (terminal.input()) {
            converse(text, new Translator(model));
        }
    }

    private Path train(TranslationRecipe recipe, ParallelCorpus corpus) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (RunFolder folder = RunFolder.create(out.resolve("run"), recipe);
                TrainingDisplay display =
                        new TrainingDisplay(
                                terminal, err, "training", recipe.scores().getFirst(), false)) {
            return TrainingRun.run(
                            recipe, TranslationTrainingTask.tasks(recipe, corpus), folder, display)
                    .model();
        }
    }

    private Map<String, Object> json(
            Path file, Model model, TranslationEvaluation evaluation, double seconds) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", seed);
        report.put("model", file.toString());
        report.put("exact", evaluation.exact());
        report.put("bleu", evaluation.bleu());
        report.put("unseenNumbers", evaluation.text().size());
        report.put("gateWeights", model.recurrentWeights());
        report.put("seconds", seconds);
        return report;
    }

    private void print(
            PrintWriter text,
            Path data,
            Path file,
            Model model,
            TranslationEvaluation evaluation,
            double seconds) {
        text.println();
        text.println(
                "%s of %s unseen numbers are exact."
                        .formatted(
                                Figures.percent(evaluation.exact()),
                                Figures.count(evaluation.text().size())));
        text.println(
                "%s weights in the gates, a density of %s; the whole took %s."
                        .formatted(
                                Figures.count(model.recurrentWeights()),
                                model.provenance().get("gates.density"),
                                ProgressDisplay.text(Duration.ofSeconds(Math.round(seconds)))));
        text.println();
        for (int k = 0; k < 3; k++) {
            text.println("  " + Printable.of(evaluation.text().source().get(k)));
            text.println("  " + Printable.of(evaluation.hypotheses().get(k)));
            text.println();
        }
        text.println("model   " + Printable.of(file.toString()));
        text.println(
                "report  " + Printable.of(out.resolve("run").resolve("report.html").toString()));
        text.println();
        String command = Invocation.command();
        text.println("Try next:");
        String word = ShellWord.of(file);
        text.println("  %s inspect %s".formatted(command, word));
        text.println("  %s eval %s --data %s".formatted(command, word, ShellWord.of(data)));
        text.println(
                "  echo dreihunderteinundzwanzig | %s translate %s --attention"
                        .formatted(command, word));
        text.flush();
    }

    /** Until an empty line or the end of the input. */
    private void converse(PrintWriter text, Translator translator) throws IOException {
        NumberWords words = new NumberWords();
        Utf8Lines lines = new Utf8Lines(System.in);
        text.println();
        text.println("Type a number up to 999999999, or German number words; an empty line ends.");
        while (true) {
            text.print("> ");
            text.flush();
            String line = lines.next();
            if (line == null || line.isBlank()) {
                return;
            }
            String typed = line.strip();
            if (!typed.matches("\\d+")) {
                String english = translator.translate(typed.toLowerCase(Locale.GERMAN));
                text.println("  " + Printable.of(english));
            } else if (typed.length() > 9) {
                text.println("  that is more than 999999999");
            } else {
                int number = Integer.parseInt(typed);
                String english = translator.translate(words.german(number));
                boolean right = english.equals(words.english(number));
                text.println("  " + words.german(number));
                text.println("  " + Printable.of(english) + (right ? "" : "    (wrong)"));
            }
        }
    }
}
