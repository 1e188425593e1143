package hlstm.trainer.run;

import java.util.Locale;

/**
 * What became of the goal of a run.
 *
 * @param kind of the goal
 * @param value that was to be reached, in the unit of the kind
 * @param reached what the model has where it is met, else what came nearest
 * @param ofModel what the model has, in the same unit; null for a latency that was not measured
 * @param met whether the model reaches it
 * @param text all this in a sentence or two
 */
public record GoalOutcome(
        String kind, double value, double reached, Double ofModel, boolean met, String text) {
    /**
     * The outcome at the end of a run.
     *
     * @param chosen the network that became the model
     * @param met whether it reaches the goal; else it is the most accurate one
     * @param smallest gate weights of the last structure, which is the smallest
     * @param fastest latency of the last structure in microseconds; null if it was not measured
     * @return null if the recipe has no goal
     */
    static GoalOutcome of(
            Recipe recipe, Candidate chosen, boolean met, long smallest, Double fastest) {
        GrowAndPruneSettings structure = recipe.growAndPrune();
        if (!structure.hasGoal()) {
            return null;
        }
        GoalSettings goal = structure.goal();
        ScoreKind score = recipe.scores().getFirst();
        double reached =
                switch (goal.kind()) {
                    case GoalSettings.WEIGHTS -> met ? chosen.weights() : smallest;
                    case GoalSettings.SCORE -> score.cost(chosen.cost());
                    default -> met ? chosen.latencyMicros() : fastest;
                };
        Double ofModel =
                switch (goal.kind()) {
                    case GoalSettings.WEIGHTS -> (double) chosen.weights();
                    case GoalSettings.SCORE -> score.cost(chosen.cost());
                    default -> chosen.latencyMicros();
                };
        String text =
                met ? met(goal, score, reached) : missed(goal, score, reached, ofModel, structure);
        return new GoalOutcome(goal.kind(), goal.value(), reached, ofModel, met, text);
    }

    private static String met(GoalSettings goal, ScoreKind score, double reached) {
        return "The goal, %s, is met, with %s to spare."
                .formatted(wanted(goal, score), amount(goal, Math.abs(goal.value() - reached)));
    }

    private static String missed(
            GoalSettings goal,
            ScoreKind score,
            double reached,
            Double ofModel,
            GrowAndPruneSettings structure) {
        String nearest =
                switch (goal.kind()) {
                    case GoalSettings.SCORE ->
                            "The most accurate network, which is this one, has "
                                    + score.text(reached);
                    case GoalSettings.WEIGHTS ->
                            String.format(
                                    Locale.ROOT,
                                    "Pruning ended at %,d, and the model is the most accurate network, which has %,d",
                                    (long) reached,
                                    ofModel.longValue());
                    default ->
                            ("Pruning ended at %s microseconds, and the model is the most accurate"
                                            + " network%s")
                                    .formatted(
                                            CandidateLatency.micros(reached),
                                            ofModel == null
                                                    ? ""
                                                    : ", which takes "
                                                            + CandidateLatency.micros(ofModel));
                };
        return "The goal, %s, was NOT met, by %s. %s. %s."
                .formatted(
                        wanted(goal, score),
                        amount(goal, Math.abs(reached - goal.value())),
                        nearest,
                        advice(goal, structure));
    }

    private static String advice(GoalSettings goal, GrowAndPruneSettings structure) {
        return switch (goal.kind()) {
            case GoalSettings.SCORE -> "Train for longer, or a wider network";
            case GoalSettings.WEIGHTS -> "Raise training.epochs, or growAndPrune.pruning.share";
            default ->
                    ("Lower growAndPrune.pruning.targetDensity, now %s%s, if pruning stopped there;"
                                    + " else take a faster geometry or a smaller network")
                            .formatted(
                                    structure.pruning().targetDensity(),
                                    structure.pruning().outputDensity() > 0
                                            ? ", and .outputDensity, now "
                                                    + structure.pruning().outputDensity()
                                            : "");
        };
    }

    private static String wanted(GoalSettings goal, ScoreKind score) {
        return switch (goal.kind()) {
            case GoalSettings.WEIGHTS ->
                    String.format(Locale.ROOT, "at most %,d gate weights", (long) goal.value());
            case GoalSettings.SCORE ->
                    "%s or %s"
                            .formatted(
                                    score.text(goal.value()),
                                    score.higherIsBetter() ? "more" : "less");
            default ->
                    "a latency of at most %s microseconds"
                            .formatted(CandidateLatency.micros(goal.value()));
        };
    }

    private static String amount(GoalSettings goal, double amount) {
        return switch (goal.kind()) {
            case GoalSettings.WEIGHTS -> String.format(Locale.ROOT, "%,d", (long) amount);
            case GoalSettings.SCORE -> String.format(Locale.ROOT, "%.1f points", amount);
            default -> CandidateLatency.micros(amount) + " microseconds";
        };
    }
}
