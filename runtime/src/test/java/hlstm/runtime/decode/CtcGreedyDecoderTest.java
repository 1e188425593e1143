package hlstm.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.AllocatedBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class CtcGreedyDecoderTest {
    private final CtcGreedyDecoder decoder = new CtcGreedyDecoder(Alphabet.of("AB"));

    /** Logits whose largest is at the given symbol of each step. */
    private static float[] path(int symbols, int... best) {
        float[] logits = new float[best.length * symbols];
        for (int step = 0; step < best.length; step++) {
            for (int symbol = 0; symbol < symbols; symbol++) {
                logits[step * symbols + symbol] = symbol == best[step] ? -1 : -2 - symbol;
            }
        }
        return logits;
    }

    @Test
    void mergesRepeatsAndLeavesBlanksOut() {
        assertEquals("", decoder.decode(path(3, 0, 0, 0), 3));
        assertEquals("A", decoder.decode(path(3, 1, 1, 1), 3));
        assertEquals("AA", decoder.decode(path(3, 1, 0, 1), 3));
        assertEquals("ABA", decoder.decode(path(3, 0, 1, 1, 2, 1, 1, 0), 7));
        assertEquals("ABB", decoder.decode(path(3, 1, 2, 2, 0, 2), 5));
        assertEquals("", decoder.decode(new float[0], 0));
    }

    @Test
    void ofEqualSymbolsTheFirstWins() {
        assertEquals("", decoder.decode(new float[] {0, 0, 0}, 1));
        assertEquals("A", decoder.decode(new float[] {-1, 0, 0}, 1));
        float[] impossible = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, -5};
        assertEquals("B", decoder.decode(impossible, 1));
    }

    @Test
    void readsOtherLayouts() {
        float[] rows = path(3, 1, 0, 2, 2);
        float[] lanes = new float[2 * rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            lanes[1 + 2 * i] = rows[i];
        }
        StringBuilder text = new StringBuilder(">");
        decoder.decode(lanes, 1, 4, 6, 2, text);
        assertEquals(">AB", text.toString());
    }

    @Test
    void decodingIntoAPreparedTextAllocatesNothing() {
        float[] logits = path(3, 1, 0, 2, 2, 1);
        StringBuilder text = new StringBuilder(100);
        Runnable decoding =
                () -> {
                    for (int k = 0; k < 1_000; k++) {
                        text.setLength(0);
                        decoder.decode(logits, 0, 5, 3, 1, text);
                    }
                };
        // Linking and compiling allocate now and then; an allocation of ours would show each time.
        long least = Long.MAX_VALUE;
        for (int trial = 0; trial < 20; trial++) {
            least = Math.min(least, AllocatedBytes.of(decoding));
        }
        assertEquals(0, least);
        assertEquals("ABA", text.toString());
    }

    @Test
    void theBlankMayBeAnySymbol() {
        CtcGreedyDecoder last = new CtcGreedyDecoder(new Alphabet(List.of("A", "B", "-"), 2));
        assertEquals("BA", last.decode(path(3, 1, 2, 2, 0, 0), 5));
    }

    @Test
    void wrongShapesAreRefused() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> decoder.decode(new float[5], 2));
        assertTrue(refusal.getMessage().contains("6 elements, found 5"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> decoder.decode(new float[3], -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> decoder.decode(new float[3], 1, 1, 3, 1, new StringBuilder()));
        assertThrows(
                IllegalArgumentException.class,
                () -> decoder.decode(new float[9], 0, 2, 1 << 30, 1 << 30, new StringBuilder()));
    }

    @Test
    void notANumberIsRefused() {
        for (int symbol = 0; symbol < 3; symbol++) {
            float[] logits = path(3, 1, 2);
            logits[3 + symbol] = Float.NaN;
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> decoder.decode(logits, 2));
            assertTrue(refusal.getMessage().contains("step 1"), refusal.getMessage());
        }
    }
}
