package hlstm.trainer.cli;

import hlstm.trainer.run.TranslationRecipe;
import hlstm.trainer.translation.ParallelCorpus;
import hlstm.trainer.translation.TranslationTrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hlstm train translation}: a translator from parallel text. */
@Command(
        name = "translation",
        description = {
            "Train a translator by a recipe.",
            "The folder of the run takes the recipe, the log, checkpoints, the model and a report.",
            "The recipe is multi30k-grow-prune unless another is named.",
            "A run that was broken off goes on with --resume, and ends with the same model as if it"
                    + " had not been."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm train translation --data multi30k --out runs/m30k",
            "  hlstm train translation --data multi30k --out runs/m30k --resume",
            "  hlstm train translation --data iwslt14 --out runs/iwslt --recipe iwslt14-grow-prune",
            "  hlstm train translation --data pairs.tsv --out runs/own --set text.unit=codes",
            "  hlstm train translation --data multi30k --out runs/small --max-weights 500000",
            "  hlstm train translation --data own --out runs/own --from runs/m30k/model.safetensors"
        })
final class TrainTranslationCommand implements Callable<Integer> {
    private static final String DEFAULT_RECIPE = "multi30k-grow-prune";
    private static final double MOST_BLEU = 100;

    private final Terminal terminal;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = {
                "A folder of parallel files, one sentence a line: train.de, train.en, valid.de,"
                        + " valid.en, with the languages of the recipe; train.tok.de, val.tok.de and"
                        + " the like are found too.",
                "Or a file of source<TAB>target lines, of which one in 50 is held out to choose on."
            })
    private Path data;

    @Option(
            names = "--train",
            paramLabel = "NAME",
            description = "The name of the training files without their language.")
    private String train;

    @Option(
            names = "--valid",
            paramLabel = "NAME",
            description = "The name of the files to choose on without their language.")
    private String valid;

    @Option(
            names = "--min-bleu",
            paramLabel = "PERCENT",
            description =
                    "A goal: prune as long as the development set's BLEU is at least so many percent, and keep the smallest such model.")
    private Double minBleu;

    @Mixin private TrainingOptions options;

    TrainTranslationCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        TranslationRecipe recipe =
                options.recipe(
                        TranslationRecipe.class,
                        DEFAULT_RECIPE,
                        options.scoreGoal("--min-bleu", minBleu, MOST_BLEU));
        ParallelCorpus corpus =
                ParallelCorpus.open(
                        data, recipe.text().source(), recipe.text().target(), train, valid);
        options.run(
                terminal,
                recipe,
                TranslationTrainingTask.tasks(recipe, corpus, options.initialModel()),
                List.of(
                        "inspect %s",
                        "eval %s --data " + ShellWord.of(data).replace("%", "%%") + heldBack(),
                        "translate %s < sentences"));
        return 0;
    }

    private String heldBack() {
        if (Files.isRegularFile(data)) {
            return " --part " + ParallelCorpus.HELD_BACK;
        }
        return valid == null ? "" : " --part " + ShellWord.of(valid).replace("%", "%%");
    }
}
