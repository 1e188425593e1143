package hlstm.bench;

import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;

/** The row blocks that suit the registers of this machine. */
public final class LaneBlocks {
    private LaneBlocks() {}

    /**
     * Blocks of 32 rows where a register holds 16 floats, else of 16: a block then fills two or
     * more registers, and what it costs to fetch an input is shared among them.
     */
    public static Geometry ofThisMachine() {
        return ofBits(KernelProviders.get().report().vectorBits());
    }

    static Geometry ofBits(int vectorBits) {
        return vectorBits >= 512 ? Geometry.ROWS_32 : Geometry.ROWS_16;
    }
}
