package hlstm.bench.soak;

import hlstm.bench.CaseOption;
import hlstm.bench.Latency;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.peers.PeerCase;
import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.runtime.WarmUpReport;
import hlstm.sparse.Geometry;
import hlstm.trainer.cli.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm bench soak}: many steps of one session. */
@Command(
        name = "soak",
        description = {
            "Take millions of steps with one session.",
            "Takes the same inputs again and again, with a reset before each round. Fails (exit"
                    + " code 1) if a step allocates a byte after the warm-up, or if an output ever"
                    + " has other bits than the first time. Shows the times of each tenth of the"
                    + " run: none should have longer pauses than the one before. Ten million steps"
                    + " of the captioning case take one to four minutes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench soak",
            "  hlstm bench soak --steps 100000",
            "  hlstm bench soak --case translation-step --geometry banked8 --json"
        })
public final class SoakCommand implements Callable<Integer> {
    private static final long SEED = 11;
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOP_WARM_UP = Duration.ofSeconds(1);
    private static final double NANOS_PER_MICRO = 1000;

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
            names = "--geometry",
            paramLabel = "G",
            defaultValue = "rows16",
            description = "Of its connections (default: ${DEFAULT-VALUE}).")
    private String geometry;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Steps to take (default: ${DEFAULT-VALUE}).")
    private long steps;

    @Option(
            names = "--reset-every",
            paramLabel = "K",
            defaultValue = "64",
            description = "Steps of a round (default: ${DEFAULT-VALUE}).")
    private int resetEvery;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public SoakCommand() {}

    @Override
    public Integer call() {
        check(
                of.steps() == 1,
                "--case: expected captioning-step or translation-step, whose runs are single steps, found "
                        + of.name());
        check(steps >= 10, "--steps: expected 10 or more, found " + steps);
        check(resetEvery >= 1, "--reset-every: expected 1 or more, found " + resetEvery);
        Model model = of.hlstm(geometry()).build();
        float[][] inputs = new float[resetEvery][];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = RandomArrays.gaussian(of.inputWidth(), SEED + k);
        }
        WarmUpReport warmUp = model.warmUp(WARM_UP_LIMIT);
        Session session = model.newSession();
        double firstMicros = firstStep(session, inputs[0], new float[of.width()]);
        Progress progress =
                new Progress("steps", Progress.linesOn(spec.commandLine().getErr(), "bench soak"));
        Soak soak = new Soak(SoakStream.of(session), inputs, of.width(), progress);
        soak.warmUp(LOOP_WARM_UP);
        SoakResult result = soak.run(steps);
        PrintWriter out = spec.commandLine().getOut();
        SoakReport report = SoakReport.of(of.name(), geometry, warmUp, firstMicros, result);
        if (json) {
            out.println(Json.text(report));
        } else {
            double median = result.parts().getLast().latency().p50Micros();
            out.println(report.machine().description());
            out.println("%s, connections in %s".formatted(of.name(), geometry));
            out.println("warm-up: " + warmUp);
            out.println(
                    "first step after it: %s us, %s times the median of the last part"
                            .formatted(
                                    Latency.text(firstMicros), Latency.text(firstMicros / median)));
            out.println();
            out.print(result.text());
        }
        if (!result.passed()) {
            spec.commandLine().getErr().println("bench soak: " + result.verdict());
            return 1;
        }
        return 0;
    }

    private static double firstStep(Session session, float[] in, float[] out) {
        long before = System.nanoTime();
        session.step(in, out);
        return (System.nanoTime() - before) / NANOS_PER_MICRO;
    }

    private Geometry geometry() {
        try {
            return Geometry.of(geometry);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--geometry: " + e.getMessage(), e);
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
