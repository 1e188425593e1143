package hlstm.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.bench.LstmStack;
import hlstm.bench.RandomArrays;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On two threads a model computes what it does on one, with a team that is closed with it. */
class HlstmPeerTest {
    private static final int INPUTS = 64;

    @ParameterizedTest
    @CsvSource({"1, false", "5, false", "5, true"})
    void twoThreadsGiveTheSameBits(int steps, boolean bidirectional) throws Exception {
        LstmStack stack = LstmStack.random(INPUTS, 128, 2, bidirectional, 1);
        float[] x = RandomArrays.gaussian(steps * INPUTS, 2);
        PeerStream one = HlstmPeer.of(stack.model(), steps, 1).newStream();
        HlstmPeer pair = HlstmPeer.of(stack.model(), steps, 2);
        PeerStream two = pair.newStream();
        for (int k = 0; k < 3; k++) {
            assertArrayEquals(Arrays.copyOf(one.run(x), steps * 128), two.run(x));
        }
        pair.close();
        assertThrows(IllegalStateException.class, () -> two.run(x), "the team is closed");
    }
}
