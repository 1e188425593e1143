package hlstm.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.bench.CaptionStack;
import hlstm.bench.RandomArrays;
import hlstm.runtime.Captioner;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.search.BeamSettings;
import java.util.DoubleSummaryStatistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime, given the same captioner, writes the captions that our own runtime does. */
class OnnxCaptionPeerTest {
    private static final int FEATURES = 9;
    private static final int WORDS = 40;
    private static final int LENGTH = 6;
    private static final double CLOSE = 1e-3;
    private static final float STRONG = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void writesTheSameCaptions(int beamWidth) throws Exception {
        CaptioningTask task = CaptionStack.task(FEATURES, WORDS);
        CaptionStack stack = CaptionStack.random(task, 16, 3, 1);
        BeamSettings beam = new BeamSettings(beamWidth, 0);
        Captioner ours = new Captioner(stack.model().build(), beam, LENGTH);
        DoubleSummaryStatistics logProbabilities = new DoubleSummaryStatistics();
        try (Peer peer = Available.orSkip(() -> OnnxCaptionPeer.float32(stack, beam, LENGTH));
                PeerStream onnx = peer.newStream()) {
            for (int image = 0; image < 10; image++) {
                float[] features = RandomArrays.gaussian(FEATURES, 10 * image);
                for (int k = 0; k < features.length; k++) {
                    features[k] *= STRONG; // else the first word is all that the state remembers
                }
                var expected = ours.captions(features).getFirst();
                assertEquals(expected.logProbability(), onnx.run(features)[0], CLOSE);
                String found =
                        String.join(
                                " ", task.vocabulary().tokens(((OnnxCaptionStream) onnx).best()));
                assertEquals(expected.text(), found);
                assertEquals(LENGTH, found.split(" ").length, found);
                logProbabilities.accept(expected.logProbability());
            }
            assertEquals(stack.layers().weights(), peer.weights());
        }
        double spread = logProbabilities.getMax() - logProbabilities.getMin();
        assertTrue(spread > 10 * CLOSE, "a lost image would not be seen: " + spread);
    }
}
