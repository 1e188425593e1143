package hlstm.bench.load;

import hlstm.bench.CaseOption;
import hlstm.bench.Progress;
import hlstm.bench.TimeOptions;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.trainer.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench load}: runtimes as services of many streams. */
@Command(
        name = "load",
        description = {
            "Hold runtimes against each other as services under load.",
            "Takes many streams, whose frames come at random at a fixed rate, whether or not the"
                    + " last was answered, and are answered on every processor. Finds the highest"
                    + " rate that each runtime can hold, and latencies at fixed rates, counted"
                    + " from the moment when a frame was due. Takes two to three minutes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench load",
            "  hlstm bench load --quick",
            "  hlstm bench load --case translation-step --streams 1000 --limit-ms 5",
            "  hlstm bench load --rate 1000,10000 --json > load.json"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final List<Contender> CONTENDERS =
            List.of(
                    Contender.HLSTM,
                    Contender.HLSTM_BANKED,
                    Contender.ONNX_FLOAT32,
                    Contender.ONNX_INT8);

    private static final int STEP_STREAMS = 256;
    private static final int SEQUENCE_STREAMS = 16;
    private static final double MILLIS = 1000;

    /**
     * Frames a second that no machine has answered, and whose times of arrival are still told
     * apart.
     */
    private static final double MOST_RATE = 1e8;

    @Spec private CommandSpec spec;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            defaultValue = "captioning-step",
            converter = CaseOption.class,
            description = "What a frame is; see 'bench --help' (default: ${DEFAULT-VALUE}).")
    private PeerCase of;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description =
                    "Streams of each runtime (default: 256, or 16 where a frame is a sequence).")
    private Integer streams;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that answer frames (default: one for each processor).")
    private Integer threads;

    @Option(
            names = "--limit-ms",
            paramLabel = "MS",
            defaultValue = "10",
            description = "A rate is held if p99 is under this (default: ${DEFAULT-VALUE}).")
    private double limitMillis;

    @Option(
            names = "--rate",
            paramLabel = "R",
            split = ",",
            description =
                    "Frames a second, of all streams, to measure latencies at, without a search for"
                            + " the highest (default: 50 and 80 %% of the highest rate of each"
                            + " runtime).")
    private List<Double> rates = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description =
                    "Time that latencies at each rate are measured, the search not counted (default:"
                            + " ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--quick", description = "Short trials, 15 seconds in all: rough figures.")
    private boolean quick;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public LoadCommand() {}

    @Override
    public Integer call() throws IOException {
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        int count = streams == null ? defaultStreams(workers) : streams;
        int processors = Runtime.getRuntime().availableProcessors();
        check(
                workers >= 1 && workers <= processors,
                "--threads: expected 1 to %d, one for each processor at most, since they spin; found %d"
                        .formatted(processors, workers));
        check(
                count >= workers,
                "--streams: expected one for each of %d threads at least, found %d"
                        .formatted(workers, count));
        check(
                limitMillis > 0 && limitMillis <= MILLIS * TimeOptions.MOST_SECONDS,
                "--limit-ms: expected more than 0 and a day at most, found " + limitMillis);
        check(
                seconds > 0 && seconds <= TimeOptions.MOST_SECONDS,
                "--seconds: expected more than 0 and a day at most, found " + seconds);
        check(
                rates.stream().allMatch(rate -> rate > 0 && rate <= MOST_RATE),
                "--rate: expected more than 0 and %,.0f at most, found %s"
                        .formatted(MOST_RATE, rates));
        Duration time = Duration.ofMillis(Math.round(MILLIS * seconds));
        LoadPlan plan =
                quick
                        ? new LoadPlan(
                                count,
                                workers,
                                limitMillis,
                                Duration.ofMillis(1000),
                                4,
                                Duration.ofMillis(150),
                                Duration.ofMillis(250))
                        : new LoadPlan(
                                count,
                                workers,
                                limitMillis,
                                Duration.ofMillis(2000),
                                7,
                                Duration.ofMillis(1000),
                                time);
        PrintWriter out = spec.commandLine().getOut();
        LoadResult result =
                new LoadBenchmark(plan, Progress.linesOn(spec.commandLine().getErr(), "bench load"))
                        .run(of, CONTENDERS, rates);
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.println(of.description());
            out.println();
            out.print(result.text());
        }
        return 0;
    }

    private int defaultStreams(int workers) {
        return Math.max(workers, of.steps() == 1 ? STEP_STREAMS : SEQUENCE_STREAMS);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
