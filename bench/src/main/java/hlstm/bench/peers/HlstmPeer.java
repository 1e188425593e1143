package hlstm.bench.peers;

import hlstm.runtime.Model;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.Session;
import hlstm.runtime.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model of this project, on the calling thread or on a team of threads. */
public final class HlstmPeer implements Peer {
    private final Model model;
    private final int steps;

    /** Null where the calling thread works alone. */
    private final ThreadTeam team;

    private HlstmPeer(Model model, int steps, ThreadTeam team) {
        this.model = model;
        this.steps = steps;
        this.team = team;
    }

    /**
     * A model as a service would load it: written to a file and read back.
     *
     * @param steps 1 to take steps with a state, more to take sequences of so many
     * @param threads that compute one step
     * @throws IOException if there is no room for temporary files
     */
    public static HlstmPeer of(ModelBuilder builder, int steps, int threads) throws IOException {
        Path file = Files.createTempFile("hlstm-bench", ".safetensors");
        try {
            builder.write(file);
            Model model = Model.load(file);
            return new HlstmPeer(model, steps, threads == 1 ? null : new ThreadTeam(threads));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * A model that takes steps.
     *
     * @param team to share each step with, closed with this; null to work on the calling thread
     */
    public static HlstmPeer of(Model model, ThreadTeam team) {
        return new HlstmPeer(model, 1, team);
    }

    /** The model. */
    public Model model() {
        return model;
    }

    @Override
    public long weights() {
        return model.recurrentWeights();
    }

    @Override
    public long modelBytes() {
        return model.fileBytes().orElseThrow();
    }

    @Override
    public PeerStream newStream() {
        Session session = team == null ? model.newSession() : model.newSession(team);
        return steps == 1 ? new HlstmStepStream(session) : new HlstmSequenceStream(session, steps);
    }

    @Override
    public void close() {
        if (team != null) {
            team.close();
        }
    }
}
