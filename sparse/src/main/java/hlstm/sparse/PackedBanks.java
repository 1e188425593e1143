package hlstm.sparse;

import java.util.Arrays;

/**
 * A sparse matrix of geometry {@link Geometry#BANKED_8}. A slot holds one weight for each of 8
 * rows, and each row's place in a window of 8 inputs, so that a kernel loads the window once and
 * permutes it in a register.
 *
 * <p>The window of the last bank is moved to end with the last column, so that it never reaches
 * beyond the inputs; only matrices of fewer than 8 columns have a shorter window.
 */
final class PackedBanks extends PackedMatrix {
    /** Rows of a tile, and columns of a bank. */
    static final int SIZE = 8;

    /** Bits of a place; the highest of them is 0. */
    static final int PLACE_BITS = 4;

    /** Where the slots of each group of 8 rows begin, and the end. */
    final int[] groupOffsets;

    /** The first column of each slot's window. */
    final int[] windows;

    /** {@code places[slot * SIZE + row in group]}: which input of the window the row takes. */
    final byte[] places;

    /**
     * The places of each slot once more, {@value #PLACE_BITS} bits a row, the lowest for the first.
     * Vector kernels spread an int over a register in less time than they widen bytes; scalar ones
     * read bytes in less time than they shift.
     */
    final int[] packedPlaces;

    /** {@code values[valuesOffset + slot * SIZE + row in group]}. */
    final float[] values;

    /** Where the first weight lies in {@link #values}. */
    final int valuesOffset;

    private final SparsityPattern pattern;
    private final int firstRow;

    private PackedBanks(
            SparsityPattern pattern,
            int firstRow,
            int toRow,
            int[] groupOffsets,
            int[] windows,
            byte[] places,
            int[] packedPlaces,
            float[] values,
            int valuesOffset) {
        super(toRow - firstRow, pattern.columns());
        this.firstRow = firstRow;
        this.pattern = pattern;
        this.groupOffsets = groupOffsets;
        this.windows = windows;
        this.places = places;
        this.packedPlaces = packedPlaces;
        this.values = values;
        this.valuesOffset = valuesOffset;
    }

    static PackedBanks of(SparseMatrix matrix, WeightPool pool) {
        SparsityPattern pattern = matrix.pattern();
        int[] groupOffsets = TileOffsets.of(pattern, SIZE);
        int slots = groupOffsets[groupOffsets.length - 1];
        int[] windows = new int[slots];
        WeightPool.Room room = pool.room((long) slots * SIZE);
        float[] values = room.array();
        byte[] places = new byte[slots * SIZE];
        int[] packedPlaces = new int[slots];
        int lastWindow = Math.max(0, pattern.columns() - SIZE);
        for (int row = 0; row < pattern.rows(); row++) {
            int first = pattern.rowOffset(row);
            int start = groupOffsets[row / SIZE];
            for (int k = 0; k < pattern.rowOffset(row + 1) - first; k++) {
                int column = pattern.column(first + k);
                int window = Math.min(column / SIZE * SIZE, lastWindow);
                int slot = start + k;
                int lane = row % SIZE;
                windows[slot] = window;
                places[slot * SIZE + lane] = (byte) (column - window);
                packedPlaces[slot] |= column - window << lane * PLACE_BITS;
                values[room.offset() + slot * SIZE + lane] = matrix.values()[first + k];
            }
        }
        return new PackedBanks(
                pattern,
                0,
                pattern.rows(),
                groupOffsets,
                windows,
                places,
                packedPlaces,
                values,
                room.offset());
    }

    @Override
    public int rowGroup() {
        return SIZE;
    }

    @Override
    PackedBanks checkedSlice(int fromRow, int toRow) {
        int[] offsets = Arrays.copyOfRange(groupOffsets, fromRow / SIZE, blocks(toRow, SIZE) + 1);
        return new PackedBanks(
                pattern,
                firstRow + fromRow,
                firstRow + toRow,
                offsets,
                windows,
                places,
                packedPlaces,
                values,
                valuesOffset);
    }

    @Override
    public SparseMatrix unpack() {
        SparsityPattern own = pattern.slice(firstRow, firstRow + rows());
        float[] unpacked = new float[own.nonzeros()];
        for (int row = 0; row < rows(); row++) {
            int first = own.rowOffset(row);
            int start = groupOffsets[row / SIZE];
            for (int k = 0; k < own.rowOffset(row + 1) - first; k++) {
                unpacked[first + k] = values[valuesOffset + (start + k) * SIZE + row % SIZE];
            }
        }
        return new SparseMatrix(own, unpacked);
    }

    @Override
    public int weights() {
        return pattern.rowOffset(firstRow + rows()) - pattern.rowOffset(firstRow);
    }

    @Override
    public int storedValues() {
        return (groupOffsets[groupOffsets.length - 1] - groupOffsets[0]) * SIZE;
    }
}
