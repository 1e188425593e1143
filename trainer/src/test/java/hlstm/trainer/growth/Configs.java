package hlstm.trainer.growth;

import hlstm.sparse.Geometry;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.Map;

/** Configurations that the tests vary. */
final class Configs {
    static final ScoreTarget NO_TARGET = new ScoreTarget.None();
    static final Map<Kind, Geometry> PLAIN = gates(Geometry.PLAIN);
    static final Map<Kind, Geometry> BANKED = gates(Geometry.BANKED_8);
    static final Growth GROWTH = new Growth(GrowthScore.GRADIENT, 2, 0.1, 2, 3, 1, 0.05);
    static final Pruning ITERATIVE = new Pruning.Iterative(0.2, 0.04, 3, TargetSize.ofDensity(0.1));
    static final Pruning GRADUAL = new Pruning.Gradual(4, 3, TargetSize.ofDensity(0.1));

    private Configs() {}

    static Map<Kind, Geometry> gates(Geometry geometry) {
        return Map.of(Kind.INPUT, geometry, Kind.RECURRENT, geometry, Kind.HIDDEN, geometry);
    }

    /** Seed of density 0.2, growth by {@link #GROWTH} and two epochs to settle. */
    static GrowAndPruneConfig growAndPrune(
            int epochs, ScoreTarget target, Map<Kind, Geometry> geometries, Pruning pruning) {
        return new GrowAndPruneConfig(epochs, target, geometries, 0.2, GROWTH, 2, pruning, false);
    }

    /** Dense for two epochs, then pruned. */
    static GrowAndPruneConfig pruningOnly(
            int epochs, ScoreTarget target, Map<Kind, Geometry> geometries, Pruning pruning) {
        return new GrowAndPruneConfig(
                epochs, target, geometries, 1, Growth.none(), 2, pruning, false);
    }
}
