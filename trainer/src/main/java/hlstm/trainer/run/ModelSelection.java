package hlstm.trainer.run;

/**
 * Which states of a run are worth keeping: the most accurate, and for grow-and-prune the smallest
 * that meets the target; without a target the most accurate of the smallest.
 */
final class ModelSelection {
    private final boolean bySize;
    private final double target;
    private Candidate accurate;
    private Candidate compact;
    private int withoutGain;

    /**
     * A selection without candidates.
     *
     * @param bySize whether small networks are wanted
     * @param target word error rate in percent that a small one must meet; 0 is none
     */
    ModelSelection(boolean bySize, double target) {
        this.bySize = bySize;
        this.target = target;
    }

    /** Goes on from where another selection of the same settings was. */
    void resume(Candidate accurate, Candidate compact, int withoutGain) {
        this.accurate = accurate;
        this.compact = compact;
        this.withoutGain = withoutGain;
    }

    /**
     * Takes a candidate if it is the best in either respect, and says whether it is.
     *
     * @param pruned whether connections have been cut; before that, without a target score, nothing
     *     says that a small network is any good
     */
    boolean offer(Candidate candidate, boolean pruned) {
        boolean better = candidate.isMoreAccurateThan(accurate);
        boolean smaller =
                bySize
                        && (target > 0 ? candidate.wer() <= target : pruned)
                        && candidate.isMoreCompactThan(compact);
        withoutGain = better ? 0 : withoutGain + 1;
        accurate = better ? candidate : accurate;
        compact = smaller ? candidate : compact;
        return better || smaller;
    }

    /** The most accurate; null before the first. */
    Candidate accurate() {
        return accurate;
    }

    /** The smallest that meets the target; null if none does, or size does not matter. */
    Candidate compact() {
        return compact;
    }

    /** The one that the run is for; the most accurate where none meets the target. */
    Candidate chosen() {
        return compact == null ? accurate : compact;
    }

    /** Candidates since the most accurate one. */
    int withoutGain() {
        return withoutGain;
    }
}
