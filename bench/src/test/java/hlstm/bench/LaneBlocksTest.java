package hlstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.sparse.Geometry;
import org.junit.jupiter.api.Test;

class LaneBlocksTest {
    @Test
    void blocksFillTwoRegistersOrMore() {
        assertEquals(Geometry.ROWS_32, LaneBlocks.ofBits(512));
        assertEquals(Geometry.ROWS_16, LaneBlocks.ofBits(256));
        assertEquals(Geometry.ROWS_16, LaneBlocks.ofBits(128));
        assertEquals(Geometry.ROWS_16, LaneBlocks.ofBits(0));
    }
}
