package hlstm.trainer.cli;

import hlstm.trainer.data.An4Corpus;
import hlstm.trainer.run.Recipe;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.SpeechTraining;
import hlstm.trainer.run.TrainingOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm train speech}: a speech recogniser from recorded speech. */
@Command(
        name = "speech",
        description = {
            "Train a speech recogniser by a recipe. The folder of the run takes the recipe, the log,"
                    + " checkpoints, the model and a report.",
            "A run that was broken off goes on with --resume, and ends with the same model as if it"
                    + " had not been."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm train speech --data an4 --out runs/an4",
            "  hlstm train speech --data an4 --out runs/an4 --resume",
            "  hlstm train speech --data an4 --out runs/wide --seed 2 --set network.width=384",
            "  hlstm train speech --data an4 --out runs/own --recipe my-recipe.json"
        })
final class TrainSpeechCommand implements Callable<Integer> {
    private static final String DEFAULT_RECIPE = "speech-small";

    @Spec private CommandSpec spec;
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
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the run: a new one, unless --resume is given.")
    private Path out;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description =
                    "A recipe that 'hlstm recipes' lists, or a file ending in .json. Default: "
                            + DEFAULT_RECIPE
                            + ", or that of the run to resume.")
    private String recipe;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes a setting of the recipe; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Short for --set seed=N.")
    private Long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads; by default one for each processor. The result does not depend on"
                            + " them.")
    private Integer threads;

    @Option(names = "--resume", description = "Go on with a run that was broken off.")
    private boolean resume;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    TrainSpeechCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Recipe chosen = recipe();
        PrintWriter err = spec.commandLine().getErr();
        An4Corpus corpus = An4Corpus.open(data);
        InterruptionNotice notice =
                new InterruptionNotice(
                        "broken off; the same command with --resume goes on from the last"
                                + " checkpoint");
        TrainingOutcome outcome;
        try (RunFolder folder =
                        resume ? RunFolder.resume(out, chosen) : RunFolder.create(out, chosen);
                TrainingDisplay display = new TrainingDisplay(terminal, err, chosen.name(), true)) {
            outcome = SpeechTraining.run(chosen, corpus.split(), folder, display);
        } finally {
            notice.withdraw();
        }
        print(outcome);
        return 0;
    }

    private Recipe recipe() throws IOException {
        List<String> changes = new ArrayList<>(settings);
        if (seed != null) {
            changes.add("seed=" + seed);
        }
        if (threads != null) {
            changes.add("training.threads=" + threads);
        }
        Optional<Recipe> begun = resume ? RunFolder.recipeIn(out) : Optional.empty();
        try {
            Recipe base =
                    recipe == null && begun.isPresent()
                            ? begun.get()
                            : Recipes.resolve(recipe == null ? DEFAULT_RECIPE : recipe);
            return base.with(changes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(TrainingOutcome outcome) {
        PrintWriter text = spec.commandLine().getOut();
        if (json) {
            text.println(Json.text(json(outcome)));
            return;
        }
        text.println(Printable.of(outcome.message()));
        text.println();
        text.println("model   " + outcome.model());
        if (!outcome.accurateModel().equals(outcome.model())) {
            text.println("        " + outcome.accurateModel() + " (the most accurate on the way)");
        }
        text.println("report  " + out.resolve("report.html"));
        text.println();
        String command = Invocation.command();
        text.println("Try next:");
        text.println("  %s inspect %s".formatted(command, outcome.model()));
        text.println("  %s eval %s --data %s".formatted(command, outcome.model(), data));
    }

    private static Map<String, Object> json(TrainingOutcome outcome) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", outcome.model().toString());
        report.put("accurateModel", outcome.accurateModel().toString());
        report.put("epochs", outcome.epochs());
        report.put("modelEpoch", outcome.modelEpoch());
        report.put("wer", outcome.wer() / 100);
        report.put("cer", outcome.cer() / 100);
        report.put("gateWeights", outcome.gateWeights());
        report.put("gateDensity", outcome.gateDensity());
        return report;
    }
}
