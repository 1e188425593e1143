package hlstm.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.bench.LstmStack;
import hlstm.bench.RandomArrays;
import hlstm.runtime.Directions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch, given the same weights, computes what our own runtime does. */
class TorchPeerTest {
    private static final int INPUTS = 7;
    private static final int WIDTH = 12;
    private static final float CLOSE = 1e-4f;

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 2"})
    void stepsWithAState(int layers, int threads) throws Exception {
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, layers, false, 1);
        float[] x = RandomArrays.gaussian(20 * INPUTS, 2);
        try (Peer peer = Available.orSkip(() -> TorchPeer.of(stack, 1, threads));
                PeerStream torch = peer.newStream()) {
            PeerStream ours = HlstmPeer.of(stack.model(), 1, 1).newStream();
            for (int from = 0; from < x.length; from += INPUTS) {
                float[] in = Arrays.copyOfRange(x, from, from + INPUTS);
                assertArrayEquals(ours.run(in), torch.run(in), CLOSE, "step at " + from);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, FORWARD",
        "2, FORWARD",
        "1, SUMMED",
        "3, SUMMED",
        "1, CONCATENATED",
        "3, CONCATENATED"
    })
    void takesSequences(int layers, Directions directions) throws Exception {
        int steps = 9;
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, layers, directions, 1);
        float[] x = RandomArrays.gaussian(steps * INPUTS, 2);
        try (Peer peer = Available.orSkip(() -> TorchPeer.of(stack, steps, 1));
                PeerStream torch = peer.newStream()) {
            PeerStream ours = HlstmPeer.of(stack.model(), steps, 1).newStream();
            assertArrayEquals(ours.run(x), torch.run(x), CLOSE, "the first time");
            assertArrayEquals(ours.run(x), torch.run(x), CLOSE, "again, from zeros on");
        }
    }

    @Test
    void countsWeightsAndBiases() throws Exception {
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, 2, false, 1);
        int weights = 4 * WIDTH * (INPUTS + WIDTH) + 4 * WIDTH * (WIDTH + WIDTH);
        try (Peer peer = Available.orSkip(() -> TorchPeer.of(stack, 1, 1))) {
            assertEquals(weights, peer.weights());
            assertEquals(4 * (weights + 2 * 4 * WIDTH), peer.modelBytes());
        }
    }
}
