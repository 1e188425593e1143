package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BankRewiringTest {
    @ParameterizedTest
    @CsvSource({"8,8", "16,24", "13,21", "3,5", "40,64"})
    void movesAtMostTheWantedCountAndKeepsEveryTile(int rows, int columns) {
        for (double density : new double[] {0.1, 0.3, 0.8}) {
            SparsityPattern pattern =
                    SparsityPattern.random(
                            rows, columns, Geometry.BANKED_8, density, new SplittableRandom(1));
            float[] magnitudes = PatternSamples.scores(pattern.nonzeros(), 2);
            float[] scores = PatternSamples.scores(rows * columns, 3);
            int last = 0;
            for (int moves : new int[] {1, 3, 1000}) {
                SparsityPattern next =
                        BankRewiring.rewire(
                                pattern, magnitudes, scores, moves, ConnectionFilter.NONE);
                assertEquals(pattern.nonzeros(), next.nonzeros());
                assertEquals(slots(pattern), slots(next));
                int moved = moved(pattern, next);
                assertTrue(moved <= moves && moved >= last, moved + " of " + moves);
                last = moved;
            }
            assertTrue(last > 0 || pattern.nonzeros() == 0);
        }
    }

    /** The column banks of each row, in order. */
    private static String slots(SparsityPattern pattern) {
        StringBuilder banks = new StringBuilder();
        for (int column : pattern.columnIndices()) {
            banks.append(column / 8).append(' ');
        }
        return banks.toString();
    }

    private static int moved(SparsityPattern from, SparsityPattern to) {
        int moved = 0;
        for (int row = 0; row < from.rows(); row++) {
            for (int k = from.rowOffset(row); k < from.rowOffset(row + 1); k++) {
                moved += to.position(row, from.column(k)) < 0 ? 1 : 0;
            }
        }
        return moved;
    }

    @Test
    void theLargestGainMovesFirst() {
        SparsityPattern pattern =
                PatternGrowth.grow(
                        SparsityPattern.empty(2, 4, Geometry.BANKED_8),
                        new float[] {1, 0, 0, 0, 1, 0, 0, 0},
                        2);
        float[] magnitudes = {1, 0.1f};
        float[] scores = {0, 1, 2, 0, 0, 0, 0, 1.9f};
        SparsityPattern one =
                BankRewiring.rewire(pattern, magnitudes, scores, 1, ConnectionFilter.NONE);
        assertEquals(0, one.column(0));
        assertEquals(3, one.column(1));
        SparsityPattern two =
                BankRewiring.rewire(pattern, magnitudes, scores, 2, ConnectionFilter.NONE);
        assertEquals(2, two.column(0));
        assertEquals(3, two.column(1));
    }

    @Test
    void aStrongConnectionStays() {
        SparsityPattern pattern =
                PatternGrowth.grow(
                        SparsityPattern.empty(2, 4, Geometry.BANKED_8),
                        new float[] {1, 0, 0, 0, 1, 0, 0, 0},
                        2);
        SparsityPattern next =
                BankRewiring.rewire(
                        pattern,
                        new float[] {1, 0.01f},
                        new float[] {9, 0.5f, 0, 0, 0, 5, 0, 0},
                        2,
                        ConnectionFilter.NONE);
        assertEquals(0, next.column(0));
        assertEquals(1, next.column(1));
    }

    @Test
    void protectedConnectionsAndFullBanksStay() {
        SparsityPattern pattern =
                SparsityPattern.random(16, 16, Geometry.BANKED_8, 0.25, new SplittableRandom(5));
        float[] magnitudes = new float[pattern.nonzeros()];
        float[] scores = PatternSamples.scores(256, 6);
        assertEquals(
                pattern,
                BankRewiring.rewire(pattern, magnitudes, scores, 99, (row, column) -> true));
        SparsityPattern full = SparsityPattern.full(9, 9, Geometry.BANKED_8);
        assertEquals(
                full,
                BankRewiring.rewire(full, new float[81], new float[81], 99, ConnectionFilter.NONE));
        assertSame(
                pattern,
                BankRewiring.rewire(pattern, magnitudes, scores, 0, ConnectionFilter.NONE));
        assertEquals(
                pattern,
                BankRewiring.rewire(
                        pattern, magnitudes, new float[256], 99, ConnectionFilter.NONE));
    }

    @Test
    void refusesOtherGeometriesAndBadNumbers() {
        SparsityPattern plain = SparsityPattern.full(2, 2, Geometry.PLAIN);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        BankRewiring.rewire(
                                                plain,
                                                new float[4],
                                                new float[4],
                                                1,
                                                ConnectionFilter.NONE))
                        .getMessage();
        assertTrue(message.contains("found plain"), message);
        SparsityPattern banked = SparsityPattern.full(2, 2, Geometry.BANKED_8);
        float[] bad = {0, Float.NaN, 0, 0};
        assertThrows(
                IllegalArgumentException.class,
                () -> BankRewiring.rewire(banked, bad, new float[4], 1, ConnectionFilter.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> BankRewiring.rewire(banked, new float[4], bad, 1, ConnectionFilter.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        BankRewiring.rewire(
                                banked, new float[4], new float[4], -1, ConnectionFilter.NONE));
    }
}
