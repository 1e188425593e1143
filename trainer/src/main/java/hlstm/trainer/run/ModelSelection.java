package hlstm.trainer.run;

/**
 * Which states of a run are worth keeping: the most accurate, and for grow-and-prune the smallest
 * that is good enough.
 */
final class ModelSelection {
    private Candidate accurate;
    private Candidate compact;
    private int withoutGain;

    /** A selection without candidates. */
    ModelSelection() {}

    /** Goes on from where another selection of the same settings was. */
    void resume(Candidate accurate, Candidate compact, int withoutGain) {
        this.accurate = accurate;
        this.compact = compact;
        this.withoutGain = withoutGain;
    }

    /**
     * Takes a candidate if it is the best in either respect, and says whether it is.
     *
     * @param eligible whether it may be called compact
     */
    boolean offer(Candidate candidate, boolean eligible) {
        boolean better = candidate.isMoreAccurateThan(accurate);
        boolean smaller = eligible && candidate.isMoreCompactThan(compact);
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
