package hlstm.bench.peers;

import hlstm.runtime.Model;
import hlstm.runtime.ModelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model of this project. */
public final class HlstmPeer implements Peer {
    private final Model model;
    private final int steps;

    private HlstmPeer(Model model, int steps) {
        this.model = model;
        this.steps = steps;
    }

    /**
     * A model as a service would load it: written to a file and read back.
     *
     * @param steps 1 to take steps with a state, more to take sequences of so many
     * @throws IOException if there is no room for temporary files
     */
    public static HlstmPeer of(ModelBuilder builder, int steps) throws IOException {
        Path file = Files.createTempFile("hlstm-bench", ".safetensors");
        try {
            builder.write(file);
            return new HlstmPeer(Model.load(file), steps);
        } finally {
            Files.deleteIfExists(file);
        }
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
        return steps == 1 ? new HlstmStepStream(model) : new HlstmSequenceStream(model, steps);
    }
}
