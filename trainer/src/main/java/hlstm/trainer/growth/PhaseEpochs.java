package hlstm.trainer.growth;

/**
 * How many epochs the phases of grow-and-prune take. Changes of structure come at the ends of
 * epochs, and none at the end of the last one of a run.
 *
 * @param grow epochs to the end of growth, if no target score ends it before
 * @param settle epochs from there to the first cut, if no target score is waited for
 * @param prune epochs from the first cut to the last, if every cut is accepted at the first attempt
 * @param retrain epochs after the last cut
 * @param growthEvents events of growth
 * @param cuts cuts of pruning; 0 if it does not prune, or until a target score is missed
 * @param growthMayEndEarly whether a target score may end growth at any epoch
 * @param gradual whether cuts follow a schedule, and not a score
 */
public record PhaseEpochs(
        long grow,
        long settle,
        long prune,
        long retrain,
        int growthEvents,
        int cuts,
        boolean growthMayEndEarly,
        boolean gradual) {
    /** The phases of a configuration. */
    public static PhaseEpochs of(GrowAndPruneConfig config) {
        Growth growth = config.growth();
        int events = growthEvents(growth, config.seedDensity());
        long grow = growth.maxEvents() == 0 ? 0 : growth.interval() * (events + 1L);
        boolean early = grow > 0 && config.targetScore() instanceof ScoreTarget.Fixed;
        double grown =
                Math.min(
                        events == 0 ? config.seedDensity() : growth.densityCap(),
                        config.seedDensity() + events * growth.share());
        return switch (config.pruning()) {
            case Pruning.None none -> new PhaseEpochs(grow, 0, 0, 0, events, 0, early, false);
            case Pruning.Gradual gradual ->
                    new PhaseEpochs(
                            grow,
                            config.settleEpochs(),
                            gradual.epochs() - 1,
                            gradual.retrainEpochs(),
                            events,
                            gradual.epochs(),
                            early,
                            true);
            case Pruning.Iterative iterative -> {
                int cuts = cuts(iterative, grown);
                yield new PhaseEpochs(
                        grow,
                        config.settleEpochs(),
                        Math.max(0L, cuts - 1L) * iterative.retrainEpochs(),
                        iterative.retrainEpochs(),
                        events,
                        cuts,
                        early,
                        false);
            }
        };
    }

    private static int growthEvents(Growth growth, double seedDensity) {
        // Rounded so that 0.5 - 0.3 is two times 0.1.
        double toTheCap = Math.ceil((growth.densityCap() - seedDensity) / growth.share() - 1e-6);
        return (int) Math.min(growth.maxEvents(), Math.max(0, toTheCap));
    }

    private static int cuts(Pruning.Iterative iterative, double density) {
        double target = iterative.target().density();
        if (target == 0 || iterative.share() == 1) {
            return target == 0 ? 0 : 1;
        }
        double cuts = Math.log(target / density) / Math.log(1 - iterative.share());
        return (int) Math.max(0, Math.ceil(cuts - 1e-6));
    }

    /**
     * The fewest epochs of a run in which the structure comes out as asked for: all growth where
     * nothing is pruned, every cut of a schedule, the first cut where a score decides on the
     * others.
     */
    public long fewest() {
        long grown = growthMayEndEarly ? 1 : grow;
        if (settle > 0) {
            return grown + settle + (gradual ? prune : 0) + 1;
        }
        return growthMayEndEarly || growthEvents == 0
                ? 1
                : grow / (growthEvents + 1) * growthEvents + 1;
    }

    /** Epochs of all phases together. */
    public long total() {
        return grow + settle + prune + retrain;
    }
}
