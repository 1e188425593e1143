package hlstm.trainer.growth;

import hlstm.sparse.ConnectionFilter;
import hlstm.sparse.Geometry;
import hlstm.trainer.growth.GrowAndPruneState.Phase;
import hlstm.trainer.growth.PolicyEvent.Type;
import hlstm.trainer.layers.Parameter;
import it.unimi.dsi.fastutil.HashCommon;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Grow-and-prune training (Dai, Yin, Jha 2018) as a policy beside the optimiser: a state machine
 * that the training loop drives, and that changes the patterns of the parameters.
 *
 * <pre>
 *     GROW    every interval wakes connections, until the target score, the cap or the last event
 *     SETTLE  trains on with plain rectifiers, until the target score
 *     PRUNE   cuts and retrains, or cuts by a schedule
 *     RETRAIN (after a schedule, or when the structure is called small enough)
 *     DONE
 * </pre>
 *
 * <p>The loop calls {@link #prepare} once in a fresh run, {@link #adopt} in one that begins with a
 * trained network, or {@link #resume} in one that goes on; {@link #beforeBatch} before every batch
 * and {@link #afterBatch} after its step; {@link #afterEpoch} when an epoch has been scored. At the
 * ends of epochs {@link #state} holds all that is not in the parameters themselves. Random choices
 * depend on the seed and the number of the event alone. Not safe to share among threads.
 */
public final class GrowAndPrune {
    private final GrowAndPruneConfig config;
    private final List<StructuredMatrix> matrices = new ArrayList<>();
    private final long elements;
    private final List<PolicyEvent> log = new ArrayList<>();

    private Phase phase;
    private int epoch;
    private int phaseEpochs;
    private int growthEvents;
    private int events;
    private double share;
    private double startDensity;
    private int cuts;
    private double bestScore = Double.MAX_VALUE;

    /**
     * A policy at its start.
     *
     * @param parameters of the network; those of the configured kinds change their structure
     * @param seed of all random choices
     * @throws IllegalArgumentException if the configuration names kinds and no parameter is of one
     */
    public GrowAndPrune(GrowAndPruneConfig config, List<Parameter> parameters, long seed) {
        this.config = config;
        for (Parameter parameter : parameters) {
            Geometry geometry = config.geometries().get(parameter.kind());
            if (geometry != null) {
                boolean keeps =
                        config.keepRecurrentDiagonal()
                                && parameter.kind() == Parameter.Kind.RECURRENT;
                matrices.add(
                        new StructuredMatrix(
                                parameter,
                                geometry,
                                keeps
                                        ? ConnectionFilter.stackedDiagonals(parameter.columns())
                                        : ConnectionFilter.NONE,
                                HashCommon.murmurHash3(seed) + ((long) matrices.size() << 32)));
            }
        }
        if (matrices.isEmpty() && !config.geometries().isEmpty()) {
            throw new IllegalArgumentException(
                    "no parameter is of the kinds %s that are to grow and be pruned"
                            .formatted(config.geometries().keySet()));
        }
        elements = matrices.stream().mapToLong(StructuredMatrix::elements).sum();
        phase = config.growth().maxEvents() > 0 ? Phase.GROW : Phase.SETTLE;
        share = config.pruning() instanceof Pruning.Iterative iterative ? iterative.share() : 0;
    }

    /** Plants the sparse seed in freshly initialised dense matrices: once, before any training. */
    public List<PolicyEvent> prepare() {
        if (epoch > 0) {
            throw new IllegalStateException(
                    "the seed is planted before training, not after epoch " + epoch);
        }
        log.clear();
        if (config.seedDensity() < 1) {
            long before = weights();
            SparseSeed seed = new SparseSeed(config.seedDensity());
            matrices.forEach(matrix -> matrix.plant(seed));
            report(Type.SEED, "of density " + config.seedDensity(), before);
        }
        swapWhereNothingGrows();
        return List.copyOf(log);
    }

    /**
     * Begins with the connections of a trained network in place of a seed: once, before any
     * training.
     *
     * @param score of that network, the smaller the better
     * @throws IllegalArgumentException if connections are not of the geometries of the
     *     configuration; the message names the matrix
     */
    public List<PolicyEvent> adopt(double score) {
        if (epoch > 0) {
            throw new IllegalStateException(
                    "a trained network is taken over before training, not after epoch " + epoch);
        }
        log.clear();
        matrices.forEach(StructuredMatrix::adopt);
        bestScore = score;
        swapWhereNothingGrows();
        return List.copyOf(log);
    }

    private void swapWhereNothingGrows() {
        if (phase == Phase.SETTLE && !(config.pruning() instanceof Pruning.None)) {
            report(Type.SWAP_ACTIVATION, "nothing grows", weights());
        }
    }

    /**
     * Goes on from where another policy of the same configuration, seed and parameters was.
     *
     * @param state what its {@link #state} gave after the epoch from which the parameters are
     * @throws IllegalArgumentException if this configuration never comes into the state's phase
     */
    public void resume(GrowAndPruneState state) {
        boolean reachable =
                switch (state.phase()) {
                    case GROW -> config.growth().maxEvents() > 0;
                    case PRUNE, RETRAIN -> !(config.pruning() instanceof Pruning.None);
                    case SETTLE, DONE -> true;
                };
        if (!reachable) {
            throw new IllegalArgumentException(
                    "cannot go on in phase %s with %s and %s: go on with the recipe of the checkpoint"
                            .formatted(state.phase(), config.growth(), config.pruning()));
        }
        phase = state.phase();
        epoch = state.epoch();
        phaseEpochs = state.phaseEpochs();
        growthEvents = state.growthEvents();
        events = state.events();
        share = state.share();
        startDensity = state.startDensity();
        cuts = state.cuts();
        bestScore = state.bestScore();
    }

    /** All that must be kept to {@link #resume}; complete between epochs. */
    public GrowAndPruneState state() {
        return new GrowAndPruneState(
                phase,
                epoch,
                phaseEpochs,
                growthEvents,
                events,
                share,
                startDensity,
                cuts,
                bestScore);
    }

    /** What training is in. */
    public Phase phase() {
        return phase;
    }

    /** Connections of the matrices whose structure changes. */
    public long weights() {
        return matrices.stream().mapToLong(StructuredMatrix::weights).sum();
    }

    /** Connections over elements of the matrices whose structure changes; 1 if there are none. */
    public double density() {
        return elements == 0 ? 1 : (double) weights() / elements;
    }

    /** Whether training may be over at the end of the present epoch, before the last of all. */
    public boolean mayEndAfterEpoch() {
        return switch (phase) {
            case GROW, DONE -> false;
            case SETTLE, PRUNE -> config.pruning() instanceof Pruning.Iterative && isCutPossible();
            case RETRAIN -> phaseEpochs + 1 >= config.pruning().retrainEpochs();
        };
    }

    /**
     * Before each batch: lets the matrices gather their dense gradient where it will be wanted.
     *
     * @param batch number of the batch in its epoch, from 0
     * @param batches batches of the epoch
     */
    public void beforeBatch(int batch, int batches) {
        if (batch < batches - config.growth().gradientBatches()
                || config.growth().score() != GrowthScore.GRADIENT
                || epoch + 1 >= config.epochs()) {
            return;
        }
        boolean growing = phase == Phase.GROW && isGrowthDue(phaseEpochs + 1);
        boolean moving = config.growth().movedShare() > 0 && (growing || isCutPossible());
        for (StructuredMatrix matrix : matrices) {
            if (growing || moving && matrix.isMovable()) {
                matrix.gatherGradient();
            }
        }
    }

    /**
     * After the optimiser's step of each batch: draws the weights that pruning will cut to zero.
     *
     * @param learningRate of the step, which scales the pull
     */
    public void afterBatch(double learningRate) {
        if (config.groupLasso() == 0 || phase != Phase.SETTLE && phase != Phase.PRUNE) {
            return;
        }
        float amount = (float) (learningRate * config.groupLasso());
        matrices.forEach(matrix -> matrix.shrink(amount));
    }

    /**
     * After each epoch: changes the structure if it is time to.
     *
     * @param score of the epoch, the smaller the better; {@link Double#POSITIVE_INFINITY} if it was
     *     not scored, which meets no target and rolls nothing back
     * @param good where to keep and find the last good state
     * @return what was done, in order; empty if training just goes on
     * @throws IllegalArgumentException if the score is NaN
     * @throws IllegalStateException if training is over, or if weights or gradients have diverged
     */
    public List<PolicyEvent> afterEpoch(double score, GoodState good) {
        return afterEpoch(score, false, good);
    }

    /**
     * As above, where something else than the score may end pruning.
     *
     * @param smallEnough whether the structure as it is needs no more cuts: they end, and
     *     retraining begins
     */
    public List<PolicyEvent> afterEpoch(double score, boolean smallEnough, GoodState good) {
        if (phase == Phase.DONE) {
            throw new IllegalStateException("training was over after epoch " + epoch);
        }
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException(
                    "the score of epoch %d is NaN: training has diverged".formatted(epoch));
        }
        log.clear();
        epoch++;
        phaseEpochs++;
        if (cuts == 0) {
            bestScore = Math.min(bestScore, score);
        }
        boolean met = isMet(score);
        if (epoch >= config.epochs()) {
            endOfBudget(met, good);
        } else {
            switch (phase) {
                case GROW -> growOrSettle(met);
                case SETTLE -> beginPruning(met, smallEnough, good);
                case PRUNE -> {
                    if (smallEnough) {
                        enter(Phase.RETRAIN);
                    } else {
                        prune(score, met, good);
                    }
                }
                case RETRAIN -> retrain();
                case DONE -> throw new AssertionError(phase);
            }
        }
        matrices.forEach(StructuredMatrix::dropGradient);
        return List.copyOf(log);
    }

    private boolean isMet(double score) {
        return switch (config.targetScore()) {
            case ScoreTarget.None none -> false;
            case ScoreTarget.Fixed fixed -> score <= fixed.score();
            case ScoreTarget.NearBest near ->
                    phase != Phase.GROW && score <= bestScore + near.tolerance();
        };
    }

    private void growOrSettle(boolean met) {
        if (met) {
            settle("target score met");
        } else if (isGrowthDue(phaseEpochs)) {
            long before = weights();
            growthEvents++;
            events++;
            matrices.forEach(matrix -> matrix.grow(config.growth(), events));
            phaseEpochs = 0;
            report(
                    Type.GROW,
                    "event %d of at most %d".formatted(growthEvents, config.growth().maxEvents()),
                    before);
        } else if (phaseEpochs >= config.growth().interval()) {
            settle(isGrown() ? "density cap reached" : "last growth event passed");
        }
    }

    private void settle(String reason) {
        enter(Phase.SETTLE);
        report(Type.SWAP_ACTIVATION, reason, weights());
    }

    private void beginPruning(boolean met, boolean smallEnough, GoodState good) {
        if (phaseEpochs < config.settleEpochs()) {
            return;
        }
        if (smallEnough && !(config.pruning() instanceof Pruning.None)) {
            enter(Phase.RETRAIN);
            return;
        }
        switch (config.pruning()) {
            case Pruning.None none -> {}
            case Pruning.Iterative iterative -> {
                if (met || !config.hasTarget()) {
                    enter(Phase.PRUNE);
                    accept(iterative, good);
                }
            }
            case Pruning.Gradual gradual -> {
                startDensity = density();
                enter(Phase.PRUNE);
                cutBySchedule(gradual);
            }
        }
    }

    private void prune(double score, boolean met, GoodState good) {
        switch (config.pruning()) {
            case Pruning.None none -> throw new AssertionError(none);
            case Pruning.Iterative iterative -> {
                boolean timeIsUp = phaseEpochs >= iterative.retrainEpochs();
                if (met || timeIsUp && !config.hasTarget()) {
                    accept(iterative, good);
                } else if (timeIsUp && score < Double.POSITIVE_INFINITY) {
                    rollBack(good, "target score missed");
                    share /= 2;
                    if (share < iterative.minimumShare()) {
                        finish("no cut of at least %s is left".formatted(iterative.minimumShare()));
                    } else {
                        // The dense gradient is that of the state given up, no guide for moves.
                        cut(iterative, false);
                    }
                }
            }
            case Pruning.Gradual gradual -> cutBySchedule(gradual);
        }
    }

    private void accept(Pruning.Iterative iterative, GoodState good) {
        if (config.hasTarget()) {
            good.keep();
        }
        cut(iterative, true);
    }

    private void cut(Pruning.Iterative iterative, boolean moving) {
        TargetSize target = iterative.target();
        double end = target.densityOf(elements);
        if (matrices.stream().allMatch(matrix -> weightsAboveEnd(matrix, end, target) <= 0)) {
            finish("target size reached");
            return;
        }
        long before = weights();
        cuts++;
        events++;
        for (StructuredMatrix matrix : matrices) {
            long wanted = (long) Math.ceil(share * matrix.weights());
            matrix.prune(
                    Math.min(wanted, weightsAboveEnd(matrix, end, target)),
                    config.growth(),
                    moving,
                    events);
        }
        phaseEpochs = 0;
        if (weights() == before) {
            finish("nothing is left that may be pruned");
        } else {
            report(Type.PRUNE, "cut %d, share %s".formatted(cuts, share), before);
        }
    }

    private void cutBySchedule(Pruning.Gradual gradual) {
        long before = weights();
        cuts++;
        events++;
        TargetSize target = gradual.target();
        // What is at its end already stays as it is, whatever the density of the others.
        double end = target.densityOf(elements);
        for (StructuredMatrix matrix : matrices) {
            double own = target.densityOf(matrix.kind(), end);
            double density = gradual.density(Math.max(startDensity, own), own, cuts);
            matrix.prune(matrix.weightsAbove(density), config.growth(), true, events);
        }
        report(Type.PRUNE, "cut %d of %d".formatted(cuts, gradual.epochs()), before);
        if (cuts == gradual.epochs()) {
            enter(Phase.RETRAIN);
        }
    }

    /** Connections to cut from a matrix in all, where gate matrices are to reach a density. */
    private static long weightsAboveEnd(StructuredMatrix matrix, double gates, TargetSize target) {
        return matrix.weightsAbove(target.densityOf(matrix.kind(), gates));
    }

    private void retrain() {
        if (phaseEpochs >= config.pruning().retrainEpochs()) {
            finish("retrained at the target size");
        }
    }

    /** The final state is one that meets the target, if any does. */
    private void endOfBudget(boolean met, GoodState good) {
        boolean judged =
                phase == Phase.PRUNE
                        && config.pruning() instanceof Pruning.Iterative
                        && config.hasTarget();
        if (judged && met) {
            good.keep();
        } else if (judged) {
            rollBack(good, "target score not met again");
        }
        finish("epoch budget spent in phase " + phase.name().toLowerCase(Locale.ROOT));
    }

    private void rollBack(GoodState good, String reason) {
        long before = weights();
        good.restore();
        report(Type.ROLL_BACK, reason, before);
    }

    private void finish(String reason) {
        enter(Phase.DONE);
        report(Type.FINISH, reason, weights());
    }

    private void enter(Phase next) {
        phase = next;
        phaseEpochs = 0;
    }

    private void report(Type type, String detail, long before) {
        log.add(new PolicyEvent(type, detail, before, weights(), density()));
    }

    private boolean isGrowthDue(int epochsSince) {
        return epochsSince >= config.growth().interval()
                && growthEvents < config.growth().maxEvents()
                && !isGrown();
    }

    private boolean isGrown() {
        double cap = config.growth().densityCap();
        return matrices.stream().allMatch(matrix -> matrix.weightsAbove(cap) >= 0);
    }

    /** Whether connections may be pruned, and then move, at the end of the present epoch. */
    private boolean isCutPossible() {
        boolean settled = phase == Phase.SETTLE && phaseEpochs + 1 >= config.settleEpochs();
        return switch (config.pruning()) {
            case Pruning.None none -> false;
            case Pruning.Gradual gradual -> settled || phase == Phase.PRUNE;
            case Pruning.Iterative iterative ->
                    settled
                            || phase == Phase.PRUNE
                                    && (config.hasTarget()
                                            || phaseEpochs + 1 >= iterative.retrainEpochs());
        };
    }
}
