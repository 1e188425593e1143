package hlstm.runtime;

import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import java.util.Objects;

/**
 * Speech recognition: sound becomes features, the network gives a score for each symbol at each
 * step, and CTC decoding reads the text off.
 *
 * @param features how sound becomes the network's input
 * @param alphabet the symbols of the network's outputs
 */
public record SpeechTask(FeatureSpec features, Alphabet alphabet) implements TaskSpec {
    /** Checks that both are there. */
    public SpeechTask {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(alphabet, "alphabet");
    }

    @Override
    public String kind() {
        return "speech";
    }
}
