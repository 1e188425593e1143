package hlstm.runtime;

import java.time.Duration;
import java.util.Objects;

/**
 * How a model is warmed up by {@link Model#warmUp(WarmUp)}. Immutable; each method gives a changed
 * copy.
 *
 * <pre>{@code
 * model.warmUp(WarmUp.steps());
 * model.warmUp(WarmUp.sequences(100).within(Duration.ofSeconds(20)));
 * }</pre>
 */
public final class WarmUp {
    /** The time after which a warm-up ends unless another is given. */
    public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(1);

    private final int sequenceSteps;
    private final Duration limit;
    private final ThreadTeam team;

    private WarmUp(int sequenceSteps, Duration limit, ThreadTeam team) {
        this.sequenceSteps = sequenceSteps;
        this.limit = limit;
        this.team = team;
    }

    /** By single steps, as {@link Session#step} takes them; not for bidirectional models. */
    public static WarmUp steps() {
        return new WarmUp(0, DEFAULT_LIMIT, null);
    }

    /**
     * By whole sequences, as {@link Session#run} takes them.
     *
     * @param steps length of a sequence; best that of the sequences to come
     * @throws IllegalArgumentException if it is less than 1
     */
    public static WarmUp sequences(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "a sequence to warm up with needs 1 step at least, found " + steps);
        }
        return new WarmUp(steps, DEFAULT_LIMIT, null);
    }

    /**
     * With another time limit. It is looked at after each step or sequence, so that at least one is
     * taken and the last may end late.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public WarmUp within(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a time limit must not be negative, found " + limit);
        }
        return new WarmUp(sequenceSteps, limit, team);
    }

    /** On a team, as a session of {@link Model#newSession(ThreadTeam)} works; it must be free. */
    public WarmUp on(ThreadTeam team) {
        return new WarmUp(sequenceSteps, limit, Objects.requireNonNull(team));
    }

    /** A session to warm up with. */
    Session newSession(Model model) {
        return team == null ? model.newSession() : model.newSession(team);
    }

    /** Steps of a sequence; 0 for single steps. */
    int sequenceSteps() {
        return sequenceSteps;
    }

    /** The time limit in nanoseconds. */
    long limitNanos() {
        return Nanos.of(limit);
    }
}
