package hlstm.bench.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import hlstm.bench.TranslatorStack;
import hlstm.bench.peers.ForcedTranslation;
import hlstm.bench.peers.OnnxTranslatorPeer;
import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import hlstm.bench.peers.PeerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslationBenchmarkTest {
    private static final TranslationShape SMALL = new TranslationShape(8, 2, 8, 300, 5, 3);

    @Test
    void allRuntimesLookAtTheSourceAlike() throws IOException {
        TranslatorStack stack = TranslatorStack.random(12, 6, 8, 2, 5);
        float[] first = {3, 7, 11, 0, 5, 1, 4, 9};
        float[] second = {10, 4, 4, 6, 8, 1, 3, 5};
        try (Peer ours = new ForcedTranslation(stack.model(), 5);
                Peer onnx = onnx(stack);
                PeerStream our = ours.newStream();
                PeerStream other = onnx.newStream()) {
            assertEquals(stack.weights(), ours.weights());
            for (float[] input : List.of(first, second, first)) {
                float[] expected = our.run(input).clone();
                assertEquals(3 * 5, expected.length);
                // Shares of at most 1 after some 50 sums in single precision.
                assertArrayEquals(expected, other.run(input), 2e-5f);
            }
        }
    }

    private static Peer onnx(TranslatorStack stack) {
        try {
            return new OnnxTranslatorPeer(stack, 5);
        } catch (PeerUnavailableException e) {
            return abort(e.getMessage());
        }
    }

    @Test
    void everyVocabularyGivesARowOfEachRuntime() throws IOException {
        TranslationResult result =
                new TranslationBenchmark(
                                SMALL, Duration.ofMillis(1), Duration.ofMillis(1), line -> {})
                        .run(List.of(5, 12));
        int runtimes = result.rows().size() / 2;
        assertTrue(runtimes >= 3);
        assertEquals(result.rows().get(0).weights(), result.rows().get(1).weights());
        assertEquals(5, result.rows().get(0).tokens());
        assertEquals(12, result.rows().get(runtimes).tokens());
        assertEquals(1, result.ratio(result.rows().get(runtimes)));
        TranslationRow dense = result.rows().get(2);
        assertEquals(2 * 4 * 4 * 12 * 2 + 4 * 8 * 24 + 4 * 8 * 16, dense.weights());
        assertEquals(dense.p50Micros() / 3, dense.p50MicrosPerToken());
        assertEquals(dense.p99Micros() / 3, dense.p99MicrosPerToken());
        assertTrue(result.text().contains("dense stack"), result::text);
    }
}
