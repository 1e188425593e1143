package hlstm.sparse;

import java.util.Arrays;

/**
 * What a pattern can gain or lose at a time. An atom is one connection (plain), one column of a
 * block of rows, or one slot of a banked tile: a connection of each row of the tile.
 *
 * <p>All three are one case. Take a tile of {@code tileRows x tileColumns}, and in each of its rows
 * the candidates best first. The j-th atom of the tile is the j-th candidate of every row. Where a
 * tile has one column, that is the column itself. So a matrix has at most {@code columns} atoms for
 * each group of {@code tileRows} rows, whatever its geometry. Within a tile the scores never
 * improve from one atom to the next, and ties go to the first, so the best atoms of a matrix take a
 * prefix of each tile and leave it balanced.
 */
final class PatternAtoms {
    private final SparsityPattern pattern;
    private final int rows;
    private final int columns;
    private final int tileRows;
    private final int tileColumns;
    private final float[] candidates;
    private final boolean largestFirst;
    private final int[] order;

    /**
     * @param candidates a score for each element of the dense matrix, not negative; NaN for a
     *     connection that must stay as it is
     * @param largestFirst whether the largest or the smallest scores are best
     */
    PatternAtoms(SparsityPattern pattern, float[] candidates, boolean largestFirst) {
        this.pattern = pattern;
        this.rows = pattern.rows();
        this.columns = pattern.columns();
        this.tileRows = pattern.geometry().tileRows();
        this.tileColumns = pattern.geometry().tileColumns();
        this.candidates = candidates;
        this.largestFirst = largestFirst;
        this.order = new int[tileColumns];
    }

    /**
     * The pattern with its best atoms toggled: dormant connections wake, existing ones go.
     *
     * @param weights how many connections to toggle; the last atom may exceed them
     */
    SparsityPattern toggle(long weights) {
        boolean[] chosen = new AtomSelection(keys(), rows, tileRows).choose(weights);
        boolean[] mask = mask(pattern);
        for (int first = 0, group = 0; first < rows; first += tileRows, group++) {
            for (int bank = 0; bank < columns; bank += tileColumns) {
                int count = 0;
                for (int j = 0; j < bankWidth(bank); j++) {
                    count += chosen[group * columns + bank + j] ? 1 : 0;
                }
                for (int row = first; count > 0 && row < lastRow(first); row++) {
                    sortCandidates(row, bank);
                    for (int j = 0; j < count; j++) {
                        mask[row * columns + order[j]] ^= true;
                    }
                }
            }
        }
        return fromMask(rows, columns, pattern.geometry(), mask);
    }

    /**
     * The selection key of each atom: root of the sum of the squares of its scores, in the last
     * tiles, which may have fewer rows, as if they had all.
     */
    private int[] keys() {
        int groups = (rows + tileRows - 1) / tileRows;
        int[] keys = new int[groups * columns];
        Arrays.fill(keys, AtomSelection.NONE);
        double[] energy = new double[tileColumns];
        for (int first = 0, group = 0; first < rows; first += tileRows, group++) {
            for (int bank = 0; bank < columns; bank += tileColumns) {
                Arrays.fill(energy, 0);
                int available = tileColumns;
                for (int row = first; row < lastRow(first); row++) {
                    available = Math.min(available, sortCandidates(row, bank));
                    for (int j = 0; j < available; j++) {
                        double score = candidates[row * columns + order[j]];
                        energy[j] += score * score;
                    }
                }
                for (int j = 0; j < available; j++) {
                    double whole = energy[j] * tileRows / (lastRow(first) - first);
                    float score = (float) Math.min(Math.sqrt(whole), Float.MAX_VALUE);
                    keys[group * columns + bank + j] = AtomSelection.key(score, largestFirst);
                }
            }
        }
        return keys;
    }

    /** Fills {@link #order} with the candidate columns of a row and bank, and counts them. */
    private int sortCandidates(int row, int bank) {
        int count = 0;
        for (int column = bank; column < bank + bankWidth(bank); column++) {
            float score = candidates[row * columns + column];
            if (Float.isNaN(score)) {
                continue;
            }
            int place = count++;
            while (place > 0 && isBetter(score, candidates[row * columns + order[place - 1]])) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = column;
        }
        return count;
    }

    private boolean isBetter(float score, float other) {
        return largestFirst ? score > other : score < other;
    }

    private int lastRow(int first) {
        return Math.min(rows, first + tileRows);
    }

    private int bankWidth(int bank) {
        return Math.min(tileColumns, columns - bank);
    }

    /** Whether each element of the dense matrix is a connection, row after row. */
    static boolean[] mask(SparsityPattern pattern) {
        boolean[] mask = new boolean[pattern.rows() * pattern.columns()];
        int[] columns = pattern.columnIndicesShared();
        for (int row = 0; row < pattern.rows(); row++) {
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                mask[row * pattern.columns() + columns[k]] = true;
            }
        }
        return mask;
    }

    /** The pattern of the elements that are connections. */
    static SparsityPattern fromMask(int rows, int columns, Geometry geometry, boolean[] mask) {
        int[] offsets = new int[rows + 1];
        int[] indices = new int[mask.length];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (mask[row * columns + column]) {
                    indices[count++] = column;
                }
            }
            offsets[row + 1] = count;
        }
        return SparsityPattern.wrap(
                rows, columns, geometry, offsets, Arrays.copyOf(indices, count));
    }
}
