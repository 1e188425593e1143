package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.StreamingTranscriber;
import hlstm.runtime.Transcriber;
import hlstm.runtime.audio.WavReader;
import hlstm.runtime.audio.WavStream;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Decoding;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
            "  hlstm transcribe --accurate speech.wav",
            "  hlstm transcribe model.safetensors speech.wav",
            "  hlstm transcribe model.safetensors --json *.wav",
            "  hlstm transcribe model.safetensors --beam 100 speech.wav",
            "  hlstm transcribe model.safetensors --lm words.arpa --lm-weight 0.8 speech.wav",
            "  arecord -f S16_LE -r 16000 -d 3 | hlstm transcribe model.safetensors -",
            "  arecord -f S16_LE -r 16000 | hlstm transcribe --stream"
        })
final class TranscribeCommand implements Callable<Integer> {
    /** Names of sound in other forms than WAV, AN4's own among them. */
    private static final Pattern OTHER_SOUND =
            Pattern.compile(
                    "\\.(flac|sph|raw|mp3|ogg|opus|m4a|aac|aiff?|au)$", Pattern.CASE_INSENSITIVE);

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

    @Option(
            names = "--accurate",
            description =
                    "Without MODEL: listen with the larger of the models that come with the"
                            + " program, which makes fewer errors.")
    private boolean accurate;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--stream",
            description = {
                "Transcribe while the sound comes in, and print the text as it grows: standard"
                        + " input as it is written, a file at the pace of a microphone.",
                "Needs a model of one direction, such as the recipe speech-streaming trains; without"
                        + " MODEL, one that comes with the program listens."
            })
    private boolean stream;

    TranscribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private record Transcript(String file, double seconds, String text) {}

    @Override
    public Integer call() throws IOException {
        boolean named = !names.isEmpty() && !isSound(names.getFirst());
        if (named && accurate) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--accurate goes without a model, found " + names.getFirst());
        }
        if (stream && accurate) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--accurate is for whole recordings, it reads them from both ends: leave it out with --stream");
        }
        List<String> files = named ? names.subList(1, names.size()) : names;
        if (files.isEmpty()) {
            if (terminal.input()) {
                throw new ParameterException(
                        spec.commandLine(), "no WAV file given, and none piped in");
            }
            files = List.of(STANDARD_INPUT);
        }
        if (named && OTHER_SOUND.matcher(names.getFirst()).find()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s does not end in .wav, and so is taken for a model; of sound only WAV files are read: convert it, as by 'sox %s speech.wav'"
                            .formatted(names.getFirst(), names.getFirst()));
        }
        Model model = named ? Model.load(Path.of(names.getFirst())) : shipped();
        Listener listener = listener(model);
        PrintWriter out = spec.commandLine().getOut();
        List<Transcript> transcripts = new ArrayList<>();
        int code = 0;
        for (String file : files) {
            try {
                transcripts.add(listener.hear(file, files.size() == 1 ? "" : file + ": "));
                if (out.checkError()) { // nobody reads any more; Main tells whether to say so
                    break;
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

    private Model shipped() throws IOException {
        return ShippedModel.load(
                stream
                        ? ShippedModel.STREAMING_SPEECH
                        : accurate ? ShippedModel.ACCURATE_SPEECH : ShippedModel.SPEECH);
    }

    private static boolean isSound(String name) {
        return name.equals(STANDARD_INPUT) || name.toLowerCase(Locale.ROOT).endsWith(".wav");
    }

    /** Transcribes a file, and prints its text behind a label unless JSON is wanted. */
    private interface Listener {
        Transcript hear(String file, String label) throws IOException;
    }

    private Listener listener(Model model) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (stream) {
            if (!(decoding.decoding() instanceof Decoding.Greedy)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--stream decodes greedily: leave out --beam, --lm and what goes with them");
            }
            return live(new StreamingTranscriber(model), out);
        }
        Transcriber transcriber = new Transcriber(model, decoding.decoding());
        return (file, label) -> {
            Waveform sound = read(file);
            String text = transcriber.transcribe(sound);
            if (!json) {
                out.println(Printable.of(label + text));
                out.flush();
            }
            return new Transcript(file, sound.seconds(), text);
        };
    }

    private Listener live(StreamingTranscriber transcriber, PrintWriter out) {
        LiveTranscription live = new LiveTranscription(transcriber, json ? null : out);
        return (file, label) -> {
            LiveTranscription.Heard heard;
            try {
                if (file.equals(STANDARD_INPUT)) {
                    heard = live.listen(WavStream.open(input(), "standard input"), label, false);
                } else {
                    try (InputStream in = Files.newInputStream(Path.of(file))) {
                        WavStream sound = WavStream.open(new BufferedInputStream(in), file);
                        heard = live.listen(sound, label, true);
                    }
                }
            } finally {
                transcriber.reset();
            }
            return new Transcript(file, heard.seconds(), heard.text());
        };
    }

    private static String naming(String file, String message) {
        return message.contains(file) ? message : file + ": " + message;
    }

    private static Waveform read(String file) throws IOException {
        if (!file.equals(STANDARD_INPUT)) {
            return WavReader.read(Path.of(file));
        }
        return WavReader.read(input(), "standard input");
    }

    private static InputStream input() {
        return new BufferedInputStream(System.in);
    }
}
