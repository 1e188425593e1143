package hlstm.bench.team;

import hlstm.bench.LaneBlocks;
import hlstm.bench.Progress;
import hlstm.sparse.Geometry;
import hlstm.trainer.cli.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench team}: from where on a team of threads pays. */
@Command(
        name = "team",
        description = {
            "Find the size from which two threads pay.",
            "Times steps of one level of gates on one thread and shared by two, over sizes, and"
                    + " tells from how many weights a thread on sharing pays. Needs two free"
                    + " processors and takes half a minute."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hlstm bench team", "  hlstm bench team --quick", "  hlstm bench team --json"})
public final class TeamCommand implements Callable<Integer> {
    private static final List<Long> WEIGHTS =
            List.of(4096L, 8192L, 16_384L, 24_576L, 32_768L, 49_152L, 65_536L, 131_072L, 262_144L);
    private static final double MILLIS = 1000;
    private static final double QUICK_SECONDS = 0.1;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.4",
            description =
                    "Time measured of each row and number of threads (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--quick", description = "A tenth of a second for each: rough figures.")
    private boolean quick;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public TeamCommand() {}

    @Override
    public Integer call() {
        if (!(seconds > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds: expected more than 0, found " + seconds);
        }
        Duration time = Duration.ofMillis(Math.round(MILLIS * (quick ? QUICK_SECONDS : seconds)));
        TeamResult result =
                new TeamBenchmark(
                                Duration.ofMillis(200),
                                time,
                                Progress.linesOn(spec.commandLine().getErr(), "bench team"))
                        .run(geometries(), WEIGHTS);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.print(result.text());
        }
        return 0;
    }

    private static List<Geometry> geometries() {
        return List.of(LaneBlocks.ofThisMachine(), Geometry.BANKED_8, Geometry.PLAIN);
    }
}
