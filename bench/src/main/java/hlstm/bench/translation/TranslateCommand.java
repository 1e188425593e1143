package hlstm.bench.translation;

import hlstm.bench.Progress;
import hlstm.trainer.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench translate}: how long a sentence takes. */
@Command(
        name = "translate",
        description = {
            "Time the translation of sentences, one at a time.",
            "An H-LSTM as the recipe multi30k-grow-prune trains it, in banks of 8 with 10.8 times"
                    + " fewer gate weights, its output layer and attention dense or of one eighth of"
                    + " the weights, is held against a dense"
                    + " stack of LSTMs, 2 x 500 (250 in each direction) and 2 x 500, in this"
                    + " runtime and in ONNX Runtime, on one thread and by turns. Weights are random;"
                    + " sources have 13 tokens and given targets 14 steps. With a vocabulary of 16"
                    + " tokens recurrence and attention are left alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench translate",
            "  hlstm bench translate --seconds 2",
            "  hlstm bench translate --vocabulary 16,10000 --json"
        })
public final class TranslateCommand implements Callable<Integer> {
    private static final int WIDTH = 500;
    private static final int LAYERS = 2;
    private static final int GATE_HIDDEN = 256;

    /** The 8,000,000 of the stack over 10.8. */
    private static final long SPARSE_WEIGHTS = 740_740;

    private static final int SOURCE_STEPS = 13;
    private static final int TARGET_STEPS = 14;
    private static final int LEAST_TOKENS = 4;
    private static final double MILLIS = 1000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            split = ",",
            defaultValue = "16,6000",
            description = "Sizes of the vocabulary (default: ${DEFAULT-VALUE}).")
    private List<Integer> vocabularies;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description =
                    "Time measured of each runtime and vocabulary, after half as long a warm-up"
                            + " (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public TranslateCommand() {}

    @Override
    public Integer call() throws IOException {
        for (int tokens : vocabularies) {
            require(
                    tokens >= LEAST_TOKENS,
                    "--vocabulary: expected %d or more, found %d".formatted(LEAST_TOKENS, tokens));
        }
        require(seconds > 0, "--seconds: expected a number above 0, found " + seconds);
        Duration time = Duration.ofMillis(Math.max(1, (long) (seconds * MILLIS)));
        TranslationResult result =
                new TranslationBenchmark(
                                new TranslationShape(
                                        WIDTH,
                                        LAYERS,
                                        GATE_HIDDEN,
                                        SPARSE_WEIGHTS,
                                        SOURCE_STEPS,
                                        TARGET_STEPS),
                                time.dividedBy(2),
                                time,
                                Progress.linesOn(spec.commandLine().getErr(), "bench translate"))
                        .run(vocabularies);
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
