package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BankPairsTest {
    /** A pattern whose groups of 8 rows each have so many connections in each bank of 8 columns. */
    private static SparsityPattern pattern(int rows, int[]... slots) {
        int banks = slots[0].length;
        int[] offsets = new int[rows + 1];
        int[] columns = new int[rows * banks * 8];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = offsets[row];
            for (int bank = 0; bank < banks; bank++) {
                for (int k = 0; k < slots[row / 8][bank]; k++) {
                    // Rows differ in their places.
                    columns[offsets[row + 1]++] = bank * 8 + k + (row + bank) % 4;
                }
            }
        }
        return new SparsityPattern(
                rows, banks * 8, Geometry.BANKED_8, offsets, Arrays.copyOf(columns, offsets[rows]));
    }

    @Test
    void slotsOfOneBankArePaired() {
        BankPairs pairs = BankPairs.of(pattern(16, new int[] {2, 0, 1}, new int[] {1, 1, 2}));

        assertEquals(2, pairs.paired(0));
        assertEquals(2, pairs.paired(1));
        assertEquals(1, pairs.single(0));
        assertEquals(2, pairs.single(1));
        // Of the slots 0 0 2 and 0 1 2 2, by their banks.
        assertTrue(pairs.isPaired(0, 0));
        assertFalse(pairs.isPaired(0, 1));
        assertTrue(pairs.isPaired(0, 2));
        assertTrue(pairs.isPaired(1, 0));
        assertFalse(pairs.isPaired(1, 1));
        assertTrue(pairs.isPaired(1, 2));
        assertFalse(pairs.isPaired(1, 3));
    }

    @Test
    void groupsAreSharedByTwoNeighboursOnly() {
        int[] one = {1};
        BankPairs pairs = BankPairs.of(pattern(28, one, one, one, one));

        assertEquals(1, pairs.paired(0));
        assertEquals(1, pairs.paired(1));
        assertEquals(0, pairs.paired(2), "the group beside it has only 4 rows");
        assertEquals(1, pairs.single(2));
        assertEquals(1, pairs.single(3));
    }

    @Test
    void aFewPartnersAreNotWorthASecondList() {
        int[] first = {1, 1, 1, 1, 0, 0, 0};
        BankPairs few = BankPairs.of(pattern(16, first, new int[] {1, 0, 0, 0, 1, 1, 1}));
        BankPairs enough = BankPairs.of(pattern(16, first, new int[] {1, 1, 0, 0, 0, 1, 1}));

        assertEquals(0, few.paired(0));
        assertEquals(4, few.single(1));
        assertFalse(few.isPaired(0, 0));
        assertEquals(2, enough.paired(0));
    }

    @Test
    void bothGroupsOfAPairHaveAsManyPairedSlots() {
        SplittableRandom random = new SplittableRandom(3);
        for (double density : new double[] {0, 0.05, 0.1, 0.125, 0.4, 1}) {
            SparsityPattern pattern =
                    SparsityPattern.random(64, 133, Geometry.BANKED_8, density, random);
            BankPairs pairs = BankPairs.of(pattern);
            long paired = 0;
            for (int group = 0; group < 8; group += 2) {
                assertEquals(pairs.paired(group), pairs.paired(group + 1));
                paired += pairs.paired(group);
            }
            PackedMatrix packed =
                    PackedMatrix.pack(new SparseMatrix(pattern, new float[pattern.nonzeros()]));
            assertEquals(pattern.nonzeros(), packed.storedValues(), "density " + density);
            assertTrue(density < 0.4 || 16 * paired > pattern.nonzeros() / 2, "at " + density);
        }
    }
}
