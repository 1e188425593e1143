package hlstm.trainer.cli;

import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.run.CaptionRecipe;
import hlstm.trainer.run.CaptionTraining;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hlstm train captioning}: a captioner of images from captions and features. */
@Command(
        name = "captioning",
        description = {
            "Train a captioner of images by a recipe.",
            "The folder of the run takes the recipe, the log, checkpoints, the model and a report.",
            "The recipe is captions-38x unless another is named.",
            "A run that was broken off goes on with --resume, and ends with the same model as if it"
                    + " had not been."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm train captioning --data flickr8k --out runs/captions",
            "  hlstm train captioning --data flickr8k --out runs/stack --recipe captions-lstm",
            "  hlstm train captioning --data coco --out runs/coco --recipe captions-coco",
            "  hlstm train captioning --data flickr8k --out runs/captions --resume",
            "  hlstm train captioning --data flickr8k --out runs/small --min-cider 25"
        })
final class TrainCaptioningCommand implements Callable<Integer> {
    private static final String DEFAULT_RECIPE = "captions-38x";
    private static final double MOST_CIDER = 1000;

    private final Terminal terminal;

    @Mixin private CaptionDataOptions data;

    @Option(
            names = "--min-cider",
            paramLabel = "SCORE",
            description =
                    "A goal: prune as long as the development set's CIDEr-D times 100 is at least so much, and keep the smallest such model.")
    private Double minCider;

    @Mixin private TrainingOptions options;

    TrainCaptioningCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        CaptionRecipe recipe =
                options.recipe(
                        CaptionRecipe.class,
                        DEFAULT_RECIPE,
                        options.scoreGoal("--min-cider", minCider, MOST_CIDER));
        CaptionData read = data.read();
        options.run(
                terminal,
                recipe,
                CaptionTraining.tasks(recipe, read, options.initialModel()),
                List.of("inspect %s", "eval %s" + data.forEval().replace("%", "%%")));
        return 0;
    }
}
