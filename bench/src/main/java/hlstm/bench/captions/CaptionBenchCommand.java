package hlstm.bench.captions;

import hlstm.bench.Progress;
import hlstm.bench.TimeOptions;
import hlstm.trainer.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench caption}: how long a caption takes. */
@Command(
        name = "caption",
        description = {
            "Time whole captions and the recurrent step within them.",
            "A sparse H-LSTM and the dense stack of LSTMs that it stands in for write captions of"
                    + " random weights, with a beam of one and of two, output layer and search"
                    + " included, in this runtime and in ONNX Runtime, on one thread. All take"
                    + " turns in one run, which takes a minute and a half."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench caption",
            "  hlstm bench caption --words 800 --features 1000",
            "  hlstm bench caption --quick --json"
        })
public final class CaptionBenchCommand implements Callable<Integer> {
    private static final double SECONDS = 4;
    private static final double QUICK_SECONDS = 0.5;
    private static final Duration WARM_UP = Duration.ofMillis(1500);

    @Spec private CommandSpec spec;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "8800",
            description =
                    "Words that the networks know: rows of the output layer (default:"
                            + " ${DEFAULT-VALUE}, about as many as COCO has five times or more).")
    private int words;

    @Option(
            names = "--length",
            paramLabel = "N",
            defaultValue = "10",
            description = "Words of each caption (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--features",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Features of an image (default: ${DEFAULT-VALUE}).")
    private int features;

    @Mixin private TimeOptions timing = new TimeOptions(SECONDS, QUICK_SECONDS);

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public CaptionBenchCommand() {}

    @Override
    public Integer call() throws IOException {
        Duration time = timing.time();
        require(words >= 10, "--words: expected 10 or more, found " + words);
        require(length >= 1, "--length: expected 1 or more, found " + length);
        require(features >= 1, "--features: expected 1 or more, found " + features);
        CaptionResult result =
                new CaptionBenchmark(
                                words,
                                length,
                                features,
                                WARM_UP,
                                time,
                                Progress.linesOn(spec.commandLine().getErr(), "bench caption"))
                        .run();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.print(result.text());
        }
        return 0;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
