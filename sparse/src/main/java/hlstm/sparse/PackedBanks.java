package hlstm.sparse;

import java.util.Arrays;

/**
 * A sparse matrix of geometry {@link Geometry#BANKED_8}. A slot holds one weight for each of 8
 * rows, and each row's place in a window of 8 inputs, so that a kernel loads the window once and
 * permutes it in a register. Where two neighbouring groups of 8 rows have slots with the same
 * window, these are a slot of 16 rows ({@link BankPairs}): half as many loads for the same weights,
 * and a whole register of 512 bits.
 *
 * <p>The window of the last bank is moved to end with the last column, so that it never reaches
 * beyond the inputs; only matrices of fewer than 8 columns have a shorter window.
 */
final class PackedBanks extends PackedMatrix {
    /** Rows of a tile, and columns of a bank. */
    static final int SIZE = 8;

    /** Rows of a pair of groups. */
    static final int PAIR = 2 * SIZE;

    /** Bits of a place; the highest of them is 0. */
    static final int PLACE_BITS = 4;

    /** Where the slots of each pair of groups begin, and the end. */
    final int[] pairOffsets;

    /** The first column of each slot's window. */
    final int[] pairWindows;

    /**
     * The places of each slot of 16 rows, {@value #PLACE_BITS} bits a row: those of even rows in
     * the lower half, those of odd rows in the upper one, each from the lowest bits up.
     */
    final long[] pairPlaces;

    /** Where the slots of each group of 8 rows begin that stay alone, and the end. */
    final int[] groupOffsets;

    /** The first column of each slot's window. */
    final int[] windows;

    /** The places of each slot of 8 rows, {@value #PLACE_BITS} bits a row, the lowest first. */
    final int[] groupPlaces;

    /**
     * The weights of the slots of 16 rows, row after row, then those of 8, from {@link
     * #valuesOffset} on.
     */
    final float[] values;

    /** Where the first weight lies in {@link #values}. */
    final int valuesOffset;

    /**
     * Once more each weight's place, from 0 on: scalar kernels read bytes in less time than they
     * shift.
     */
    final byte[] places;

    /** Weights before the first slot of 8 rows. */
    final int singles;

    private final SparsityPattern pattern;
    private final int firstRow;

    /** The rows [fromRow, toRow) of another. */
    private PackedBanks(PackedBanks whole, int fromRow, int toRow) {
        super(toRow - fromRow, whole.columns());
        pattern = whole.pattern;
        firstRow = whole.firstRow + fromRow;
        pairOffsets =
                Arrays.copyOfRange(whole.pairOffsets, fromRow / PAIR, blocks(toRow, PAIR) + 1);
        pairWindows = whole.pairWindows;
        pairPlaces = whole.pairPlaces;
        groupOffsets =
                Arrays.copyOfRange(whole.groupOffsets, fromRow / SIZE, blocks(toRow, SIZE) + 1);
        windows = whole.windows;
        groupPlaces = whole.groupPlaces;
        values = whole.values;
        valuesOffset = whole.valuesOffset;
        places = whole.places;
        singles = whole.singles;
    }

    private PackedBanks(SparseMatrix matrix, WeightPool pool) {
        super(matrix.rows(), matrix.columns());
        pattern = matrix.pattern();
        firstRow = 0;
        BankPairs pairs = BankPairs.of(pattern);
        int groups = blocks(rows(), SIZE);
        pairOffsets = new int[blocks(rows(), PAIR) + 1];
        for (int pair = 0; pair < pairOffsets.length - 1; pair++) {
            pairOffsets[pair + 1] = pairOffsets[pair] + pairs.paired(2 * pair);
        }
        groupOffsets = new int[groups + 1];
        for (int group = 0; group < groups; group++) {
            groupOffsets[group + 1] = groupOffsets[group] + pairs.single(group);
        }
        int pairSlots = pairOffsets[pairOffsets.length - 1];
        int slots = groupOffsets[groups];
        pairWindows = new int[pairSlots];
        pairPlaces = new long[pairSlots];
        windows = new int[slots];
        groupPlaces = new int[slots];
        singles = pairSlots * PAIR;
        WeightPool.Room room = pool.room((long) singles + (long) slots * SIZE);
        values = room.array();
        valuesOffset = room.offset();
        places = new byte[singles + slots * SIZE];
        for (int row = 0; row < rows(); row++) {
            place(row, pairs, matrix.values());
        }
    }

    static PackedBanks of(SparseMatrix matrix, WeightPool pool) {
        return new PackedBanks(matrix, pool);
    }

    /** Puts the weights of a row at their places. */
    private void place(int row, BankPairs pairs, float[] weights) {
        int lastWindow = Math.max(0, columns() - SIZE);
        int first = pattern.rowOffset(row);
        int group = row / SIZE;
        int pairSlot = pairOffsets[row / PAIR];
        int slot = groupOffsets[group];
        for (int k = 0; k < pattern.rowOffset(row + 1) - first; k++) {
            int column = pattern.column(first + k);
            int window = Math.min(column / SIZE * SIZE, lastWindow);
            int place = column - window;
            int at;
            if (pairs.isPaired(group, k)) {
                int lane = row % PAIR;
                pairWindows[pairSlot] = window;
                pairPlaces[pairSlot] |=
                        (long) place << lane % 2 * Integer.SIZE + lane / 2 * PLACE_BITS;
                at = pairSlot++ * PAIR + lane;
            } else {
                int lane = row % SIZE;
                windows[slot] = window;
                groupPlaces[slot] |= place << lane * PLACE_BITS;
                at = singles + slot++ * SIZE + lane;
            }
            places[at] = (byte) place;
            values[valuesOffset + at] = weights[first + k];
        }
    }

    @Override
    public int rowGroup() {
        return PAIR;
    }

    @Override
    PackedBanks checkedSlice(int fromRow, int toRow) {
        return new PackedBanks(this, fromRow, toRow);
    }

    @Override
    public SparseMatrix unpack() {
        SparsityPattern own = pattern.slice(firstRow, firstRow + rows());
        BankPairs pairs = BankPairs.of(pattern);
        float[] unpacked = new float[own.nonzeros()];
        for (int row = 0; row < rows(); row++) {
            int first = own.rowOffset(row);
            int group = (firstRow + row) / SIZE;
            int pairSlot = pairOffsets[row / PAIR];
            int slot = groupOffsets[row / SIZE];
            for (int k = 0; k < own.rowOffset(row + 1) - first; k++) {
                int at =
                        pairs.isPaired(group, k)
                                ? pairSlot++ * PAIR + row % PAIR
                                : singles + slot++ * SIZE + row % SIZE;
                unpacked[first + k] = values[valuesOffset + at];
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
        return (pairOffsets[pairOffsets.length - 1] - pairOffsets[0]) * PAIR
                + (groupOffsets[groupOffsets.length - 1] - groupOffsets[0]) * SIZE;
    }
}
