package hlstm.trainer.run;

/**
 * A network that a run may end with: the state kept after an epoch.
 *
 * @param epoch after which it was kept
 * @param weights connections of its gate matrices
 * @param wer word error rate on the development set, in percent
 * @param cer character error rate on the development set, in percent
 */
record Candidate(int epoch, long weights, double wer, double cer) {
    /** Whether it transcribes better; an earlier one wins a tie. */
    boolean isMoreAccurateThan(Candidate other) {
        return other == null || wer < other.wer || wer == other.wer && cer < other.cer;
    }

    /** Whether it is smaller, or as small and more accurate. */
    boolean isMoreCompactThan(Candidate other) {
        return other == null
                || weights < other.weights
                || weights == other.weights && isMoreAccurateThan(other);
    }
}
