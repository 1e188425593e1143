package hlstm.bench;

import hlstm.bench.mkl.MklCsr;
import hlstm.sparse.Geometry;
import hlstm.trainer.cli.Json;
import hlstm.trainer.machine.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm bench kernels}: runs the JMH benchmarks and prints a table of each. */
@Command(
        name = "kernels",
        description = {
            "Time kernels and steps with JMH, on one thread.",
            "Other work on the machine shows in the figures: compare within one run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench kernels --quick",
            "  hlstm bench kernels --quick MatrixVector",
            "  hlstm bench kernels --quick --forks 5 'StreamingSum|MatrixVector'",
            "  hlstm bench kernels --quick --layout plain 'MklCsr|bench.MatrixVector'",
            "  hlstm bench kernels --json > kernels.json"
        })
final class KernelsCommand implements Callable<Integer> {
    private static final TimeValue QUICK_WARMUP = TimeValue.milliseconds(500);
    private static final TimeValue QUICK = TimeValue.milliseconds(200);

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "Benchmark",
            description = "Run only benchmarks whose name contains this regular expression.")
    private String pattern;

    @Option(
            names = "--quick",
            description =
                    "One fork and a few short iterations each: rough figures within minutes"
                            + " instead of an hour.")
    private boolean quick;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description =
                    "Processes for each figure: code of one process can be compiled better or worse"
                            + " than that of another. Default: 5, or 1 with --quick.")
    private Integer forks;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Where matrices come in several layouts, only these, as plain or rows16,rows32"
                            + " (default: all).")
    private List<String> layouts = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    KernelsCommand() {}

    private void requirePattern() {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected a part of a benchmark's name, or a regular expression, found '%s': %s"
                            .formatted(pattern, e.getDescription()),
                    e);
        }
    }

    @Override
    public Integer call() throws RunnerException {
        requirePattern();
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(pattern)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend(
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.util.logging.config.class=" + QuietLogging.class.getName());
        if (!MklCsr.isBuiltIn()) {
            options.exclude(MklCsrBenchmark.class.getSimpleName());
        }
        if (quick) {
            options.warmupIterations(3)
                    .warmupTime(QUICK_WARMUP)
                    .measurementIterations(3)
                    .measurementTime(QUICK);
        }
        if (!layouts.isEmpty()) {
            options.param(BenchResult.LAYOUT, layouts());
        }
        if (forks != null && forks < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--forks: expected 1 or more, found " + forks);
        }
        if (forks != null || quick) {
            options.forks(forks == null ? 1 : forks);
        }
        PrintWriter err = spec.commandLine().getErr();
        List<BenchResult> results;
        try {
            results =
                    new Runner(options.build(), new BenchProgress(err))
                            .run().stream().map(BenchResult::of).toList();
        } catch (NoBenchmarksException e) {
            throw new ParameterException(
                    spec.commandLine(), "no benchmark's name contains '%s'".formatted(pattern), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(new KernelReport(Machine.here(), results)));
            return 0;
        }
        out.println(Machine.here().description());
        for (String benchmark : results.stream().map(BenchResult::benchmark).distinct().toList()) {
            out.println();
            out.println(benchmark);
            out.print(
                    BenchResult.table(
                            results.stream()
                                    .filter(result -> result.benchmark().equals(benchmark))
                                    .toList()));
        }
        return 0;
    }

    private String[] layouts() {
        for (String layout : layouts) {
            try {
                Geometry.of(layout);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--layout: " + e.getMessage(), e);
            }
        }
        return layouts.toArray(String[]::new);
    }
}
