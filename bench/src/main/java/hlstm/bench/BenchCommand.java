package hlstm.bench;

import hlstm.bench.captions.CaptionBenchCommand;
import hlstm.bench.compare.CompareCommand;
import hlstm.bench.comparison.CaseResult;
import hlstm.bench.comparison.Comparison;
import hlstm.bench.comparison.Report;
import hlstm.bench.load.LoadCommand;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.bench.plot.PlotCommand;
import hlstm.bench.soak.SoakCommand;
import hlstm.bench.start.StartCommand;
import hlstm.bench.team.TeamCommand;
import hlstm.bench.training.TrainingCommand;
import hlstm.bench.transcription.TranscribeBenchCommand;
import hlstm.bench.translation.TranslateCommand;
import hlstm.trainer.cli.ExtraCommand;
import hlstm.trainer.cli.Json;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench}: this project's runtime and others, in one table. */
@Command(
        name = "bench",
        description = {
            "Hold sparse H-LSTMs against dense LSTMs, here and elsewhere.",
            "Times sparse H-LSTMs and the dense LSTM stacks that they stand in for, at batch 1, in"
                    + " this runtime and in others. All take turns in one run; compare within one"
                    + " run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench",
            "  hlstm bench --quick --case captioning-step",
            "  hlstm bench --threads 1 --json > bench.json",
            "  hlstm bench caption",
            "  hlstm bench compare runs/controls --out plots",
            "  hlstm bench kernels --quick",
            "  hlstm bench load",
            "  hlstm bench soak",
            "  hlstm bench transcribe"
        },
        subcommands = {
            CaptionBenchCommand.class,
            CompareCommand.class,
            KernelsCommand.class,
            LoadCommand.class,
            SoakCommand.class,
            StartCommand.class,
            TeamCommand.class,
            TrainingCommand.class,
            TranscribeBenchCommand.class,
            TranslateCommand.class,
            PlotCommand.class
        })
public final class BenchCommand implements ExtraCommand {
    private static final double SECONDS = 4;
    private static final double QUICK_SECONDS = 0.5;
    private static final int MOST_THREADS = 2;

    /** Kernels are slow, and allocate, until they have been compiled. */
    private static final Duration LEAST_WARM_UP = Duration.ofMillis(1500);

    @Spec private CommandSpec spec;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            converter = CaseOption.class,
            description =
                    "Take this case alone, or these: captioning-step, speech-sequence,"
                            + " translation-step, captioning-sequence, translation-sequence"
                            + " (default: the first three).")
    private List<PeerCase> cases = new ArrayList<>();

    @Mixin private TimeOptions timing = new TimeOptions(SECONDS, QUICK_SECONDS);

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description =
                    "Numbers of threads that compute a step, as 1,2 (default: those two, as far as"
                            + " there are processors).")
    private List<Integer> threads = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by the service loader. */
    public BenchCommand() {}

    @Override
    public Integer call() throws IOException {
        Duration time = timing.time();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Integer> counts = threads();
        Comparison comparison =
                new Comparison(
                        time.compareTo(LEAST_WARM_UP.multipliedBy(2)) > 0
                                ? time.dividedBy(2)
                                : LEAST_WARM_UP,
                        time,
                        counts,
                        Progress.linesOn(err, "bench"));
        if (!json) {
            out.println(Machine.here().description());
        }
        List<CaseResult> results = new ArrayList<>();
        for (PeerCase next : cases.isEmpty() ? PeerCase.APPLICATIONS : cases) {
            CaseResult result = comparison.run(next, List.of(Contender.values()));
            results.add(result);
            if (!json) {
                out.println();
                out.print(result.text());
                out.flush();
            }
        }
        if (!json) {
            out.println();
            out.println(CaseResult.LEGEND);
        } else {
            out.println(
                    Json.text(
                            // Which form plain matrices take is known once a model has been loaded.
                            Report.of(Machine.here(), results)));
        }
        return 0;
    }

    private List<Integer> threads() {
        if (threads.isEmpty()) {
            int processors = Runtime.getRuntime().availableProcessors();
            return IntStream.rangeClosed(1, Math.min(MOST_THREADS, processors)).boxed().toList();
        }
        if (threads.stream().anyMatch(count -> count < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--threads: expected 1 or more, found " + threads);
        }
        return threads;
    }
}
