package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SparsityPatternTest {
    @Test
    void readsWhatItWasGiven() {
        SparsityPattern pattern =
                new SparsityPattern(
                        3, 5, Geometry.PLAIN, new int[] {0, 2, 2, 3}, new int[] {1, 4, 0});
        assertEquals(3, pattern.rows());
        assertEquals(5, pattern.columns());
        assertEquals(3, pattern.nonzeros());
        assertEquals(0.2, pattern.density(), 1e-12);
        assertEquals(2, pattern.rowOffset(1));
        assertEquals(4, pattern.column(1));
        assertEquals(1, pattern.position(0, 4));
        assertEquals(-1, pattern.position(0, 2));
        assertEquals(-1, pattern.position(1, 4));
        assertEquals("3 x 5 plain, 3 connections (20.00 %)", pattern.toString());
    }

    @Test
    void copiesItsArrays() {
        int[] offsets = {0, 1};
        int[] columns = {2};
        SparsityPattern pattern = new SparsityPattern(1, 4, Geometry.PLAIN, offsets, columns);
        columns[0] = 3;
        pattern.columnIndices()[0] = 1;
        pattern.rowOffsets()[1] = 0;
        assertArrayEquals(new int[] {2}, pattern.columnIndices());
        assertArrayEquals(new int[] {0, 1}, pattern.rowOffsets());
    }

    @Test
    void refusesWhatIsNoCsr() {
        refused("cannot be -1 x 4", -1, 4, new int[] {}, new int[] {});
        refused("cannot be 65536 x 65536", 65536, 65536, new int[65537], new int[] {});
        refused("2 rows need 3 row offsets, found 2", 2, 4, new int[] {0, 1}, new int[] {0});
        refused("from 0 to the 1 connections", 1, 4, new int[] {1, 1}, new int[] {0});
        refused("from 0 to the 2 connections", 1, 4, new int[] {0, 1}, new int[] {0, 1});
        refused("row 1 runs from 2 to 1", 3, 4, new int[] {0, 2, 1, 2}, new int[] {0, 1});
        refused("row 0 runs from 0 to 9", 2, 4, new int[] {0, 9, 2}, new int[] {0, 1});
        refused("found 4 after 0", 1, 4, new int[] {0, 2}, new int[] {0, 4});
        refused("found -1 after -1", 1, 4, new int[] {0, 1}, new int[] {-1});
        refused("found 1 after 1", 1, 4, new int[] {0, 2}, new int[] {1, 1});
        refused("found 0 after 1", 1, 4, new int[] {0, 2}, new int[] {1, 0});
    }

    private static void refused(
            String message, int rows, int columns, int[] offsets, int[] indices) {
        String found =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new SparsityPattern(
                                                rows, columns, Geometry.PLAIN, offsets, indices))
                        .getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void refusesRowsOfABlockThatDiffer() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new SparsityPattern(
                                                5,
                                                2,
                                                Geometry.ROWS_4,
                                                new int[] {0, 1, 2, 3, 4, 4},
                                                new int[] {0, 0, 1, 0}))
                        .getMessage();
        assertTrue(message.contains("rows4: row 2"), message);
    }

    @Test
    void refusesTilesOutOfBalance() {
        int[] offsets = new int[9];
        for (int row = 0; row < 8; row++) {
            offsets[row + 1] = row + 1;
        }
        int[] columns = {0, 1, 2, 3, 4, 5, 6, 8};
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new SparsityPattern(
                                                8, 16, Geometry.BANKED_8, offsets, columns))
                        .getMessage();
        assertTrue(message.contains("banked8: row 7"), message);
        columns[7] = 7;
        assertEquals(8, new SparsityPattern(8, 16, Geometry.BANKED_8, offsets, columns).nonzeros());
    }

    @ParameterizedTest
    @EnumSource
    void factoriesRefuseShapesThatCannotBe(Geometry geometry) {
        assertThrows(IllegalArgumentException.class, () -> SparsityPattern.full(-1, 3, geometry));
        assertThrows(IllegalArgumentException.class, () -> SparsityPattern.empty(3, -1, geometry));
        assertThrows(
                IllegalArgumentException.class,
                () -> SparsityPattern.full(1 << 16, 1 << 16, geometry));
        for (double density : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SparsityPattern.random(4, 4, geometry, density, new SplittableRandom(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fullAndEmptyOfEveryShape(Geometry geometry) {
        for (int[] shape : PatternSamples.SHAPES) {
            SparsityPattern full = SparsityPattern.full(shape[0], shape[1], geometry);
            SparsityPattern empty = SparsityPattern.empty(shape[0], shape[1], geometry);
            assertEquals(shape[0] * shape[1], full.nonzeros());
            assertEquals(0, empty.nonzeros());
            assertEquals(0, empty.density());
            assertEquals(shape[0] * shape[1] == 0 ? 0 : 1, full.density());
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomHasTheDensityAskedFor(Geometry geometry) {
        for (double density : new double[] {0, 0.05, 0.1, 0.33, 0.5, 1}) {
            SparsityPattern pattern =
                    SparsityPattern.random(161, 83, geometry, density, new SplittableRandom(7));
            // Up to half a column in the last group of rows is owed at the end.
            assertEquals(density, pattern.density(), 0.5 / 83, geometry + " " + density);
            assertEquals(
                    pattern,
                    SparsityPattern.random(161, 83, geometry, density, new SplittableRandom(7)));
        }
        assertNotEquals(
                SparsityPattern.random(161, 83, geometry, 0.5, new SplittableRandom(7)),
                SparsityPattern.random(161, 83, geometry, 0.5, new SplittableRandom(8)));
    }

    @ParameterizedTest
    @EnumSource
    void randomLeavesNoRowUnconnected(Geometry geometry) {
        SparsityPattern pattern =
                SparsityPattern.random(96, 40, geometry, 0.1, new SplittableRandom(3));
        for (int row = 0; row < 96; row++) {
            assertEquals(4, pattern.rowOffset(row + 1) - pattern.rowOffset(row));
        }
    }

    @Test
    void transferKeepsSharedConnectionsAndZeroesTheRest() {
        SparsityPattern from =
                new SparsityPattern(
                        2, 4, Geometry.PLAIN, new int[] {0, 2, 4}, new int[] {0, 2, 1, 3});
        SparsityPattern to =
                new SparsityPattern(
                        2, 4, Geometry.PLAIN, new int[] {0, 3, 4}, new int[] {0, 1, 2, 3});
        assertArrayEquals(new float[] {1, 0, 2, 4}, from.transfer(new float[] {1, 2, 3, 4}, to));
        assertThrows(IllegalArgumentException.class, () -> from.transfer(new float[] {1, 2}, to));
        assertThrows(
                IllegalArgumentException.class,
                () -> from.transfer(new float[4], SparsityPattern.empty(2, 5, Geometry.PLAIN)));
    }

    @ParameterizedTest
    @EnumSource
    void asPlainHoldsTheSameConnections(Geometry geometry) {
        SparsityPattern pattern =
                SparsityPattern.random(33, 20, geometry, 0.4, new SplittableRandom(5));
        SparsityPattern plain = pattern.asPlain();
        assertEquals(Geometry.PLAIN, plain.geometry());
        assertArrayEquals(pattern.columnIndices(), plain.columnIndices());
        assertArrayEquals(pattern.rowOffsets(), plain.rowOffsets());
        assertSame(plain, plain.asPlain());
        assertEquals(geometry == Geometry.PLAIN, pattern.equals(plain));
    }

    @ParameterizedTest
    @CsvSource({"plain,PLAIN", "ROWS16,ROWS_16", "banked8,BANKED_8"})
    void geometriesByLabel(String label, Geometry geometry) {
        assertEquals(geometry, Geometry.of(label));
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> Geometry.of("rows5"))
                        .getMessage()
                        .contains("rows5"));
    }
}
