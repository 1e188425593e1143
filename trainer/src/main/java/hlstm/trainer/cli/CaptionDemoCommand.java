package hlstm.trainer.cli;

import hlstm.trainer.run.CaptionRecipe;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.ScoreKind;
import hlstm.trainer.scenes.SceneCorpusSpec;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm demo captioning}: captions of drawn pictures, in a few minutes. */
@Command(
        name = "captioning",
        description = {
            "Show captioning on data of its own, in a few minutes.",
            "Draws pictures of simple scenes, trains a stack of LSTMs and an H-LSTM that is grown"
                    + " and pruned to caption them, and writes a page with pictures and captions.",
            "The folder of an earlier demonstration is made anew."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hlstm demo captioning", "  hlstm demo captioning --seed 2 --out demo-2"})
final class CaptionDemoCommand implements Callable<Integer> {
    private static final Duration TIMING = Duration.ofSeconds(4);
    private static final String RESULTS = "results.json";

    @Spec private CommandSpec spec;
    private final Terminal terminal;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "hlstm-demo-captioning",
            description = "The folder for data, models and the page. Default: ${DEFAULT-VALUE}.")
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
            description = "Threads; by default one for each processor.")
    private int threads;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    CaptionDemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        CaptionDemo.Plan plan =
                new CaptionDemo.Plan(
                        SceneCorpusSpec.demo(seed),
                        List.of(
                                entry("stacked LSTM", "lstm", "demo-captions-lstm"),
                                entry("H-LSTM, grown and pruned", "grown", "demo-captions-grown")),
                        TIMING);
        List<String> parts = new ArrayList<>(List.of("scenes", RESULTS, CaptionDemoPage.FILE));
        plan.entries().forEach(entry -> parts.add(entry.folder()));
        Closeable others = DemoFolder.prepare(out, parts);
        try {
            return run(plan);
        } finally {
            others.close();
        }
    }

    private int run(CaptionDemo.Plan plan) throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        CaptionDemo.Result result =
                new CaptionDemo(plan, out, terminal, spec.commandLine().getErr()).run();
        String results = Json.text(json(result));
        Files.writeString(out.resolve(RESULTS), results + "\n");
        ScoreKind score = plan.entries().getFirst().recipe().scores().getFirst();
        CaptionDemoPage.write(result, score, out);
        if (json) {
            text.println(results);
        } else {
            print(text, result);
        }
        return 0;
    }

    private CaptionDemo.Entry entry(String name, String folder, String recipe) {
        try {
            CaptionRecipe resolved =
                    Recipes.require(CaptionRecipe.class, Recipes.named(recipe))
                            .with(List.of("seed=" + seed, "training.threads=" + threads));
            return new CaptionDemo.Entry(name, folder, resolved);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(PrintWriter text, CaptionDemo.Result result) {
        Table table = new Table(CaptionDemoTable.HEADER.toArray(String[]::new));
        CaptionDemoTable.rows(result.rows()).forEach(row -> table.row(row.toArray()));
        text.println();
        text.print(table);
        text.println();
        text.println(
                "Ratios are to the stacked LSTM: 0.50x is half of it. CIDEr-D (times 100) is of scenes"
                        + " that training has not seen, as is the share of captions with every"
                        + " detail right; p50 and p99 are times of one step, which writes a"
                        + " word, on one thread.");
        text.println("This took %s.".formatted(DemoRun.text(result.seconds())));
        text.println();
        text.println(
                "Pictures with their captions: "
                        + Printable.of(out.resolve(CaptionDemoPage.FILE).toString()));
        String best = ShellWord.of(result.rows().getLast().model());
        text.println();
        String command = Invocation.command();
        text.println("Try next:");
        text.println("  %s inspect %s".formatted(command, best));
        text.println(
                "  %s eval %s --data %s".formatted(command, best, ShellWord.of(result.data())));
        text.println(
                "  %s caption %s %s"
                        .formatted(
                                command,
                                best,
                                ShellWord.of(
                                        result.data().resolve("scenes_features.safetensors"))));
    }

    private Map<String, Object> json(CaptionDemo.Result result) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", seed);
        report.put("data", result.data().toString());
        report.put("page", out.resolve(CaptionDemoPage.FILE).toString());
        report.put("seconds", result.seconds());
        List<Map<String, Object>> models = new ArrayList<>();
        for (CaptionDemo.Row row : result.rows()) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("name", row.name());
            model.put("model", row.model().toString());
            model.put("gateWeights", row.weights());
            model.put("flopsPerStep", row.flopsPerStep());
            model.put("cider", row.cider());
            model.put("right", row.right());
            model.put("p50Nanos", row.p50Nanos());
            model.put("p99Nanos", row.p99Nanos());
            model.put("trainSeconds", row.trainSeconds());
            models.add(model);
        }
        report.put("models", models);
        List<Map<String, Object>> captions = new ArrayList<>();
        for (CaptionDemo.Shown shown : result.shown()) {
            captions.add(Map.of("reference", shown.reference(), "written", shown.written()));
        }
        report.put("captions", captions);
        return report;
    }
}
