package hlstm.sparse;

/** Where the tiles of a pattern whose rows go together begin. */
final class TileOffsets {
    private TileOffsets() {}

    /**
     * The running count of connections of the first row of each group of rows; all rows of a group
     * have as many.
     */
    static int[] of(SparsityPattern pattern, int height) {
        int groups = PackedMatrix.blocks(pattern.rows(), height);
        int[] offsets = new int[groups + 1];
        for (int group = 0; group < groups; group++) {
            int head = group * height;
            offsets[group + 1] =
                    offsets[group] + pattern.rowOffset(head + 1) - pattern.rowOffset(head);
        }
        return offsets;
    }
}
