package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatternGrowthTest {
    @ParameterizedTest
    @MethodSource("hlstm.sparse.PatternSamples#patterns")
    void addsTheWantedCountWithinTheGeometry(SparsityPattern pattern) {
        int elements = pattern.rows() * pattern.columns();
        float[] scores = PatternSamples.scores(elements, 11);
        int dormant = elements - pattern.nonzeros();
        for (long wanted : new long[] {0, 1, 7, 40, dormant, dormant + 5L, Long.MAX_VALUE}) {
            SparsityPattern grown = PatternGrowth.grow(pattern, scores, wanted);
            long added = grown.nonzeros() - pattern.nonzeros();
            assertTrue(PatternSamples.contains(grown, pattern));
            assertEquals(pattern.geometry(), grown.geometry());
            assertTrue(added >= Math.min(wanted, dormant), () -> added + " of " + wanted);
            assertTrue(
                    added < Math.max(wanted, 1) + pattern.geometry().tileRows()
                            || wanted > dormant);
            assertEquals(grown, PatternGrowth.grow(pattern, scores, wanted));
        }
        assertSame(pattern, PatternGrowth.grow(pattern, scores, 0));
    }

    @Test
    void plainTakesTheLargestScoresAndTheFirstOfEqualOnes() {
        SparsityPattern pattern =
                new SparsityPattern(2, 4, Geometry.PLAIN, new int[] {0, 1, 1}, new int[] {0});
        float[] scores = {9, 2, 5, 3, 3, 0, 5, 3};
        SparsityPattern grown = PatternGrowth.grow(pattern, scores, 4);
        assertArrayEquals(new int[] {0, 2, 3, 0, 2}, grown.columnIndices());
        assertArrayEquals(new int[] {0, 3, 5}, grown.rowOffsets());
    }

    @Test
    void rowBlocksAreScoredByTheEnergyOfTheirRows() {
        SparsityPattern pattern = SparsityPattern.empty(6, 3, Geometry.ROWS_4);
        float[] scores = new float[18];
        scores[0] = 5;
        for (int row = 0; row < 4; row++) {
            scores[row * 3 + 1] = 2.6f;
        }
        scores[4 * 3 + 2] = 3;
        scores[5 * 3 + 2] = 3;
        // Energies 5, 5.2 and, in the block of two rows, 4.24, which for four would be 6.
        assertArrayEquals(
                new int[] {0, 0, 0, 0, 1, 1}, lengths(PatternGrowth.grow(pattern, scores, 2)));
        SparsityPattern two = PatternGrowth.grow(pattern, scores, 4);
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1}, lengths(two));
        assertArrayEquals(new int[] {1, 1, 1, 1, 2, 2}, two.columnIndices());
        assertArrayEquals(
                new int[] {2, 2, 2, 2, 1, 1}, lengths(PatternGrowth.grow(pattern, scores, 9)));
    }

    @Test
    void eachRowOfABankedSlotTakesItsOwnBestColumn() {
        SparsityPattern pattern = SparsityPattern.empty(8, 16, Geometry.BANKED_8);
        float[] scores = new float[8 * 16];
        for (int row = 0; row < 8; row++) {
            scores[row * 16 + 8 + row] = 1;
            scores[row * 16 + 8 + (row + 3) % 8] = 0.5f;
            scores[row * 16 + row / 2] = 0.25f;
        }
        SparsityPattern one = PatternGrowth.grow(pattern, scores, 8);
        SparsityPattern three = PatternGrowth.grow(pattern, scores, 17);
        for (int row = 0; row < 8; row++) {
            assertTrue(one.position(row, 8 + row) >= 0);
            assertTrue(three.position(row, 8 + (row + 3) % 8) >= 0);
            assertTrue(three.position(row, row / 2) >= 0);
        }
        assertEquals(24, three.nonzeros());
    }

    @Test
    void aWokenSlotLeavesExistingColumnsAlone() {
        SparsityPattern pattern =
                SparsityPattern.random(8, 8, Geometry.BANKED_8, 0.5, new SplittableRandom(2));
        float[] scores = PatternSamples.scores(64, 5);
        SparsityPattern grown = PatternGrowth.grow(pattern, scores, 1);
        for (int row = 0; row < 8; row++) {
            int best = -1;
            for (int column = 0; column < 8; column++) {
                boolean dormant = pattern.position(row, column) < 0;
                if (dormant && (best < 0 || scores[row * 8 + column] > scores[row * 8 + best])) {
                    best = column;
                }
            }
            assertTrue(grown.position(row, best) >= 0, "row " + row);
        }
        assertEquals(pattern.nonzeros() + 8, grown.nonzeros());
    }

    @Test
    void agreesWithSortingAllScores() {
        SparsityPattern pattern =
                SparsityPattern.random(50, 40, Geometry.PLAIN, 0.3, new SplittableRandom(4));
        SplittableRandom random = new SplittableRandom(9);
        float[] scores = new float[2000];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = (float) Math.exp(40 * random.nextDouble() - 20);
        }
        float[] dormant = new float[2000 - pattern.nonzeros()];
        int count = 0;
        for (int k = 0; k < scores.length; k++) {
            if (pattern.position(k / 40, k % 40) < 0) {
                dormant[count++] = scores[k];
            }
        }
        Arrays.sort(dormant);
        SparsityPattern grown = PatternGrowth.grow(pattern, scores, 100);
        for (int k = 0; k < scores.length; k++) {
            boolean woken =
                    grown.position(k / 40, k % 40) >= 0 && pattern.position(k / 40, k % 40) < 0;
            if (pattern.position(k / 40, k % 40) < 0) {
                assertEquals(scores[k] >= dormant[dormant.length - 100], woken);
            }
        }
    }

    @Test
    void extremeScoresOrderToo() {
        SparsityPattern pattern = SparsityPattern.empty(4, 4, Geometry.ROWS_4);
        float[] scores = new float[16];
        Arrays.fill(scores, Float.MIN_VALUE);
        scores[2] = Float.MAX_VALUE;
        scores[6] = Float.MAX_VALUE;
        scores[3] = -0f;
        assertArrayEquals(
                new int[] {2, 2, 2, 2}, PatternGrowth.grow(pattern, scores, 4).columnIndices());
    }

    @Test
    void refusesScoresThatCannotBe() {
        SparsityPattern pattern = SparsityPattern.empty(2, 3, Geometry.PLAIN);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1f}) {
            float[] scores = new float[6];
            scores[4] = bad;
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> PatternGrowth.grow(pattern, scores, 1))
                            .getMessage();
            assertTrue(message.contains("row 1, column 1 is " + bad), message);
        }
        assertThrows(
                IllegalArgumentException.class, () -> PatternGrowth.grow(pattern, new float[5], 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PatternGrowth.grow(pattern, new float[6], -1));
    }

    @Test
    void fiveMillionScoresDoNotStallTraining() {
        int rows = 3200;
        int columns = 1600;
        float[] scores = new float[rows * columns];
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < scores.length; k++) {
            scores[k] = (float) random.nextDouble();
        }
        // Generous: a machine under load, and compilation on the way.
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> {
                    for (Geometry geometry : Geometry.values()) {
                        SparsityPattern pattern =
                                SparsityPattern.random(
                                        rows, columns, geometry, 0.1, new SplittableRandom(2));
                        SparsityPattern grown =
                                PatternGrowth.grow(pattern, scores, scores.length / 10);
                        assertEquals(0.2, grown.density(), 1e-4);
                    }
                });
    }

    private static int[] lengths(SparsityPattern pattern) {
        int[] lengths = new int[pattern.rows()];
        Arrays.setAll(lengths, row -> pattern.rowOffset(row + 1) - pattern.rowOffset(row));
        return lengths;
    }
}
