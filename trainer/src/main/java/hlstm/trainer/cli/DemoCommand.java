package hlstm.trainer.cli;

import hlstm.trainer.machine.Machine;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.SpeechRecipe;
import hlstm.trainer.synth.DigitCorpusSpec;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** {@code hlstm demo}: everything on data of its own, in a few minutes. */
@Command(
        name = "demo",
        description = {
            "Show the whole on data of its own, in a few minutes.",
            "Makes spoken digits, trains a stacked LSTM, an H-LSTM and an H-LSTM that is grown and"
                    + " pruned, and compares the models that were written. Takes about five"
                    + " minutes on two processors, more on one. It cannot be resumed: one that was"
                    + " broken off begins anew.",
            "Training and scoring use every processor, or as many threads as --threads says; steps"
                    + " are timed on one.",
            "The folder of an earlier demonstration is made anew. 'hlstm demo captioning' and"
                    + " 'hlstm demo translation' show the other applications."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hlstm demo", "  hlstm demo --seed 2 --out demo-2", "  hlstm demo --json"})
final class DemoCommand implements Callable<Integer> {
    private static final Duration TIMING = Duration.ofSeconds(4);
    private static final String RESULTS = "results.json";

    @Spec private CommandSpec spec;
    private final Terminal terminal;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "hlstm-demo",
            description = "The folder for data, models and reports. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Decides every random choice; the same seed gives the same models. Default:"
                            + " ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Threads that train and score; 0, the default, is one for each processor. The"
                            + " models do not depend on them.")
    private int threads;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Demo.Plan plan =
                new Demo.Plan(
                        DigitCorpusSpec.demo(seed),
                        List.of(
                                entry("stacked LSTM", "lstm", "demo-lstm"),
                                entry("H-LSTM", "h-lstm", "demo-hlstm"),
                                entry("H-LSTM, grown and pruned", "grown", "demo-grow-prune")),
                        TIMING);
        List<String> parts = new ArrayList<>(List.of("digits", RESULTS, DemoPage.FILE));
        plan.entries().forEach(entry -> parts.add(entry.folder()));
        Closeable others = DemoFolder.prepare(out, parts);
        try {
            return run(plan);
        } finally {
            others.close();
        }
    }

    private int run(Demo.Plan plan) throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        Demo.Result result = new Demo(plan, out, terminal, spec.commandLine().getErr()).run();
        String results = Json.text(json(result));
        Files.writeString(out.resolve(RESULTS), results + "\n");
        DemoPage.write(result, out);
        if (json) {
            text.println(results);
        } else {
            print(text, result, out);
        }
        return 0;
    }

    private Demo.Entry entry(String name, String folder, String recipe) {
        try {
            SpeechRecipe resolved =
                    Recipes.require(SpeechRecipe.class, Recipes.named(recipe))
                            .with(List.of("seed=" + seed, "training.threads=" + threads));
            return new Demo.Entry(name, folder, resolved);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * Prints the outcome as text.
     *
     * @param out folder of the demonstration
     */
    static void print(PrintWriter text, Demo.Result result, Path out) {
        Table table = new Table(DemoTable.HEADER.toArray(String[]::new));
        DemoTable.rows(result.rows()).forEach(row -> table.row(row.toArray()));
        text.println();
        text.print(table);
        text.println();
        text.println(
                String.format(
                        Locale.ROOT,
                        "Ratios are to the stacked LSTM: 0.50x is half of it. A frame is %.0f ms of"
                                + " sound; p50 and p99 are times of one step on one thread.",
                        result.frameMillis()));
        text.println(
                "Word errors are of %s, in voices that training has not heard."
                        .formatted(
                                Printable.of(
                                        result.data()
                                                .resolve("etc/digits_test.fileids")
                                                .toString())));
        text.println("This took %s.".formatted(DemoRun.text(result.seconds())));
        text.println();
        text.println(
                "All of this with plots: " + Printable.of(out.resolve(DemoPage.FILE).toString()));
        text.println();
        for (Demo.Row row : result.rows()) {
            text.println(row.name());
            text.println("  model   " + Printable.of(row.model().toString()));
            text.println("  report  " + Printable.of(row.report().toString()));
        }
        String best = ShellWord.of(result.rows().getLast().model());
        text.println();
        String command = Invocation.command();
        text.println("Try next:");
        text.println("  %s inspect %s".formatted(command, best));
        text.println(
                "  %s transcribe %s %s    # %s"
                        .formatted(
                                command, best, ShellWord.of(result.sample()), result.sampleText()));
        text.println(
                "  %s eval %s --data %s".formatted(command, best, ShellWord.of(result.data())));
        text.println(
                "  %s train speech --data AN4 --out runs/an4    # recorded speech"
                        .formatted(command));
    }

    private Map<String, Object> json(Demo.Result result) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", seed);
        report.put("begun", result.begun().toOffsetDateTime().toString());
        report.put("machine", Machine.here());
        report.put("data", result.data().toString());
        report.put("page", out.resolve(DemoPage.FILE).toString());
        report.put("frameMillis", result.frameMillis());
        report.put("seconds", result.seconds());
        Demo.Row baseline = result.rows().getFirst();
        List<Map<String, Object>> models = new ArrayList<>();
        for (Demo.Row row : result.rows()) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("name", row.name());
            model.put("model", row.model().toString());
            model.put("report", row.report().toString());
            model.put("weights", row.weights());
            model.put("denseWeights", row.denseWeights());
            model.put("flopsPerFrame", row.flopsPerFrame());
            model.put("wer", row.wer());
            model.put("p50Nanos", row.p50Nanos());
            model.put("p99Nanos", row.p99Nanos());
            model.put("trainSeconds", row.trainSeconds());
            Map<String, Object> ratios = new LinkedHashMap<>();
            ratios.put("weights", (double) row.weights() / baseline.weights());
            ratios.put("flopsPerFrame", (double) row.flopsPerFrame() / baseline.flopsPerFrame());
            ratios.put("wer", baseline.wer() == 0 ? null : row.wer() / baseline.wer());
            ratios.put("p50Nanos", row.p50Nanos() / baseline.p50Nanos());
            ratios.put("p99Nanos", row.p99Nanos() / baseline.p99Nanos());
            model.put("againstStackedLstm", ratios);
            models.add(model);
        }
        report.put("models", models);
        return report;
    }
}
