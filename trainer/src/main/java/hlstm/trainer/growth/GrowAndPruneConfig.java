package hlstm.trainer.growth;

import hlstm.sparse.Geometry;
import hlstm.trainer.layers.Parameter;
import java.util.Map;

/**
 * What a recipe says about structure. The controls are configurations too: no geometries for dense
 * training; seed density 1 and no growth for pruning from dense; {@link GrowthScore#RANDOM} for
 * random growth.
 *
 * @param epochs epoch budget of the whole training
 * @param targetScore the score that decides on cuts and, if fixed, ends growth
 * @param geometries the kinds of matrices whose structure changes, and the geometry of each; all
 *     others stay as they are
 * @param seedDensity density that training starts with, in (0, 1]
 * @param growth how the seed grows
 * @param settleEpochs epochs of training without a change of structure from the end of growth, or
 *     from the start where nothing grows, to pruning; longer until iterative pruning's target score
 *     is met
 * @param pruning how connections go
 * @param keepRecurrentDiagonal whether the connection of a unit to itself is never pruned or moved
 * @param groupLasso strength of the group lasso between growth and the last cut; 0 for none
 */
public record GrowAndPruneConfig(
        int epochs,
        ScoreTarget targetScore,
        Map<Parameter.Kind, Geometry> geometries,
        double seedDensity,
        Growth growth,
        int settleEpochs,
        Pruning pruning,
        boolean keepRecurrentDiagonal,
        double groupLasso) {
    /** Checks the numbers and what goes together. */
    public GrowAndPruneConfig {
        geometries = Map.copyOf(geometries);
        Checks.atLeast("epochs", epochs, 1);
        Checks.share("seedDensity", seedDensity);
        Checks.atLeast("settleEpochs", settleEpochs, 1);
        if (!(groupLasso >= 0 && groupLasso < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("groupLasso must be 0 or more, found " + groupLasso);
        }
        if (groupLasso > 0 && pruning instanceof Pruning.None) {
            throw new IllegalArgumentException(
                    "a group lasso draws to zero what pruning will cut, but nothing is pruned: set"
                            + " groupLasso to 0 or choose a way of pruning");
        }
        if (geometries.containsKey(Parameter.Kind.VECTOR)) {
            throw new IllegalArgumentException("biases and scales have no structure to change");
        }
        if (growth.maxEvents() > 0 && seedDensity >= growth.densityCap()) {
            throw new IllegalArgumentException(
                    "a seed of density %s cannot grow to the cap %s: lower the one or raise the other"
                            .formatted(seedDensity, growth.densityCap()));
        }
        if (pruning instanceof Pruning.Iterative iterative
                && targetScore instanceof ScoreTarget.None
                && iterative.target().isUnlimited()) {
            throw new IllegalArgumentException(
                    "iterative pruning needs a target score or a target size to end at");
        }
        Geometry recurrent = geometries.get(Parameter.Kind.RECURRENT);
        if (keepRecurrentDiagonal
                && recurrent != null
                && recurrent != Geometry.PLAIN
                && recurrent != Geometry.BANKED_8) {
            throw new IllegalArgumentException(
                    ("geometry %s cannot keep the recurrent diagonal without keeping whole square"
                                    + " blocks: use plain or banked8, or do not keep it")
                            .formatted(recurrent));
        }
    }

    /** As above, without a group lasso. */
    public GrowAndPruneConfig(
            int epochs,
            ScoreTarget targetScore,
            Map<Parameter.Kind, Geometry> geometries,
            double seedDensity,
            Growth growth,
            int settleEpochs,
            Pruning pruning,
            boolean keepRecurrentDiagonal) {
        this(
                epochs,
                targetScore,
                geometries,
                seedDensity,
                growth,
                settleEpochs,
                pruning,
                keepRecurrentDiagonal,
                0);
    }

    /** Dense training to the end of the budget. */
    public static GrowAndPruneConfig dense(int epochs) {
        return new GrowAndPruneConfig(
                epochs,
                new ScoreTarget.None(),
                Map.of(),
                1,
                Growth.none(),
                1,
                new Pruning.None(),
                false);
    }

    /** Whether cuts are judged by a score. */
    boolean hasTarget() {
        return !(targetScore instanceof ScoreTarget.None);
    }
}
