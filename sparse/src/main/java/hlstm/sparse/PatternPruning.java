package hlstm.sparse;

import java.util.Arrays;

/**
 * Removes the weakest connections within the geometry of a pattern. What goes at a time is one
 * connection (plain), one column of a block of rows, or one slot of an 8 x 8 tile, in which each
 * row gives up its weakest connection. Several connections that go together are scored by the root
 * of the sum of their squared magnitudes. Ties go to the first position, row before column.
 * Stateless; linear in the number of elements of the dense matrix.
 */
public final class PatternPruning {
    private PatternPruning() {}

    /**
     * Removes the connections of smallest magnitude.
     *
     * @param magnitudes one for each connection in CSR order, finite and not negative: |w|
     * @param weights how many connections to remove; exceeded by less than one block or slot, not
     *     reached only if nothing is left that may go
     * @return a pattern of the same shape and geometry, all of its connections from this one
     * @throws IllegalArgumentException if the magnitudes are too few or many, negative, NaN or
     *     infinite
     */
    public static SparsityPattern prune(SparsityPattern pattern, float[] magnitudes, long weights) {
        return prune(pattern, magnitudes, weights, ConnectionFilter.NONE);
    }

    /**
     * As above, but keeps some connections: a row block that holds one stays, and a tile keeps as
     * many slots as its row with the most of them.
     */
    public static SparsityPattern prune(
            SparsityPattern pattern, float[] magnitudes, long weights, ConnectionFilter kept) {
        PatternScores.checkMagnitudes(pattern, magnitudes);
        PatternScores.checkCount("connections to remove", weights);
        if (weights == 0) {
            return pattern;
        }
        float[] candidates = new float[pattern.rows() * pattern.columns()];
        Arrays.fill(candidates, Float.NaN);
        int[] columns = pattern.columnIndicesShared();
        for (int row = 0; row < pattern.rows(); row++) {
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                if (!kept.holds(row, columns[k])) {
                    candidates[row * pattern.columns() + columns[k]] = magnitudes[k];
                }
            }
        }
        return new PatternAtoms(pattern, candidates, false).toggle(weights);
    }
}
