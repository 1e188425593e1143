package hlstm.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.bench.LstmStack;
import hlstm.bench.LstmStack.Direction;
import hlstm.bench.RandomArrays;
import hlstm.bench.onnx.FloatLstm;
import hlstm.bench.onnx.OnnxLstm;
import hlstm.runtime.Directions;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime, given the same weights, computes what our own runtime does. */
class OnnxPeerTest {
    private static final int INPUTS = 7;
    private static final int WIDTH = 12;
    private static final float CLOSE = 1e-4f;

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 2"})
    void stepsWithAState(int layers, int threads) throws Exception {
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, layers, false, 1);
        float[] x = RandomArrays.gaussian(20 * INPUTS, 2);
        try (Peer peer = Available.orSkip(() -> OnnxPeer.float32(stack, 1, threads));
                PeerStream onnx = peer.newStream()) {
            PeerStream ours = HlstmPeer.of(stack.model(), 1, 1).newStream();
            for (int from = 0; from < x.length; from += INPUTS) {
                float[] in = Arrays.copyOfRange(x, from, from + INPUTS);
                assertArrayEquals(ours.run(in), onnx.run(in), CLOSE, "step at " + from);
            }
        }
    }

    @Test
    void streamsOfOneModelHaveStatesOfTheirOwn() throws Exception {
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, 2, false, 1);
        float[] x = RandomArrays.gaussian(INPUTS, 2);
        try (Peer peer = Available.orSkip(() -> OnnxPeer.float32(stack, 1, 1));
                PeerStream one = peer.newStream();
                PeerStream other = peer.newStream()) {
            float[] first = one.run(x).clone();
            one.run(x);
            assertArrayEquals(first, other.run(x));
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
        try (Peer peer = Available.orSkip(() -> OnnxPeer.float32(stack, steps, 1));
                PeerStream onnx = peer.newStream()) {
            PeerStream ours = HlstmPeer.of(stack.model(), steps, 1).newStream();
            assertArrayEquals(ours.run(x), onnx.run(x), CLOSE, "the first time");
            assertArrayEquals(ours.run(x), onnx.run(x), CLOSE, "again, from zeros on");
        }
    }

    @Test
    void knowsTheSizeOfAModel() throws Exception {
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, 2, false, 1);
        int weights = 4 * WIDTH * (INPUTS + WIDTH) + 4 * WIDTH * (WIDTH + WIDTH);
        try (Peer peer = Available.orSkip(() -> OnnxPeer.float32(stack, 1, 1))) {
            assertEquals(weights, peer.weights());
            assertEquals(HlstmPeer.of(stack.model(), 1, 1).weights(), peer.weights());
            assertTrue(peer.modelBytes() > 4 * weights, () -> peer.modelBytes() + " bytes");
        }
    }

    /**
     * With weights of -1, 0 and 1 and inputs of 0 and 1 int8 is exact, so that only h is rounded,
     * by half of a 255th of its range, and the error of the second step can be bounded.
     */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void int8RoundsNoMoreThanItMust(boolean bidirectional) throws Exception {
        int perRow = 2;
        LstmStack stack = signs(bidirectional, perRow);
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[2 * INPUTS];
        for (int k = 0; k < x.length; k++) {
            x[k] = k % INPUTS == 0 ? 1 : random.nextInt(2);
        }
        double rounding = 0.5 * 2 / 255;
        double gate = perRow * rounding; // error of a pre-activation
        double cell = gate * (0.25 + 0.25 + 1); // by f, whose c is below 1, by i, and by g
        double bound = cell + 0.25 * gate;
        try (Peer peer = Available.orSkip(() -> OnnxPeer.int8(stack, 2, 1));
                PeerStream onnx = peer.newStream()) {
            float[] expected = HlstmPeer.of(stack.model(), 2, 1).newStream().run(x);
            float[] found = onnx.run(x);
            double allowed = (bidirectional ? 2 : 1) * bound + CLOSE;
            assertArrayEquals(expected, found, (float) allowed);
            assertTrue(stack.weights() < peer.modelBytes(), () -> peer.modelBytes() + " bytes");
        }
    }

    @Test
    void aBidirectionalStackHasNoSteps() {
        LstmStack stack = LstmStack.random(INPUTS, WIDTH, 1, true, 1);
        assertThrows(IllegalArgumentException.class, () -> OnnxLstm.step(stack, new FloatLstm()));
    }

    /** One layer whose rows have a few weights of -1 or 1 and zeros. */
    private static LstmStack signs(boolean bidirectional, int perRow) {
        SplittableRandom random = new SplittableRandom(5);
        Direction[] directions = new Direction[bidirectional ? 2 : 1];
        for (int d = 0; d < directions.length; d++) {
            directions[d] =
                    new Direction(
                            INPUTS,
                            signs(INPUTS, perRow, random),
                            signs(WIDTH, perRow, random),
                            new float[4 * WIDTH]);
        }
        return new LstmStack(
                INPUTS,
                WIDTH,
                bidirectional ? Directions.SUMMED : Directions.FORWARD,
                List.of(List.of(directions)));
    }

    private static float[] signs(int columns, int perRow, SplittableRandom random) {
        float[] values = new float[4 * WIDTH * columns];
        for (int row = 0; row < 4 * WIDTH; row++) {
            for (int k = 0; k < perRow; k++) {
                values[row * columns + random.nextInt(columns)] = random.nextBoolean() ? 1 : -1;
            }
        }
        return values;
    }
}
