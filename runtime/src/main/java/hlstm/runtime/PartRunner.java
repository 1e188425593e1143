package hlstm.runtime;

/**
 * Does the tasks of one session in parts: shared with a team while the session has it, else one
 * after the other on the calling thread.
 */
final class PartRunner {
    private final ThreadTeam team;
    private boolean shared;

    /**
     * For a session.
     *
     * @param team the team, or null to work on the calling thread only
     */
    PartRunner(ThreadTeam team) {
        this.team = team;
    }

    /** The level cut into as many parts as the team can share; as it is without a team. */
    AffineLevel split(AffineLevel level) {
        return team == null ? level : level.split(team.threads(), team.minShare());
    }

    /** Whether this call may share a task of two parts with so many stored weights each. */
    boolean shares(long storedValues) {
        return shared && mayShare(storedValues);
    }

    /** Whether some call may share such a task: this one too, unless the team is busy. */
    boolean mayShare(long storedValues) {
        return team != null && team.threads() > 1 && storedValues >= team.minShare();
    }

    /** Into how many parts this call may share a task that multiplies so many stored weights. */
    int parts(long storedValues) {
        return shared ? Math.clamp(storedValues / team.minShare(), 1, team.threads()) : 1;
    }

    /**
     * Begins a call: takes the team if there is one and it is free.
     *
     * @return whether it has the team, for {@link #end}
     * @throws IllegalStateException if the team is closed
     */
    boolean begin() {
        boolean taken = team != null && team.begin();
        shared = taken;
        return taken;
    }

    /** Ends a call, however it went. */
    void end(boolean taken) {
        shared = false;
        if (taken) {
            team.end();
        }
    }

    /** Does all parts of a task. */
    void run(TeamTask task, int parts) {
        if (shared && parts > 1) {
            team.run(task, parts);
            return;
        }
        for (int part = 0; part < parts; part++) {
            task.run(part);
        }
    }
}
