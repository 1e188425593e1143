package hlstm.bench.training;

import hlstm.bench.Progress;
import hlstm.sparse.Geometry;
import hlstm.trainer.cli.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench training}: what an epoch costs at each density. */
@Command(
        name = "training",
        description = {
            "Time batches of training over densities.",
            "The network is that of DeepSpeech2 without its convolutions, three bidirectional"
                    + " H-LSTM layers of 800, on random data of AN4's size, with one thread and with"
                    + " two by turns; an epoch is worked out from the median batch. Batches of growth also"
                    + " gather the gradients of connections that do not exist. The convolutions are"
                    + " timed by themselves, and held against what the threads reach with"
                    + " multiply-adds alone. Takes some five minutes and 4 GB of memory."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench training",
            "  hlstm bench training --quick",
            "  hlstm bench training --density 0.1,0.05 --json"
        })
public final class TrainingCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 2;
    private static final int QUICK_STEPS = 25;

    @Spec private CommandSpec spec;

    @Option(
            names = "--density",
            paramLabel = "D",
            split = ",",
            defaultValue = "1,0.5,0.2,0.1,0.05,0.025",
            description =
                    "Densities of the gate matrices, in (0, 1]; 1 is dense (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<Double> densities;

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Batches timed of each density and number of threads (default:"
                            + " ${DEFAULT-VALUE}).")
    private int batches;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Numbers of threads (default: 1,2, as far as there are processors).")
    private List<Integer> threads = List.of();

    @Option(names = "--quick", description = "Short sequences, one batch of each: rough figures.")
    private boolean quick;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public TrainingCommand() {}

    @Override
    public Integer call() {
        require(batches > 0, "--batches: expected 1 or more, found " + batches);
        for (double density : densities) {
            require(
                    density > 0 && density <= 1,
                    "--density: expected numbers above 0 and up to 1, found " + density);
        }
        for (int count : threads) {
            require(count > 0, "--threads: expected 1 or more, found " + count);
        }
        TrainingShape full = TrainingShape.AN4;
        TrainingShape shape =
                quick
                        ? new TrainingShape(
                                full.layers(),
                                full.width(),
                                full.inputs(),
                                full.outputs(),
                                full.sequences(),
                                QUICK_STEPS,
                                full.epochSteps())
                        : full;
        TrainingResult result =
                new TrainingBenchmark(
                                shape,
                                quick ? 1 : batches,
                                Progress.linesOn(spec.commandLine().getErr(), "bench training"))
                        .run(Geometry.BANKED_8, densities, threads());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.print(result.text());
        }
        return 0;
    }

    private List<Integer> threads() {
        if (!threads.isEmpty()) {
            return threads;
        }
        int most = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return IntStream.rangeClosed(1, most).boxed().toList();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
