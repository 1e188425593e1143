package hlstm.sparse;

import java.util.Arrays;

/**
 * Wakes dormant connections within the geometry of a pattern. What wakes at a time is one
 * connection (plain), one column of a block of rows, or one slot of an 8 x 8 tile, in which each
 * row takes its best dormant column of the bank. Several connections that wake together are scored
 * by the root of the sum of their squared scores. Ties go to the first position, row before column,
 * so that equal input gives equal patterns. Stateless; linear in the number of elements.
 */
public final class PatternGrowth {
    private PatternGrowth() {}

    /**
     * Adds the dormant connections of largest score.
     *
     * @param scores {@code rows * columns} row after row, finite and not negative: for instance the
     *     magnitude of the accumulated gradient; those of existing connections do not count
     * @param weights how many connections to add; exceeded by less than one block or slot, not
     *     reached only if the pattern is full
     * @return a pattern of the same shape and geometry that holds every connection of this one
     * @throws IllegalArgumentException if the scores are too few or many, negative, NaN or infinite
     */
    public static SparsityPattern grow(SparsityPattern pattern, float[] scores, long weights) {
        PatternScores.checkScores(pattern, scores);
        PatternScores.checkCount("connections to add", weights);
        if (weights == 0) {
            return pattern;
        }
        float[] candidates = Arrays.copyOf(scores, scores.length);
        int[] columns = pattern.columnIndicesShared();
        for (int row = 0; row < pattern.rows(); row++) {
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                candidates[row * pattern.columns() + columns[k]] = Float.NaN;
            }
        }
        return new PatternAtoms(pattern, candidates, true).toggle(weights);
    }
}
