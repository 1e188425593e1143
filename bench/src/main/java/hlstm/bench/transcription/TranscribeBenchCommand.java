package hlstm.bench.transcription;

import hlstm.bench.Progress;
import hlstm.bench.TimeOptions;
import hlstm.runtime.Model;
import hlstm.runtime.audio.WavReader;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Decoding;
import hlstm.trainer.cli.Json;
import hlstm.trainer.cli.ShippedModel;
import hlstm.trainer.synth.DigitCorpus;
import hlstm.trainer.synth.DigitCorpusSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm bench transcribe}: how long an utterance takes, stage by stage. */
@Command(
        name = "transcribe",
        description = {
            "Time a recogniser from samples to text, stage by stage.",
            "Beside it the published dense stack of LSTMs runs in ONNX Runtime, with random weights"
                    + " and as many steps as the recurrent layers take. All take turns in one run,"
                    + " on one thread, which takes half a minute."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm bench transcribe",
            "  hlstm bench transcribe runs/an4/model.safetensors speech.wav",
            "  hlstm bench transcribe --beam 50 --json"
        })
public final class TranscribeBenchCommand implements Callable<Integer> {
    private static final double SECONDS = 4;
    private static final double QUICK_SECONDS = 0.5;
    private static final Duration WARM_UP = Duration.ofMillis(1500);

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A model for speech (default: the one that comes with the program).")
    private Path model;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE.wav",
            description = "Sound of any rate (default: digits said by the demo's synthesizer).")
    private Path sound;

    @Option(
            names = "--beam",
            paramLabel = "N",
            defaultValue = "0",
            description = "Search with so many prefixes instead of decoding greedily.")
    private int beam;

    @Mixin private TimeOptions timing = new TimeOptions(SECONDS, QUICK_SECONDS);

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Made by picocli. */
    public TranscribeBenchCommand() {}

    @Override
    public Integer call() throws IOException {
        Duration time = timing.time();
        require(
                beam >= 0 && beam <= Decoding.BeamSearch.MAX_WIDTH,
                "--beam: expected 1 to %d, found %d"
                        .formatted(Decoding.BeamSearch.MAX_WIDTH, beam));
        TranscriptionBenchmark benchmark =
                new TranscriptionBenchmark(
                        beam == 0 ? Decoding.greedy() : Decoding.beam(beam),
                        WARM_UP,
                        time,
                        Progress.linesOn(spec.commandLine().getErr(), "bench transcribe"));
        TranscriptionResult result =
                benchmark.run(
                        model == null ? ShippedModel.SPEECH : model.toString(),
                        model == null ? ShippedModel.load(ShippedModel.SPEECH) : Model.load(model),
                        sound == null ? "digits of the demo" : sound.toString(),
                        sound == null ? digits() : WavReader.read(sound));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(result));
        } else {
            out.println(result.machine().description());
            out.print(result.table());
        }
        return 0;
    }

    private static Waveform digits() throws IOException {
        return DigitCorpus.test(DigitCorpusSpec.demo(1)).utterances().getFirst().audio().load();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
