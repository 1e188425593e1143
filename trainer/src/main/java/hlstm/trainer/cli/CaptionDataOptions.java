package hlstm.trainer.cli;

import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name captioned images, of all commands that read them. */
final class CaptionDataOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "Captions (*.json of COCO or of a Karpathy split, *token.txt of Flickr8k), features"
                        + " of images (*.npz, *.npy, *.safetensors), and lists of images"
                        + " (*train.txt, *dev.txt, *test.txt).",
                "Without lists the split in the captions counts, or else every tenth image is held"
                        + " back."
            })
    private Path data;

    @Option(
            names = "--captions",
            paramLabel = "FILE",
            description = "Captions, in place of those in the folder; may be given several times.")
    private List<Path> captions = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = "FILE",
            description = "Features, in place of those in the folder; may be given several times.")
    private List<Path> features = new ArrayList<>();

    @Option(
            names = "--train",
            paramLabel = "LIST",
            description = "The list of images to learn from, in place of that in the folder.")
    private Path train;

    @Option(
            names = "--dev",
            paramLabel = "LIST",
            description = "The list of images to choose on, in place of that in the folder.")
    private Path dev;

    private CaptionDataOptions() {}

    /**
     * The data; what does not match is told on standard error.
     *
     * @throws ParameterException if nothing says where the data is
     * @throws IOException if it cannot be read
     */
    CaptionData read() throws IOException {
        if (data == null && (captions.isEmpty() || features.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say where the data is: --data DIR, or --captions FILE and --features FILE");
        }
        CaptionData read =
                CaptionData.read(CaptionSources.find(data, captions, features, train, dev));
        PrintWriter err = spec.commandLine().getErr();
        for (String sentence : read.report().sentences()) {
            err.println("note: " + Printable.of(sentence));
        }
        err.flush();
        return read;
    }

    /** The options of {@code hlstm eval} that give it the same data, and the development set. */
    String forEval() {
        StringBuilder text = new StringBuilder();
        if (data != null) {
            text.append(" --data ").append(ShellWord.of(data));
        }
        captions.forEach(file -> text.append(" --captions ").append(ShellWord.of(file)));
        features.forEach(file -> text.append(" --features ").append(ShellWord.of(file)));
        if (dev != null) {
            text.append(" --list ").append(ShellWord.of(dev));
        }
        return text.toString();
    }
}
