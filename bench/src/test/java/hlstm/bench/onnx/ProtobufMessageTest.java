package hlstm.bench.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of the documentation of Protocol Buffers, and the ends of the ranges. */
class ProtobufMessageTest {
    private static String hex(ProtobufMessage message) {
        return HexFormat.ofDelimiter(" ").formatHex(message.toByteArray());
    }

    @Test
    void writesIntegers() {
        assertEquals("08 96 01", hex(new ProtobufMessage().integer(1, 150)));
        assertEquals("08 00", hex(new ProtobufMessage().integer(1, 0)));
        assertEquals("08 7f", hex(new ProtobufMessage().integer(1, 127)));
        assertEquals("08 80 01", hex(new ProtobufMessage().integer(1, 128)));
        assertEquals("08 ff ff ff ff ff ff ff ff ff 01", hex(new ProtobufMessage().integer(1, -1)));
    }

    @Test
    void writesNumbersOfFieldsThatTakeTwoBytes() {
        assertEquals("a0 01 02", hex(new ProtobufMessage().integer(20, 2)));
    }

    @Test
    void writesText() {
        assertEquals("12 07 74 65 73 74 69 6e 67", hex(new ProtobufMessage().text(2, "testing")));
        assertEquals("12 00", hex(new ProtobufMessage().text(2, "")));
    }

    @Test
    void writesNestedMessages() {
        ProtobufMessage inner = new ProtobufMessage().integer(1, 150);
        assertEquals("1a 03 08 96 01", hex(new ProtobufMessage().message(3, inner)));
    }
}
