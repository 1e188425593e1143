package hlstm.trainer.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;

/**
 * A network that a run may end with: the state kept after an epoch. Scores are kept as {@linkplain
 * ScoreKind#cost costs}, so that smaller ones are better in every task.
 *
 * @param epoch after which it was kept
 * @param weights connections of its gate matrices
 * @param connections those of its gates, attention and output together, all of which grow-and-prune
 *     may change; null in checkpoints of earlier versions
 * @param cost that of the first score on the development set, which decides
 * @param tieBreak that of the second one
 * @param latencyMicros of the exported model; null if the run does not measure it
 */
record Candidate(
        int epoch,
        long weights,
        Long connections,
        // Checkpoints of earlier versions, which knew only speech, have the aliases.
        @JsonAlias("wer") double cost,
        @JsonAlias("cer") double tieBreak,
        Double latencyMicros) {
    /** A candidate whose latency is not measured, with no connections but those of its gates. */
    Candidate(int epoch, long weights, double cost, double tieBreak) {
        this(epoch, weights, weights, cost, tieBreak, null);
    }

    static Candidate of(
            int epoch,
            long weights,
            long connections,
            Scores scores,
            List<ScoreKind> kinds,
            Double latencyMicros) {
        return new Candidate(
                epoch,
                weights,
                connections,
                kinds.get(0).cost(scores.first()),
                kinds.get(1).cost(scores.second()),
                latencyMicros);
    }

    /** The scores as they were measured. */
    Scores scores(List<ScoreKind> kinds) {
        return new Scores(kinds.get(0).cost(cost), kinds.get(1).cost(tieBreak));
    }

    /** Whether it has better scores. */
    boolean isMoreAccurateThan(Candidate other) {
        return other == null
                || cost < other.cost
                || cost == other.cost && tieBreak < other.tieBreak;
    }

    /** Whether it has better scores, or the same after more training. */
    boolean isAsAccurateAs(Candidate other) {
        return isMoreAccurateThan(other) || cost == other.cost && tieBreak == other.tieBreak;
    }

    /** Whether it is smaller, or as small and as accurate. */
    boolean isAsCompactAs(Candidate other) {
        if (other == null) {
            return true;
        }
        boolean known = connections != null && other.connections != null;
        int size =
                known
                        ? Long.compare(connections, other.connections)
                        : Long.compare(weights, other.weights);
        return size < 0 || size == 0 && isAsAccurateAs(other);
    }
}
