package hlstm.trainer.run;

import hlstm.sparse.Geometry;
import hlstm.trainer.growth.GrowAndPruneConfig;
import hlstm.trainer.growth.GrowAndPruneState;
import hlstm.trainer.growth.Growth;
import hlstm.trainer.growth.GrowthScore;
import hlstm.trainer.growth.Pruning;
import hlstm.trainer.growth.ScoreTarget;
import hlstm.trainer.growth.TargetSize;
import hlstm.trainer.layers.Parameter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How grow-and-prune finds the connections of the gate matrices, and on request of those of
 * attention and output; see {@link GrowAndPruneConfig}.
 *
 * @param enabled whether it does at all; without it all matrices stay dense
 * @param goal what pruning is to reach; it takes the place of a target
 * @param geometry which sets of connections each kind of matrix may hold
 * @param target the score on the development set that a small network must have, and that every cut
 *     of iterative pruning must reach again
 * @param seedDensity share of the connections that exist at the start
 * @param keepRecurrentDiagonal whether the connection of a unit to itself always stays
 * @param growth how connections are woken
 * @param settleEpochs epochs between growth and pruning
 * @param pruning how connections are dropped
 */
public record GrowAndPruneSettings(
        boolean enabled,
        GoalSettings goal,
        GeometryByKind geometry,
        TargetSettings target,
        double seedDensity,
        boolean keepRecurrentDiagonal,
        GrowthSettings growth,
        int settleEpochs,
        PruningSettings pruning) {
    static final String DENSE = "dense";

    /** Checks what goes together; a {@link Recipe} checks ranges. */
    public GrowAndPruneSettings {
        // Neither ranges nor what goes together depend on the sign of a goal's score.
        if (goal.isWeights() && geometry.prunesOutput()) {
            throw new IllegalArgumentException(
                    ("growAndPrune.goal.kind weights counts gate weights alone: expected"
                                    + " growAndPrune.geometry.attention and .output dense, found %s"
                                    + " and %s; set pruning.targetDensity instead of a goal")
                            .formatted(geometry.attention(), geometry.output()));
        }
        if (pruning.outputDensity() > 0 && !geometry.prunesOutput()) {
            throw new IllegalArgumentException(
                    ("growAndPrune.pruning.outputDensity is for attention or output layers that are"
                                    + " pruned: expected growAndPrune.geometry.attention or .output"
                                    + " other than dense, or 0, found %s")
                            .formatted(pruning.outputDensity()));
        }
        double densest = Math.max(seedDensity, growth.densityCap());
        if (pruning.outputDensity() >= densest && pruning.outputDensity() > 0) {
            throw new IllegalArgumentException(
                    ("growAndPrune.pruning.outputDensity would never be reached: expected less than"
                                    + " %s, the larger of growAndPrune.seedDensity and"
                                    + " .growth.densityCap, found %s")
                            .formatted(densest, pruning.outputDensity()));
        }
        ScoreTarget score = goal.isScore() ? new ScoreTarget.Fixed(goal.value()) : target.score();
        config(
                1,
                score,
                geometry,
                seedDensity,
                keepRecurrentDiagonal,
                growth,
                settleEpochs,
                pruning(pruning, size(goal, pruning, 0)),
                pruning.groupLasso());
    }

    /**
     * The geometry of each kind of matrix: {@code plain}, {@code rows4}, {@code rows8}, {@code
     * rows16}, {@code rows32}, {@code banked8}, or {@code dense} for matrices that keep all their
     * connections.
     *
     * @param input matrices that multiply the input of a cell
     * @param recurrent matrices that multiply the previous output of a cell
     * @param hidden matrices that multiply a hidden layer of a gate
     * @param attention matrices around a decoder's attention
     * @param output the matrix of the output layer
     */
    public record GeometryByKind(
            String input, String recurrent, String hidden, String attention, String output) {
        private Map<Parameter.Kind, Geometry> byKind() {
            Map<Parameter.Kind, Geometry> geometries = new EnumMap<>(Parameter.Kind.class);
            put(geometries, Parameter.Kind.INPUT, input);
            put(geometries, Parameter.Kind.RECURRENT, recurrent);
            put(geometries, Parameter.Kind.HIDDEN, hidden);
            put(geometries, Parameter.Kind.ATTENTION, attention);
            put(geometries, Parameter.Kind.OUTPUT, output);
            return geometries;
        }

        /** Whether matrices of a kind keep all their connections. */
        boolean keepsDense(Parameter.Kind kind) {
            return !byKind().containsKey(kind);
        }

        /** Whether not only gates are grown and pruned, but attention or output too. */
        private boolean prunesOutput() {
            return !(keepsDense(Parameter.Kind.ATTENTION) && keepsDense(Parameter.Kind.OUTPUT));
        }

        /**
         * Checks that nothing is asked of matrices that a network does not have.
         *
         * @throws IllegalArgumentException if attention is to be sparse
         */
        void requireNoAttention() {
            if (!keepsDense(Parameter.Kind.ATTENTION)) {
                throw new IllegalArgumentException(
                        "growAndPrune.geometry.attention: expected dense, since only translators have"
                                + " attention, found "
                                + attention);
            }
        }

        private static void put(
                Map<Parameter.Kind, Geometry> geometries, Parameter.Kind kind, String label) {
            if (!label.equals(DENSE)) {
                geometries.put(kind, Geometry.of(label));
            }
        }
    }

    /**
     * The score that counts as good enough.
     *
     * @param kind {@code none}; {@code fixed}: {@code wer}, which also ends growth; {@code
     *     near-best}: the best before the first cut, plus {@code tolerance}
     * @param wer word error rate in percent; tasks whose score is no error rate have no fixed
     *     target
     * @param tolerance points of the score
     */
    public record TargetSettings(String kind, double wer, double tolerance) {
        private ScoreTarget score() {
            return switch (kind) {
                case "fixed" -> new ScoreTarget.Fixed(wer);
                case "near-best" -> new ScoreTarget.NearBest(tolerance);
                default -> new ScoreTarget.None();
            };
        }
    }

    /**
     * The growth phase.
     *
     * @param score {@code gradient} wakes the connections with the largest gradient, {@code random}
     *     any
     * @param gradientBatches batches before an event over which the gradient is gathered
     * @param share connections that one event wakes, as a share of all elements of a matrix
     * @param interval epochs from one event to the next
     * @param maxEvents events at most; 0 starts from the seed as it is
     * @param densityCap density at which a matrix stops growing
     * @param movedShare connections that may move within their bank at an event; banked8 only
     */
    public record GrowthSettings(
            String score,
            int gradientBatches,
            double share,
            int interval,
            int maxEvents,
            double densityCap,
            double movedShare) {}

    /**
     * The pruning phase.
     *
     * @param method {@code none}; {@code iterative} cuts, retrains and rolls back as long as the
     *     target score is met; {@code gradual} cuts after every epoch by a schedule
     * @param share connections that an iterative cut removes, as a share of those there are
     * @param minimumShare iterative pruning ends when the share, halved at each rollback, is below
     * @param epochs cuts of gradual pruning, one an epoch
     * @param retrainEpochs epochs within which an iterative cut must meet the target again; epochs
     *     of training after the last gradual cut
     * @param targetDensity density at which pruning ends
     * @param outputDensity density at which it ends for attention and output; 0 for that of gates
     * @param groupLasso strength of the group lasso between growth and the last cut: a group's root
     *     mean square falls by so much times the learning rate at each step
     */
    public record PruningSettings(
            String method,
            double share,
            double minimumShare,
            int epochs,
            int retrainEpochs,
            double targetDensity,
            double outputDensity,
            double groupLasso) {}

    /** Whether there is a score to meet. */
    boolean hasTarget() {
        return enabled && (goal.isScore() || !target.kind().equals("none"));
    }

    /** Whether there is something to reach. */
    boolean hasGoal() {
        return enabled && goal.exists();
    }

    /** Whether attention or output are grown and pruned, too. */
    boolean prunesOutput() {
        return enabled && geometry.prunesOutput();
    }

    /** Whether that score is known beforehand. */
    boolean hasFixedTarget() {
        return enabled && target.kind().equals("fixed");
    }

    /**
     * Whether a network may be called compact: one that reaches the goal; without a goal one that
     * is good enough and, unless its score was known beforehand, pruned.
     *
     * @param score the kind that decides
     * @param policy before the decision on this network's score
     */
    boolean isCompact(Candidate candidate, ScoreKind score, GrowAndPruneState policy) {
        if (hasGoal()) {
            return goal.isReachedBy(candidate, score);
        }
        boolean pruned = policy.cuts() > 0;
        return enabled
                && switch (target.kind()) {
                    case "fixed" -> candidate.cost() <= target.wer();
                    case "near-best" ->
                            pruned && candidate.cost() <= policy.bestScore() + target.tolerance();
                    default -> pruned;
                };
    }

    /**
     * Of those networks that are compact, whether the most accurate one is wanted and not the
     * smallest.
     */
    boolean wantsAccuracy() {
        return hasGoal() && !goal.isScore();
    }

    /**
     * The configuration of the policy for a run.
     *
     * @param epochs of the whole run
     * @param score the kind that decides
     * @param fixedWeights gate weights that the policy may not change
     */
    GrowAndPruneConfig config(int epochs, ScoreKind score, long fixedWeights) {
        return enabled
                ? config(
                        epochs,
                        goal.isScore()
                                ? new ScoreTarget.Fixed(score.cost(goal.value()))
                                : target.score(),
                        geometry,
                        seedDensity,
                        keepRecurrentDiagonal,
                        growth,
                        settleEpochs,
                        pruning(pruning, size(goal, pruning, fixedWeights)),
                        pruning.groupLasso())
                : GrowAndPruneConfig.dense(epochs);
    }

    private static TargetSize size(GoalSettings goal, PruningSettings pruning, long fixedWeights) {
        if (!goal.isWeights()) {
            return TargetSize.ofDensity(pruning.targetDensity())
                    .withOutputDensity(pruning.outputDensity());
        }
        long most = (long) goal.value() - fixedWeights;
        if (most < 1) {
            throw new IllegalArgumentException(
                    ("growAndPrune.goal.value of %,d gate weights cannot be reached: %,d of them are in"
                                    + " matrices that growAndPrune.geometry keeps dense")
                            .formatted((long) goal.value(), fixedWeights));
        }
        return TargetSize.ofWeights(most);
    }

    private static GrowAndPruneConfig config(
            int epochs,
            ScoreTarget score,
            GeometryByKind geometry,
            double seedDensity,
            boolean keepRecurrentDiagonal,
            GrowthSettings growth,
            int settleEpochs,
            Pruning pruning,
            double groupLasso) {
        return new GrowAndPruneConfig(
                epochs,
                score,
                geometry.byKind(),
                seedDensity,
                new Growth(
                        GrowthScore.valueOf(growth.score().toUpperCase(Locale.ROOT)),
                        growth.gradientBatches(),
                        growth.share(),
                        growth.interval(),
                        growth.maxEvents(),
                        growth.densityCap(),
                        growth.movedShare()),
                settleEpochs,
                pruning,
                keepRecurrentDiagonal,
                groupLasso);
    }

    private static Pruning pruning(PruningSettings settings, TargetSize target) {
        return switch (settings.method()) {
            case "iterative" ->
                    new Pruning.Iterative(
                            settings.share(),
                            settings.minimumShare(),
                            settings.retrainEpochs(),
                            target);
            case "gradual" ->
                    new Pruning.Gradual(settings.epochs(), settings.retrainEpochs(), target);
            default -> new Pruning.None();
        };
    }
}
