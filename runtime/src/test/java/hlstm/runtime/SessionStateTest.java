package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** States as bytes: read back as they were, or refused. */
final class SessionStateTest {
    private final SessionState state = new SessionState(77, new float[] {1, -2.5f, 0});

    @Test
    void bytesReadBack() {
        SessionState back = SessionState.fromBytes(state.toBytes());
        assertEquals(state, back);
        assertEquals(77, back.model());
        assertArrayEquals(new float[] {1, -2.5f, 0}, back.toArray());
        assertEquals(
                "HLSS",
                new String(state.toBytes(), 0, 4, java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void everyDamageIsRefused() {
        byte[] good = state.toBytes();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IllegalArgumentException.class, () -> SessionState.fromBytes(cut));
        }
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalArgumentException.class, () -> SessionState.fromBytes(bad));
        }
    }

    @Test
    void messagesSayWhat() {
        byte[] version = state.toBytes();
        version[4] = 2;
        refused("session state: the version: expected 1, found 2", version);
        ByteBuffer count = ByteBuffer.wrap(state.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        count.putInt(16, Integer.MAX_VALUE);
        refused("the number of bytes: expected 8589934612, found 36", count.array());
        count.putInt(16, -1);
        refused("the number of bytes: expected 20, found 36", count.array());
        refused("expected at least 24 bytes, found 3", new byte[3]);
    }

    private static void refused(String message, byte[] bytes) {
        var e = assertThrows(IllegalArgumentException.class, () -> SessionState.fromBytes(bytes));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
