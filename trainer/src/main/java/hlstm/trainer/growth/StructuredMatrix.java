package hlstm.trainer.growth;

import hlstm.sparse.BankRewiring;
import hlstm.sparse.ConnectionFilter;
import hlstm.sparse.Geometry;
import hlstm.sparse.PatternGrowth;
import hlstm.sparse.PatternPruning;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import it.unimi.dsi.fastutil.HashCommon;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A parameter whose structure changes within a geometry. */
final class StructuredMatrix {
    private static final PruningScore PRUNING_SCORE = PruningScore.MAGNITUDE;

    private final Parameter parameter;
    private final Geometry geometry;
    private final ConnectionFilter kept;
    private final long seed;

    /**
     * @param kept connections that are never pruned or moved
     * @param seed of all random choices for this matrix
     */
    StructuredMatrix(Parameter parameter, Geometry geometry, ConnectionFilter kept, long seed) {
        this.parameter = parameter;
        this.geometry = geometry;
        this.kept = kept;
        this.seed = seed;
    }

    /** What the parameter is to the network. */
    Parameter.Kind kind() {
        return parameter.kind();
    }

    /** All elements, connected or not. */
    long elements() {
        return (long) parameter.rows() * parameter.columns();
    }

    /** Connections that exist. */
    long weights() {
        return parameter.values().length;
    }

    /** Connections above a density. */
    long weightsAbove(double density) {
        return weights() - (long) Math.floor(density * elements());
    }

    /** Whether connections may move at no cost at run time; a dense matrix has nowhere to. */
    boolean isMovable() {
        return geometry == Geometry.BANKED_8 && parameter.isSparse();
    }

    void plant(SparseSeed sparseSeed) {
        sparseSeed.plant(parameter, geometry, random(0));
    }

    /**
     * Keeps the connections that there are.
     *
     * @throws IllegalArgumentException if they are not of this geometry
     */
    void adopt() {
        SparsityPattern pattern = parameter.pattern();
        if (pattern == null || pattern.geometry() == geometry) {
            return;
        }
        if (geometry != Geometry.PLAIN) {
            throw new IllegalArgumentException(
                    "%s has connections in %s, which cannot become %s"
                            .formatted(parameter.name(), pattern.geometry(), geometry));
        }
        parameter.restructure(pattern.asPlain());
    }

    /** Lets the layer gather the dense gradient from now on. */
    void gatherGradient() {
        if (parameter.denseGradient() == null) {
            parameter.setDenseGradient(new float[Math.toIntExact(elements())]);
        }
    }

    /** The proximal step of the group lasso; see {@link GroupLasso}. */
    void shrink(float amount) {
        GroupLasso.shrink(parameter, geometry, amount);
    }

    void dropGradient() {
        parameter.setDenseGradient(null);
    }

    /**
     * Moves connections, then wakes dormant ones: in this order, since those that wake weigh 0 and
     * would be the first to move.
     */
    void grow(Growth growth, int event) {
        long wanted =
                Math.min(
                        (long) Math.ceil(growth.share() * elements()),
                        -weightsAbove(growth.densityCap()));
        float[] scores = growth.score().scores(parameter, random(event));
        explained(
                () -> {
                    move(scores, growth.movedShare());
                    if (wanted > 0) {
                        parameter.restructure(
                                PatternGrowth.grow(parameter.pattern(), scores, wanted));
                    }
                });
    }

    /**
     * Removes connections, then moves some of those left, though not to where one has just gone.
     *
     * @param weights to remove; none if not positive
     * @param moving whether connections may move, if the geometry lets them
     */
    void prune(long weights, Growth growth, boolean moving, int event) {
        if (weights <= 0) {
            return;
        }
        boolean movable = moving && isMovable() && growth.movedShare() > 0;
        explained(
                () -> {
                    SparsityPattern before = parameter.pattern();
                    parameter.restructure(
                            PatternPruning.prune(
                                    before == null ? full() : before,
                                    PRUNING_SCORE.scores(parameter),
                                    weights,
                                    kept));
                    if (movable) {
                        float[] scores = growth.score().scores(parameter, random(event));
                        for (int row = 0; row < before.rows(); row++) {
                            for (int k = before.rowOffset(row);
                                    k < before.rowOffset(row + 1);
                                    k++) {
                                scores[row * before.columns() + before.column(k)] = 0;
                            }
                        }
                        move(scores, growth.movedShare());
                    }
                });
    }

    private void move(float[] scores, double share) {
        long moves = (long) Math.floor(share * weights());
        if (isMovable() && moves > 0) {
            parameter.restructure(
                    BankRewiring.rewire(
                            parameter.pattern(),
                            PRUNING_SCORE.scores(parameter),
                            scores,
                            moves,
                            kept));
        }
    }

    private SparsityPattern full() {
        return SparsityPattern.full(parameter.rows(), parameter.columns(), geometry);
    }

    /** Random choices depend on the seed, the matrix and the number of the event alone. */
    private RandomGenerator random(int event) {
        return new SplittableRandom(HashCommon.murmurHash3(seed + event));
    }

    /** Adds the name of the matrix to what went wrong: weights or gradients that diverged. */
    private void explained(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "cannot change the structure of %s: %s"
                            .formatted(parameter.name(), e.getMessage()),
                    e);
        }
    }
}
