package hlstm.trainer.run;

import java.util.List;

/**
 * What a run is to reach: the trainer prunes until it is reached, and keeps the best network that
 * reaches it. That is the most accurate one where the goal is a size, and the smallest one where it
 * is a score.
 *
 * @param kind {@code none}; {@code weights}: at most so many gate weights; {@code score}: the
 *     task's score on the development set in percent, at most where it is an error rate, else at
 *     least; {@code latency}: at most so many microseconds for what {@link TimedWork} says,
 *     measured on this machine
 * @param value in the unit of the kind
 */
public record GoalSettings(String kind, double value) {
    static final String NONE = "none";
    static final String WEIGHTS = "weights";
    static final String SCORE = "score";
    static final String LATENCY = "latency";
    static final List<String> KINDS = List.of(NONE, WEIGHTS, SCORE, LATENCY);

    /** Checks the value. */
    public GoalSettings {
        boolean weights = kind.equals(WEIGHTS);
        if ((weights || kind.equals(LATENCY)) && !(value > 0)) {
            throw new IllegalArgumentException(
                    "growAndPrune.goal.value must be above 0 for the kind %s, found %s"
                            .formatted(kind, value));
        }
        if (weights && value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    "growAndPrune.goal.value must be a whole number of weights, found " + value);
        }
    }

    /** Whether there is a goal. */
    boolean exists() {
        return !kind.equals(NONE);
    }

    boolean isWeights() {
        return kind.equals(WEIGHTS);
    }

    boolean isScore() {
        return kind.equals(SCORE);
    }

    boolean isLatency() {
        return kind.equals(LATENCY);
    }

    /** Whether a network reaches the goal; false if there is none. */
    boolean isReachedBy(Candidate candidate, ScoreKind score) {
        return switch (kind) {
            case WEIGHTS -> candidate.weights() <= value;
            case SCORE -> candidate.cost() <= score.cost(value);
            case LATENCY -> candidate.latencyMicros() != null && candidate.latencyMicros() <= value;
            default -> false;
        };
    }
}
