package hlstm.trainer.run;

import java.util.List;

/** What must go together in the settings that all recipes have. */
final class RecipeRules {
    private RecipeRules() {}

    /**
     * Checks them, their ranges having been checked.
     *
     * @throws IllegalArgumentException if a run cannot do what they say; the message names the
     *     settings
     */
    static void check(
            OptimizerSettings optimizer,
            TrainingSettings training,
            GrowAndPruneSettings growAndPrune,
            List<ScoreKind> scores) {
        if (optimizer.followsScores() && training.patience() == 0) {
            throw new IllegalArgumentException(
                    "optimizer.schedule plateau needs training.patience of 1 or more, found 0");
        }
        if (optimizer.followsScores() && growAndPrune.enabled()) {
            throw new IllegalArgumentException(
                    "optimizer.schedule plateau does not go with grow-and-prune, whose cuts set the"
                            + " score back: choose constant, exponential or cosine");
        }
        if (growAndPrune.hasTarget() && training.evaluationInterval() > 1) {
            throw new IllegalArgumentException(
                    ("grow-and-prune with a target needs a score of every epoch: set"
                                    + " training.evaluationInterval to 1, found %d")
                            .formatted(training.evaluationInterval()));
        }
        if (growAndPrune.hasFixedTarget() && scores.getFirst().higherIsBetter()) {
            throw new IllegalArgumentException(
                    "growAndPrune.target.kind fixed is a largest error rate, and this task is"
                            + " scored by %s: choose none or near-best"
                                    .formatted(scores.getFirst().label()));
        }
        checkGoal(growAndPrune, training);
        new EpochBudget(training.epochs(), growAndPrune, scores.getFirst()).require();
    }

    private static void checkGoal(GrowAndPruneSettings growAndPrune, TrainingSettings training) {
        GoalSettings goal = growAndPrune.goal();
        if (!goal.exists()) {
            return;
        }
        if (!growAndPrune.enabled() || growAndPrune.pruning().method().equals("none")) {
            throw new IllegalArgumentException(
                    ("growAndPrune.goal.kind %s needs pruning: set growAndPrune.enabled to true and"
                                    + " growAndPrune.pruning.method to gradual or iterative, or choose"
                                    + " a recipe that prunes")
                            .formatted(goal.kind()));
        }
        if (!growAndPrune.target().kind().equals("none")) {
            throw new IllegalArgumentException(
                    "growAndPrune.goal takes the place of growAndPrune.target: set"
                            + " growAndPrune.target.kind to none, found "
                            + growAndPrune.target().kind());
        }
        if (training.evaluationInterval() > 1) {
            throw new IllegalArgumentException(
                    ("a goal needs a score of every epoch: set training.evaluationInterval to 1,"
                                    + " found %d")
                            .formatted(training.evaluationInterval()));
        }
    }
}
