package hlstm.trainer.run;

/**
 * Which states of a run are worth keeping: the most accurate, and for grow-and-prune the smallest
 * that is good enough, or the most accurate of those that reach a goal of size or speed.
 */
final class ModelSelection {
    private final boolean wantsAccuracy;
    private Candidate accurate;
    private Candidate compact;
    private int withoutGain;

    /** A selection without candidates, of the smallest that is eligible. */
    ModelSelection() {
        this(false);
    }

    /**
     * A selection without candidates.
     *
     * @param wantsAccuracy whether of those that are eligible the most accurate is wanted, not the
     *     smallest
     */
    ModelSelection(boolean wantsAccuracy) {
        this.wantsAccuracy = wantsAccuracy;
    }

    /** Goes on from where another selection of the same settings was. */
    void resume(Candidate accurate, Candidate compact, int withoutGain) {
        this.accurate = accurate;
        this.compact = compact;
        this.withoutGain = withoutGain;
    }

    /**
     * Takes a candidate if it is the best in either respect, and says whether it is. Of equal ones
     * the last is the best: where nothing has been learnt yet, it has come furthest.
     *
     * @param eligible whether it may be called compact
     */
    boolean offer(Candidate candidate, boolean eligible) {
        boolean gain = candidate.isMoreAccurateThan(accurate);
        boolean better = candidate.isAsAccurateAs(accurate);
        boolean smaller =
                eligible
                        && (wantsAccuracy
                                ? candidate.isAsAccurateAs(compact)
                                : candidate.isAsCompactAs(compact));
        withoutGain = gain ? 0 : withoutGain + 1;
        accurate = better ? candidate : accurate;
        compact = smaller ? candidate : compact;
        return better || smaller;
    }

    /** The most accurate; null before the first. */
    Candidate accurate() {
        return accurate;
    }

    /** The best of those that are eligible; null if none is. */
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
