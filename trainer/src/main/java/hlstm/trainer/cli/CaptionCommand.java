package hlstm.trainer.cli;

import hlstm.runtime.Captioner;
import hlstm.runtime.Model;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.captions.CocoResults;
import hlstm.trainer.captions.FeatureFiles;
import hlstm.trainer.captions.ImageFeatures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm caption}: what is on images. */
@Command(
        name = "caption",
        description = {
            "Print captions of images, a line for each, from their features.",
            "A caption comes after its image's name, but alone where FEATURES has one image.",
            "Features come from the network for images that the model was trained on, in the form"
                    + " of --features of 'hlstm train captioning'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm caption model.safetensors features.npz",
            "  hlstm caption model.safetensors features.npz --beam 4",
            "  hlstm caption model.safetensors features.npz --list dev.txt --json > results.json",
            "  hlstm score --metric cider Flickr8k.token.txt results.json"
        })
final class CaptionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    private Path model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FEATURES",
            description = "Features of images: .npz, .npy or .safetensors.")
    private List<Path> features;

    @Mixin private CaptionSearchOptions search;

    @Option(
            names = "--json",
            description =
                    "Print COCO's format of results; an image is known by its number in COCO if its"
                            + " name has one, else by its name.")
    private boolean json;

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description =
                    "Caption only the images named in this file, one name a line, in its order.")
    private Path list;

    CaptionCommand() {}

    @Override
    public Integer call() throws IOException {
        Model loaded = Model.load(model);
        BeamSettings beam = search.beam();
        Captioner captioner = new Captioner(loaded, beam, search.mostWords());
        ImageFeatures images = FeatureFiles.read(features);
        PrintWriter out = spec.commandLine().getOut();
        CocoResults results = new CocoResults();
        int[] rows = list == null ? IntStream.range(0, images.size()).toArray() : images.rows(list);
        for (int row : rows) {
            String name = images.names().get(row);
            String caption = caption(captioner, images, row);
            if (json) {
                results.add(CocoResults.id(name), caption);
            } else {
                out.println(Printable.of(images.size() == 1 ? caption : name + ": " + caption));
            }
        }
        if (json) {
            out.print(Printable.lines(results.toJson()));
        }
        return 0;
    }

    private static String caption(Captioner captioner, ImageFeatures images, int row) {
        try {
            return captioner.caption(images.vector(row));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(images.names().get(row) + ": " + e.getMessage(), e);
        }
    }
}
