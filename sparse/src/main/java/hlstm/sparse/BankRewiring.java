package hlstm.sparse;

import java.util.Arrays;

/**
 * Moves connections to better columns of their banks. In {@link Geometry#BANKED_8} each row of a
 * tile chooses its own columns, so a move costs nothing at run time and keeps the number of slots.
 * Stateless; linear in the number of elements of the dense matrix.
 *
 * <p>In each row and bank the weakest connection competes with the dormant column of largest growth
 * score. The gain of the move is the score in units of the matrix's root mean square score, less
 * the magnitude in units of its root mean square magnitude: positive where the score is large for
 * this matrix and the weight small. Ties go to the first position.
 */
public final class BankRewiring {
    private BankRewiring() {}

    /**
     * Makes the moves of largest positive gain, at most one in each row and bank.
     *
     * @param magnitudes one for each connection in CSR order, finite and not negative: |w|
     * @param scores {@code rows * columns} growth scores row after row, finite and not negative
     * @param moves how many connections may move
     * @param kept connections that never move
     * @return a pattern of the same shape and geometry with as many connections in every tile
     * @throws IllegalArgumentException if the geometry has no banks, or on magnitudes or scores
     *     that are too few or many, negative, NaN or infinite
     */
    public static SparsityPattern rewire(
            SparsityPattern pattern,
            float[] magnitudes,
            float[] scores,
            long moves,
            ConnectionFilter kept) {
        if (pattern.geometry() != Geometry.BANKED_8) {
            throw new IllegalArgumentException(
                    "only geometry %s has banks to move connections in, found %s"
                            .formatted(Geometry.BANKED_8, pattern.geometry()));
        }
        PatternScores.checkMagnitudes(pattern, magnitudes);
        PatternScores.checkScores(pattern, scores);
        PatternScores.checkCount("moves", moves);
        if (moves == 0 || pattern.nonzeros() == 0) {
            return pattern;
        }
        return new Moves(pattern, magnitudes, scores, kept).apply(moves);
    }

    private static final class Moves {
        private static final int WIDTH = Geometry.BANKED_8.tileColumns();

        private final SparsityPattern pattern;
        private final int banks;
        private final boolean[] mask;
        private final int[] from;
        private final int[] to;
        private final int[] keys;

        Moves(SparsityPattern pattern, float[] magnitudes, float[] scores, ConnectionFilter kept) {
            this.pattern = pattern;
            int columns = pattern.columns();
            banks = (columns + WIDTH - 1) / WIDTH;
            mask = PatternAtoms.mask(pattern);
            from = new int[pattern.rows() * banks];
            to = new int[from.length];
            keys = new int[from.length];
            Arrays.fill(keys, AtomSelection.NONE);
            double typicalMagnitude = rootMeanSquare(magnitudes);
            double typicalScore = rootMeanSquare(scores);
            for (int row = 0; row < pattern.rows(); row++) {
                int k = pattern.rowOffset(row);
                for (int bank = 0; bank < banks; bank++) {
                    int weakest = -1;
                    int best = -1;
                    double magnitude = Double.POSITIVE_INFINITY;
                    double score = 0;
                    int last = Math.min(columns, (bank + 1) * WIDTH);
                    for (int column = bank * WIDTH; column < last; column++) {
                        int element = row * columns + column;
                        if (mask[element]) {
                            if (magnitudes[k] < magnitude && !kept.holds(row, column)) {
                                weakest = element;
                                magnitude = magnitudes[k];
                            }
                            k++;
                        } else if (scores[element] > score) {
                            best = element;
                            score = scores[element];
                        }
                    }
                    if (weakest >= 0 && best >= 0) {
                        // A matrix of zeros has no typical magnitude and loses nothing by a move.
                        double loss = magnitude == 0 ? 0 : magnitude / typicalMagnitude;
                        propose(row * banks + bank, weakest, best, score / typicalScore - loss);
                    }
                }
            }
        }

        private void propose(int place, int weakest, int best, double gain) {
            if (gain > 0) {
                from[place] = weakest;
                to[place] = best;
                keys[place] = AtomSelection.key((float) gain, true);
            }
        }

        SparsityPattern apply(long moves) {
            boolean[] chosen = new AtomSelection(keys, pattern.rows(), 1).choose(moves);
            for (int place = 0; place < chosen.length; place++) {
                if (chosen[place]) {
                    mask[from[place]] = false;
                    mask[to[place]] = true;
                }
            }
            return PatternAtoms.fromMask(
                    pattern.rows(), pattern.columns(), pattern.geometry(), mask);
        }

        private static double rootMeanSquare(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += (double) value * value;
            }
            return Math.sqrt(sum / values.length);
        }
    }
}
