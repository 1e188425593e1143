package hlstm.trainer.cli;

import hlstm.trainer.run.GoalOutcome;
import hlstm.trainer.run.InitialModel;
import hlstm.trainer.run.Recipe;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.TrainingOutcome;
import hlstm.trainer.run.TrainingRun;
import hlstm.trainer.run.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that the trainings of all tasks have, and what they do with them. */
final class TrainingOptions {
    /** Enough to see whether a cut can be made good; docs/recipes.md names it. */
    private static final int SCORE_RETRAIN_EPOCHS = 8;

    /** Where pruning for latency gives up; docs/recipes.md names it. */
    private static final String LEAST_DENSITY = "0.01";

    @Spec(Target.MIXEE)
    private CommandSpec spec;

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
                    "A recipe that 'hlstm recipes' lists, or a file ending in .json; by default the"
                            + " one named above, or that of the run to resume.")
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
                    "Threads; 0, the default of the recipes, is one for each processor. The result"
                            + " does not depend on them.")
    private Integer threads;

    @Option(
            names = "--max-weights",
            paramLabel = "N",
            description =
                    "A goal: prune to at most N gate weights, and keep the most accurate model of"
                            + " that size.")
    private Long maxWeights;

    @Option(
            names = "--max-latency",
            paramLabel = "MICROS",
            description =
                    "A goal: prune until the exported model, run on this machine at batch 1 on one"
                            + " thread, has a median latency of at most so many microseconds (a step;"
                            + " of bidirectional speech a whole utterance; of translation a token),"
                            + " and keep the most accurate such model.")
    private Double maxLatency;

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description = {
                "Begin with the weights and connections of a trained model, to train it on or to"
                        + " prune it. The recipe is then the one that it was trained by, with the"
                        + " changes of --set, unless --recipe names another.",
                "A run is resumed with the same model."
            })
    private Path from;

    @Option(names = "--resume", description = "Go on with a run that was broken off.")
    private boolean resume;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    private InitialModel initial;

    TrainingOptions() {}

    /**
     * A goal for the task's score, if it can be one.
     *
     * @param option that it was given by
     * @param value in the unit of the score; null if there is none
     * @param most that the score may be
     * @throws ParameterException if it lies outside (0, most]
     */
    Double scoreGoal(String option, Double value, double most) {
        require(
                value == null || value > 0 && value <= most,
                "%s must be above 0 and at most %.0f, found %s",
                option,
                most,
                value);
        return value;
    }

    private void require(boolean holds, String message, Object... words) {
        if (!holds) {
            throw new ParameterException(
                    spec.commandLine(), String.format(Locale.ROOT, message, words));
        }
    }

    /**
     * The recipe that was asked for, with its changes.
     *
     * @param type of the task's recipes
     * @param defaultRecipe taken where none is named
     * @param score a goal for the task's score, in percent; null if there is none
     * @throws ParameterException if there is none, it is of another task, or a setting is wrong
     */
    <R extends Recipe> R recipe(Class<R> type, String defaultRecipe, Double score)
            throws IOException {
        return recipe(type, defaultRecipe, score, List.of());
    }

    /**
     * As above.
     *
     * @param implied settings that other options bring with them
     */
    <R extends Recipe> R recipe(
            Class<R> type, String defaultRecipe, Double score, List<String> implied)
            throws IOException {
        // What options bring comes first, so that --set may change it.
        List<String> changes = new ArrayList<>(implied);
        changes.addAll(goal(score));
        changes.addAll(settings);
        if (seed != null) {
            changes.add("seed=" + seed);
        }
        if (threads != null) {
            changes.add("training.threads=" + threads);
        }
        Optional<Recipe> begun = resume ? RunFolder.recipeIn(out) : Optional.empty();
        try {
            Recipe base = recipe == null && begun.isPresent() ? begun.get() : named(defaultRecipe);
            return Recipes.require(type, base.with(changes));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Recipe named(String defaultRecipe) throws IOException {
        return recipe == null && from != null
                ? initialModel().orElseThrow().recipe(Recipes.named(defaultRecipe))
                : Recipes.resolve(recipe == null ? defaultRecipe : recipe);
    }

    /** The model that the run begins with; empty for one that begins at random. */
    Optional<InitialModel> initialModel() throws IOException {
        if (from == null) {
            return Optional.empty();
        }
        if (initial == null) {
            initial = InitialModel.read(from);
        }
        return Optional.of(initial);
    }

    private List<String> goal(Double score) {
        require(
                maxWeights == null || maxWeights > 0,
                "--max-weights must be 1 or more, found %d",
                maxWeights);
        require(
                maxLatency == null || maxLatency > 0 && maxLatency < Double.POSITIVE_INFINITY,
                "--max-latency must be above 0, found %s",
                maxLatency);
        List<Map.Entry<String, Number>> goals = new ArrayList<>();
        add(goals, "weights", maxWeights);
        add(goals, "score", score);
        add(goals, "latency", maxLatency);
        List<String> changes = new ArrayList<>();
        if (goals.isEmpty()) {
            return changes;
        }
        require(
                goals.size() == 1,
                "a run has one goal: give --max-weights, or --max-latency, or that of the score"
                        + " (--max-wer, --min-bleu, --min-cider)");
        String kind = goals.getFirst().getKey();
        changes.add("growAndPrune.goal.kind=" + kind);
        changes.add("growAndPrune.goal.value=" + goals.getFirst().getValue());
        changes.add("growAndPrune.target.kind=none");
        changes.addAll(
                switch (kind) {
                    case "score" ->
                            List.of(
                                    "growAndPrune.pruning.method=iterative",
                                    "growAndPrune.pruning.retrainEpochs=" + SCORE_RETRAIN_EPOCHS,
                                    "growAndPrune.pruning.targetDensity=0");
                    case "latency" ->
                            List.of("growAndPrune.pruning.targetDensity=" + LEAST_DENSITY);
                    default -> List.of();
                });
        return changes;
    }

    private static void add(List<Map.Entry<String, Number>> goals, String kind, Number value) {
        if (value != null) {
            goals.add(Map.entry(kind, value));
        }
    }

    /**
     * Trains, and prints the outcome.
     *
     * @param next commands to try next, without the program's name, their words fit for a shell;
     *     {@code %s} is the model
     */
    void run(Terminal terminal, Recipe chosen, TrainingTask.Factory tasks, List<String> next)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        InterruptionNotice notice =
                new InterruptionNotice(
                        "broken off; the same command with --resume goes on from the last"
                                + " checkpoint");
        TrainingOutcome outcome;
        try (RunFolder folder =
                        resume ? RunFolder.resume(out, chosen) : RunFolder.create(out, chosen);
                TrainingDisplay display =
                        new TrainingDisplay(
                                terminal, err, chosen.name(), chosen.scores().getFirst(), true)) {
            outcome = TrainingRun.run(chosen, tasks, folder, display);
        } finally {
            notice.withdraw();
        }
        print(outcome, next);
    }

    private void print(TrainingOutcome outcome, List<String> next) {
        PrintWriter text = spec.commandLine().getOut();
        if (json) {
            text.println(Json.text(json(outcome)));
            return;
        }
        text.println(Printable.of(outcome.message()));
        text.println();
        text.println("model   " + Printable.of(outcome.model().toString()));
        if (!outcome.accurateModel().equals(outcome.model())) {
            text.println(
                    "        %s (the most accurate on the way)"
                            .formatted(Printable.of(outcome.accurateModel().toString())));
        }
        text.println("report  " + Printable.of(out.resolve("report.html").toString()));
        text.println();
        text.println("Try next:");
        for (String command : next) {
            String words = command.formatted(ShellWord.of(outcome.model()));
            text.println("  " + Invocation.command() + " " + words);
        }
    }

    private static Map<String, Object> json(TrainingOutcome outcome) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", outcome.model().toString());
        report.put("accurateModel", outcome.accurateModel().toString());
        report.put("epochs", outcome.epochs());
        report.put("modelEpoch", outcome.modelEpoch());
        outcome.scores().forEach((key, value) -> report.put(key, value / 100));
        report.put("gateWeights", outcome.gateWeights());
        report.put("gateDensity", outcome.gateDensity());
        if (outcome.goal() != null) {
            report.put("goal", json(outcome.goal()));
        }
        return report;
    }

    /** A score is a fraction, as all rates that programs read. */
    private static Map<String, Object> json(GoalOutcome goal) {
        double unit = goal.kind().equals("score") ? 100 : 1;
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("kind", goal.kind());
        report.put("value", goal.value() / unit);
        report.put("reached", goal.reached() / unit);
        report.put("ofModel", goal.ofModel() == null ? null : goal.ofModel() / unit);
        report.put("met", goal.met());
        return report;
    }
}
