package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatternPruningTest {
    @ParameterizedTest
    @MethodSource("hlstm.sparse.PatternSamples#patterns")
    void removesTheWantedCountWithinTheGeometry(SparsityPattern pattern) {
        int existing = pattern.nonzeros();
        float[] magnitudes = PatternSamples.scores(existing, 13);
        for (long wanted : new long[] {0, 1, 7, 40, existing, existing + 5L, Long.MAX_VALUE}) {
            SparsityPattern pruned = PatternPruning.prune(pattern, magnitudes, wanted);
            long removed = existing - pruned.nonzeros();
            assertTrue(PatternSamples.contains(pattern, pruned));
            assertEquals(pattern.geometry(), pruned.geometry());
            assertTrue(removed >= Math.min(wanted, existing), () -> removed + " of " + wanted);
            assertTrue(
                    removed < Math.max(wanted, 1) + pattern.geometry().tileRows()
                            || wanted > existing);
            assertEquals(pruned, PatternPruning.prune(pattern, magnitudes, wanted));
        }
        assertSame(pattern, PatternPruning.prune(pattern, magnitudes, 0));
    }

    @ParameterizedTest
    @MethodSource("hlstm.sparse.PatternSamples#patterns")
    void keepsWhatIsProtected(SparsityPattern pattern) {
        ConnectionFilter kept = (row, column) -> (3 * row + column) % 5 == 0;
        SparsityPattern pruned =
                PatternPruning.prune(
                        pattern,
                        PatternSamples.scores(pattern.nonzeros(), 17),
                        Long.MAX_VALUE,
                        kept);
        int expected = 0;
        for (int row = 0; row < pattern.rows(); row++) {
            for (int k = pattern.rowOffset(row); k < pattern.rowOffset(row + 1); k++) {
                if (kept.holds(row, pattern.column(k))) {
                    assertTrue(pruned.position(row, pattern.column(k)) >= 0);
                    expected++;
                }
            }
        }
        if (pattern.geometry() == Geometry.PLAIN) {
            assertEquals(expected, pruned.nonzeros());
        }
    }

    @Test
    void plainDropsTheSmallestAndTheFirstOfEqualOnes() {
        SparsityPattern pattern = SparsityPattern.full(2, 3, Geometry.PLAIN);
        float[] magnitudes = {3, 1, 2, 2, 0, 2};
        assertArrayEquals(
                new int[] {0, 0, 2}, PatternPruning.prune(pattern, magnitudes, 3).columnIndices());
    }

    @Test
    void rowBlocksGoByTheirEnergy() {
        SparsityPattern pattern = SparsityPattern.full(4, 3, Geometry.ROWS_4);
        float[] magnitudes = {0, 2, 3, 0, 2, 0, 0, 2, 0, 4.1f, 2, 0};
        // Energies 4.1, 4 and 3.
        assertArrayEquals(
                new int[] {0, 1, 0, 1, 0, 1, 0, 1},
                PatternPruning.prune(pattern, magnitudes, 1).columnIndices());
        assertArrayEquals(
                new int[] {0, 0, 0, 0},
                PatternPruning.prune(pattern, magnitudes, 5).columnIndices());
    }

    @Test
    void aTileOfFewerRowsCountsAsIfItHadAll() {
        SparsityPattern pattern = SparsityPattern.full(6, 2, Geometry.ROWS_4);
        // The last tile has two rows: energies 4 and 8, and 2.42 and 1.62 for half a tile.
        float[] magnitudes = {
            1, 1.4142f, 1, 1.4142f, 1, 1.4142f, 1, 1.4142f, 1.1f, 0.9f, 1.1f, 0.9f
        };
        SparsityPattern once = PatternPruning.prune(pattern, magnitudes, 1);
        assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 0}, once.columnIndices());
        SparsityPattern twice = PatternPruning.prune(once, pattern.transfer(magnitudes, once), 1);
        assertArrayEquals(new int[] {1, 1, 1, 1, 0, 0}, twice.columnIndices());
    }

    @Test
    void eachRowOfABankedSlotGivesUpItsWeakest() {
        SparsityPattern pattern =
                SparsityPattern.random(8, 8, Geometry.BANKED_8, 0.5, new SplittableRandom(6));
        float[] magnitudes = new float[32];
        for (int row = 0; row < 8; row++) {
            for (int k = 0; k < 4; k++) {
                magnitudes[4 * row + k] = 1 + (k + row) % 4;
            }
        }
        SparsityPattern pruned = PatternPruning.prune(pattern, magnitudes, 9);
        float[] left = pattern.transfer(magnitudes, pruned);
        assertEquals(16, left.length);
        for (float magnitude : left) {
            assertTrue(magnitude >= 3, "left " + magnitude);
        }
    }

    @Test
    void aTileKeepsAsManySlotsAsItsMostProtectedRow() {
        SparsityPattern pattern = SparsityPattern.full(8, 8, Geometry.BANKED_8);
        float[] magnitudes = PatternSamples.scores(64, 3);
        ConnectionFilter kept = (row, column) -> row == 5 && column >= 6;
        SparsityPattern pruned = PatternPruning.prune(pattern, magnitudes, 64, kept);
        assertEquals(16, pruned.nonzeros());
        assertTrue(pruned.position(5, 6) >= 0 && pruned.position(5, 7) >= 0);
    }

    @Test
    void stackedDiagonalsAreUnitToItselfInEveryGate() {
        SparsityPattern pattern = SparsityPattern.full(12, 3, Geometry.PLAIN);
        SparsityPattern pruned =
                PatternPruning.prune(
                        pattern, new float[36], 36, ConnectionFilter.stackedDiagonals(3));
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}, pruned.columnIndices());
    }

    @Test
    void undoesGrowthByTheSameScores() {
        for (Geometry geometry : Geometry.values()) {
            SparsityPattern empty = SparsityPattern.empty(37, 21, geometry);
            float[] scores = new float[37 * 21];
            SplittableRandom random = new SplittableRandom(8);
            for (int k = 0; k < scores.length; k++) {
                scores[k] = 0.01f + (float) random.nextDouble();
            }
            SparsityPattern small = PatternGrowth.grow(empty, scores, 120);
            SparsityPattern large = PatternGrowth.grow(small, scores, 200);
            float[] magnitudes =
                    SparsityPattern.full(37, 21, Geometry.PLAIN).transfer(scores, large);
            assertEquals(
                    small,
                    PatternPruning.prune(large, magnitudes, large.nonzeros() - small.nonzeros()),
                    geometry.label());
        }
    }

    @Test
    void refusesMagnitudesThatCannotBe() {
        SparsityPattern pattern = SparsityPattern.full(2, 3, Geometry.PLAIN);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1f}) {
            float[] magnitudes = new float[6];
            magnitudes[4] = bad;
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> PatternPruning.prune(pattern, magnitudes, 1))
                            .getMessage();
            assertTrue(message.contains("magnitude 4 of 6 is " + bad), message);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> PatternPruning.prune(pattern, new float[5], 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PatternPruning.prune(pattern, new float[6], -1));
    }
}
