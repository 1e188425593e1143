package hlstm.bench.peers;

import hlstm.runtime.Captioner;
import hlstm.runtime.Model;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.search.BeamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A captioner of this project, on the calling thread; a run is a caption. */
public final class HlstmCaptionPeer implements Peer {
    private final Model model;
    private final BeamSettings beam;
    private final int mostWords;

    /**
     * A captioner as a service would load it: written to a file and read back.
     *
     * @param mostWords of a caption
     * @throws IOException if there is no room for temporary files
     */
    public HlstmCaptionPeer(ModelBuilder builder, BeamSettings beam, int mostWords)
            throws IOException {
        Path file = Files.createTempFile("hlstm-bench", ".safetensors");
        try {
            builder.write(file);
            model = Model.load(file);
        } finally {
            Files.deleteIfExists(file);
        }
        this.beam = beam;
        this.mostWords = mostWords;
    }

    @Override
    public long weights() {
        return model.recurrentWeights();
    }

    @Override
    public long modelBytes() {
        return model.fileBytes().orElseThrow();
    }

    /** Its runs take the features of an image and give the logarithm of the best probability. */
    @Override
    public PeerStream newStream() {
        Captioner captioner = new Captioner(model, beam, mostWords);
        float[] result = new float[1];
        return features -> {
            result[0] = (float) captioner.captions(features).getFirst().logProbability();
            return result;
        };
    }
}
