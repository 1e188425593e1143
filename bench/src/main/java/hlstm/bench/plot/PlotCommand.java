package hlstm.bench.plot;

import hlstm.bench.Progress;
import hlstm.bench.TimeOptions;
import hlstm.trainer.cli.Json;
import hlstm.trainer.cli.Printable;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hlstm bench plot}: time against density and against weights, as pictures. */
@Command(
        name = "plot",
        description = {
            "Draw how time falls with the weights.",
            "Draws a product against its density, in each geometry, and a step against its"
                    + " weights, next to dense LSTMs here and in ONNX Runtime; one thread, batch"
                    + " 1. Writes latency-by-density.png and latency-by-weights.png, and prints"
                    + " where. Takes a minute."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench plot --out plots",
            "  hlstm bench plot --out plots --quick --json"
        })
public final class PlotCommand implements Callable<Integer> {
    private static final int ROWS = 2048;
    private static final int COLUMNS = 1024;
    private static final List<Double> DENSITIES = List.of(0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0);
    private static final int WIDTH = 512;
    private static final List<Long> WEIGHTS =
            List.of(40_000L, 80_000L, 163_000L, 330_000L, 660_000L, 1_300_000L);
    private static final List<Integer> LSTM_WIDTHS = List.of(32, 64, 128, 256, 512);
    private static final double SECONDS = 0.5;
    private static final double QUICK_SECONDS = 0.05;

    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the pictures; is made where there is none.")
    private Path folder;

    @Mixin private TimeOptions timing = new TimeOptions(SECONDS, QUICK_SECONDS);

    @Option(names = "--json", description = "Print the points and the names of the files as JSON.")
    private boolean json;

    /** Made by picocli. */
    public PlotCommand() {}

    @Override
    public Integer call() throws IOException {
        Duration time = timing.time();
        Files.createDirectories(folder);
        Consumer<String> lines = Progress.linesOn(spec.commandLine().getErr(), "bench plot");
        List<String> missing = new ArrayList<>();
        List<PlotPoint> byDensity;
        try (Sweep sweep = Sweeps.byDensity(ROWS, COLUMNS, DENSITIES)) {
            byDensity = sweep.measure(time.dividedBy(2), time, lines);
        }
        List<PlotPoint> byWeights;
        try (Sweep sweep = Sweeps.byWeights(WIDTH, WEIGHTS, LSTM_WIDTHS, missing)) {
            byWeights = sweep.measure(time.dividedBy(2), time, lines);
        }
        Path density = folder.resolve("latency-by-density.png");
        new LatencyChart(
                        "Matrix of %d x %d times a vector".formatted(ROWS, COLUMNS),
                        "density",
                        "0.##",
                        byDensity,
                        Sweeps.DENSE)
                .write(density);
        Path weights = folder.resolve("latency-by-weights.png");
        new LatencyChart(
                        "A step of one layer, inputs of " + WIDTH,
                        "weights",
                        "#,##0",
                        byWeights,
                        null)
                .write(weights);
        PrintWriter out = spec.commandLine().getOut();
        List<String> files = List.of(density.toString(), weights.toString());
        if (json) {
            out.println(
                    Json.text(
                            new PlotResult(Machine.here(), byDensity, byWeights, files, missing)));
        } else {
            files.forEach(file -> out.println(Printable.of(file)));
            missing.forEach(line -> out.println(Printable.of(line)));
        }
        return 0;
    }
}
