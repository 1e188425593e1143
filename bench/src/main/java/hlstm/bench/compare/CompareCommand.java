package hlstm.bench.compare;

import hlstm.bench.Latency;
import hlstm.bench.Progress;
import hlstm.bench.TimeOptions;
import hlstm.bench.comparison.Entrant;
import hlstm.bench.comparison.Turns;
import hlstm.trainer.cli.Json;
import hlstm.trainer.cli.Printable;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm bench compare}: trained models by weights, score and measured latency. */
@Command(
        name = "compare",
        description = {
            "Hold trained models of one task against each other.",
            "Prints weights, score on the development set, and what a user waits for at batch 1 on"
                    + " one thread: the network over three seconds of sound, a word of a caption, a"
                    + " sentence. All take turns in one run. With --out it draws the score against"
                    + " the weights and against the latency; runs whose names differ in the number"
                    + " at their end, such as seeds, share a colour."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench compare runs/dense runs/grown",
            "  hlstm bench compare runs/controls --out plots",
            "  hlstm bench compare a.safetensors b.safetensors --json"
        })
public final class CompareCommand implements Callable<Integer> {
    private static final double SECONDS = 2;
    private static final double QUICK_SECONDS = 0.2;
    private static final Duration WARM_UP = Duration.ofMillis(1500);

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Runs of training, folders of runs, or model files.")
    private List<Path> paths;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Draw score-by-weights.png and score-by-latency.png into this folder, which is"
                            + " made where there is none.")
    private Path folder;

    @Mixin private TimeOptions timing = new TimeOptions(SECONDS, QUICK_SECONDS);

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public CompareCommand() {}

    @Override
    public Integer call() throws IOException {
        Duration time = timing.time();
        List<TrainedModel> models =
                RunModels.load(paths).stream()
                        .sorted(Comparator.comparingLong(m -> m.model().recurrentWeights()))
                        .toList();
        List<ComparedModel> compared =
                measure(
                        models,
                        time,
                        Progress.linesOn(spec.commandLine().getErr(), "bench compare"));
        CompareResult result =
                new CompareResult(
                        Machine.here(),
                        models.getFirst().score().label(),
                        InferencePeer.unit(models.getFirst().model()),
                        compared,
                        folder == null ? List.of() : draw(models, compared));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.print(result.text());
            result.files().forEach(file -> out.println(Printable.of(file)));
        }
        return 0;
    }

    private static List<ComparedModel> measure(
            List<TrainedModel> models, Duration time, Consumer<String> lines) {
        List<Entrant> entrants = new ArrayList<>();
        try {
            for (TrainedModel model : models) {
                InferencePeer peer = new InferencePeer(model.model());
                entrants.add(new Entrant(model.name(), 1, peer, new float[][] {peer.input()}));
            }
            Turns.take(entrants, WARM_UP, new Progress("warm-up", lines));
            entrants.forEach(Entrant::clear);
            Turns.take(entrants, time, new Progress("models", lines));
            List<ComparedModel> compared = new ArrayList<>();
            for (int k = 0; k < models.size(); k++) {
                TrainedModel model = models.get(k);
                Latency latency = Latency.of(entrants.get(k).histogram());
                compared.add(
                        new ComparedModel(
                                model.name(),
                                model.network(),
                                model.model().recurrentWeights(),
                                entrants.get(k).peer().modelBytes(),
                                model.value(),
                                latency.p50Micros(),
                                latency.p99Micros()));
            }
            return compared;
        } finally {
            entrants.forEach(Entrant::close);
        }
    }

    private List<String> draw(List<TrainedModel> models, List<ComparedModel> compared)
            throws IOException {
        Files.createDirectories(folder);
        List<String> kinds = models.stream().map(TrainedModel::kind).toList();
        TrainedModel.Score score = models.getFirst().score();
        String scoreTitle =
                "development set, %s (%s is better)"
                        .formatted(score.label(), score.lowerIsBetter() ? "lower" : "higher");
        Path weights = folder.resolve("score-by-weights.png");
        new ScoreChart(
                        "Score and size",
                        "gate weights",
                        scoreTitle,
                        compared,
                        kinds,
                        ComparedModel::gateWeights)
                .write(weights);
        Path latency = folder.resolve("score-by-latency.png");
        new ScoreChart(
                        "Score and latency",
                        "microseconds for "
                                + InferencePeer.unit(models.getFirst().model())
                                + ", p50, batch 1, one thread",
                        scoreTitle,
                        compared,
                        kinds,
                        ComparedModel::p50Micros)
                .write(latency);
        return List.of(weights.toString(), latency.toString());
    }
}
