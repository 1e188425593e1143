package hlstm.bench.start;

import hlstm.bench.CaseOption;
import hlstm.bench.LaneBlocks;
import hlstm.bench.Progress;
import hlstm.bench.peers.PeerCase;
import hlstm.trainer.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench start}: how soon a process is fast. */
@Command(
        name = "start",
        description = {
            "Find out how soon a new process is fast.",
            "Starts JVMs that load a model and take steps: as they are, with class-data sharing"
                    + " and with an AOT cache, each with and without Model.warmUp, by turns. Tells"
                    + " when the model is loaded and warm, how long the first step takes, when"
                    + " steps have become fast, and how fast they are then. Steps that still"
                    + " allocate when the time is over are not compiled yet, and are not called"
                    + " settled. Takes three to four minutes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench start",
            "  hlstm bench start --quick",
            "  hlstm bench start --rounds 9 --json > start.json"
        })
public final class StartCommand implements Callable<Integer> {
    private static final double MILLIS = 1000;

    /** Without a warm-up, kernels are compiled after one and a half on an idle machine. */
    private static final double QUICK_SECONDS = 3;

    @Spec private CommandSpec spec;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            defaultValue = "captioning-step",
            converter = CaseOption.class,
            description =
                    "Whose H-LSTM: captioning-step or translation-step (default: ${DEFAULT-VALUE}).")
    private PeerCase of;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Processes of each kind (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "4",
            description = "Time for which each takes steps (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--quick", description = "One round, of 3 seconds for each: rough figures.")
    private boolean quick;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public StartCommand() {}

    @Override
    public Integer call() throws IOException {
        check(
                of.steps() == 1,
                "--case: expected captioning-step or translation-step, whose runs are single steps, found "
                        + of.name());
        check(rounds >= 1, "--rounds: expected 1 or more, found " + rounds);
        check(seconds > 0, "--seconds: expected more than 0, found " + seconds);
        Path folder = Files.createTempDirectory("hlstm-start");
        StartResult result;
        try {
            result =
                    new StartBenchmark(
                                    quick ? 1 : rounds,
                                    Duration.ofMillis(
                                            Math.round(MILLIS * (quick ? QUICK_SECONDS : seconds))),
                                    Progress.linesOn(spec.commandLine().getErr(), "bench start"))
                            .run(of, List.of(StartMode.values()), folder);
        } finally {
            delete(folder);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.println(of.name() + ", connections in " + LaneBlocks.ofThisMachine());
            out.print(result.text());
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
