package hlstm.trainer.run;

import hlstm.trainer.growth.PhaseEpochs;
import java.util.ArrayList;
import java.util.List;

/** Whether a run has the epochs that its grow-and-prune takes. */
final class EpochBudget {
    private final long epochs;
    private final PhaseEpochs phases;

    EpochBudget(Recipe recipe) {
        this(recipe.training().epochs(), recipe.growAndPrune(), recipe.scores().getFirst());
    }

    /**
     * The budget of a run.
     *
     * @param epochs of the whole run
     * @param score the kind that decides
     */
    EpochBudget(int epochs, GrowAndPruneSettings structure, ScoreKind score) {
        this.epochs = epochs;
        phases = PhaseEpochs.of(structure.config(epochs, score, 0));
    }

    /**
     * Checks that the structure can come out as asked for.
     *
     * @throws IllegalArgumentException if the epochs end before the last event of growth or cut of
     *     a schedule; the message says what each phase takes
     */
    void require() {
        if (epochs < phases.fewest()) {
            throw new IllegalArgumentException(
                    ("training.epochs is %d, but grow-and-prune takes %d or more, and %d with all"
                                    + " retraining: %s. Raise training.epochs, or lower"
                                    + " growAndPrune.growth.maxEvents, growAndPrune.growth.interval,"
                                    + " growAndPrune.settleEpochs or growAndPrune.pruning.epochs, or"
                                    + " train a dense network with growAndPrune.enabled=false")
                            .formatted(epochs, phases.fewest(), phases.total(), parts()));
        }
    }

    /** What will be shorter than the recipe says, though the run can be made. */
    List<String> warnings() {
        if (epochs >= phases.total()) {
            return List.of();
        }
        long left = epochs - phases.grow() - phases.settle() - phases.prune();
        String effect =
                phases.gradual() && left > 0
                        ? "only %d of %d epochs are left to retrain after the last cut"
                                .formatted(left, phases.retrain())
                        : "pruning may end before its target";
        return List.of(
                "training.epochs is %d, all phases of grow-and-prune take %d (%s): %s"
                        .formatted(epochs, phases.total(), parts(), effect));
    }

    private String parts() {
        List<String> parts = new ArrayList<>();
        if (phases.grow() > 0) {
            parts.add(
                    "%s%d to grow in %d events"
                            .formatted(
                                    phases.growthMayEndEarly() ? "up to " : "",
                                    phases.grow(),
                                    phases.growthEvents()));
        }
        if (phases.settle() > 0) {
            parts.add("%d to settle".formatted(phases.settle()));
            parts.add("%d from the first cut to the last".formatted(phases.prune()));
            parts.add("%d to retrain".formatted(phases.retrain()));
        }
        return String.join(", ", parts);
    }
}
