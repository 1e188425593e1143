package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.trainer.data.An4Corpus;
import hlstm.trainer.run.InitialModel;
import hlstm.trainer.run.SpeechRecipe;
import hlstm.trainer.run.SpeechTraining;
import hlstm.trainer.run.Teacher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hlstm train speech}: a speech recogniser from recorded speech. */
@Command(
        name = "speech",
        description = {
            "Train a speech recogniser by a recipe.",
            "The folder of the run takes the recipe, the log, checkpoints, the model and a report.",
            "The recipe is speech-small unless another is named.",
            "A run that was broken off goes on with --resume, and ends with the same model as if it"
                    + " had not been."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm train speech --data an4 --out runs/an4",
            "  hlstm train speech --data an4 --out runs/an4 --resume",
            "  hlstm train speech --data an4 --out runs/wide --seed 2 --set network.width=384",
            "  hlstm train speech --data an4 --out runs/own --recipe my-recipe.json",
            "  hlstm train speech --data an4 --out runs/fast --max-latency 5000",
            "  hlstm train speech --data an4 --out runs/taught --teacher runs/dense/model.safetensors",
            "  hlstm train speech --data own --out runs/own --from runs/an4/model.safetensors"
        })
final class TrainSpeechCommand implements Callable<Integer> {
    private static final String DEFAULT_RECIPE = "speech-small";

    /** Of the loss, where the recipe does not say; docs/recipes.md names it. */
    private static final double TEACHER_WEIGHT = 0.5;

    private static final double MOST_WER = 100;

    private final Terminal terminal;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = {
                "Speech in AN4's layout: etc/*.fileids, etc/*.transcription, wav/.",
                "Training and development sets are those of split/train.fileids and"
                        + " split/dev.fileids, or else a split of the training list by speakers."
            })
    private Path data;

    @Option(
            names = "--max-wer",
            paramLabel = "PERCENT",
            description =
                    "A goal: prune as long as the development set's WER is at most so many percent, and keep the smallest such model.")
    private Double maxWer;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = {
                "A trained recogniser to learn from besides the transcripts, of the same features,"
                        + " symbols and steps: sets distillation.weight to 0.5 unless --set says"
                        + " otherwise.",
                "A run is resumed with the same teacher."
            })
    private Path teacher;

    @Mixin private TrainingOptions options;

    TrainSpeechCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<String> implied = new ArrayList<>();
        if (teacher != null) {
            implied.add("distillation.weight=" + TEACHER_WEIGHT);
        }
        Optional<InitialModel> initial = options.initialModel();
        if (initial.isPresent()) {
            // Models have batch norm in the weights around it.
            implied.add("network.batchNorm=false");
        }
        SpeechRecipe recipe =
                options.recipe(
                        SpeechRecipe.class,
                        DEFAULT_RECIPE,
                        options.scoreGoal("--max-wer", maxWer, MOST_WER),
                        implied);
        Optional<Teacher> taughtBy =
                teacher == null
                        ? Optional.empty()
                        : Optional.of(new Teacher(Model.load(teacher), teacher.toString(), recipe));
        An4Corpus corpus = An4Corpus.open(data);
        options.run(
                terminal,
                recipe,
                SpeechTraining.tasks(recipe, corpus.split(), taughtBy, initial),
                List.of("inspect %s", "eval %s --data " + ShellWord.of(data).replace("%", "%%")));
        return 0;
    }
}
