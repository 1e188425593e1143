package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.Transcriber;
import hlstm.runtime.audio.WavReader;
import hlstm.runtime.audio.Waveform;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm transcribe}: what is said in WAV files. */
@Command(
        name = "transcribe",
        description = {
            "Print what is said in WAV files, a line for each.",
            "A file that cannot be read is reported, the others are still transcribed, and the exit"
                    + " code is 1.",
            "Without MODEL, a small model that comes with the program listens: it was trained on AN4"
                    + " and knows English letters, digits and a hundred words."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm transcribe speech.wav",
            "  hlstm transcribe model.safetensors speech.wav",
            "  hlstm transcribe model.safetensors --json *.wav",
            "  hlstm transcribe model.safetensors --beam 100 speech.wav",
            "  hlstm transcribe model.safetensors --lm words.arpa --lm-weight 0.8 speech.wav",
            "  arecord -f S16_LE -r 16000 -d 3 | hlstm transcribe model.safetensors -"
        })
final class TranscribeCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec private CommandSpec spec;
    private final Terminal terminal;

    @Parameters(
            arity = "0..*",
            paramLabel = "[MODEL] FILE.wav",
            hideParamSyntax = true,
            description =
                    "A model file, if the first name does not end in .wav; then sound of any sample"
                            + " rate. - is standard input, as is no sound at all.")
    private List<String> names = List.of();

    @Mixin private DecodingOptions decoding;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    TranscribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private record Transcript(String file, double seconds, String text) {}

    @Override
    public Integer call() throws IOException {
        boolean named = !names.isEmpty() && !isSound(names.getFirst());
        List<String> files = named ? names.subList(1, names.size()) : names;
        if (files.isEmpty()) {
            if (terminal.input()) {
                throw new ParameterException(
                        spec.commandLine(), "no WAV file given, and none piped in");
            }
            files = List.of(STANDARD_INPUT);
        }
        Model model =
                named
                        ? Model.load(Path.of(names.getFirst()))
                        : ShippedModel.load(ShippedModel.SPEECH);
        Transcriber transcriber = new Transcriber(model, decoding.decoding());
        PrintWriter out = spec.commandLine().getOut();
        List<Transcript> transcripts = new ArrayList<>();
        int code = 0;
        for (String file : files) {
            try {
                Waveform sound = read(file);
                Transcript transcript =
                        new Transcript(file, sound.seconds(), transcriber.transcribe(sound));
                transcripts.add(transcript);
                if (!json) {
                    String text = transcript.text();
                    out.println(Printable.of(files.size() == 1 ? text : file + ": " + text));
                    out.flush();
                }
            } catch (IOException | IllegalArgumentException e) {
                code = 1;
                PrintWriter err = spec.commandLine().getErr();
                err.println("hlstm transcribe: " + Printable.of(naming(file, ErrorText.of(e))));
                err.flush();
            }
        }
        if (json) {
            out.println(Json.text(transcripts));
        }
        return code;
    }

    private static boolean isSound(String name) {
        return name.equals(STANDARD_INPUT) || name.toLowerCase(Locale.ROOT).endsWith(".wav");
    }

    private static String naming(String file, String message) {
        return message.contains(file) ? message : file + ": " + message;
    }

    private static Waveform read(String file) throws IOException {
        if (!file.equals(STANDARD_INPUT)) {
            return WavReader.read(Path.of(file));
        }
        InputStream in = new BufferedInputStream(System.in);
        return WavReader.read(in, "standard input");
    }
}
