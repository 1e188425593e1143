package hlstm.sparse;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random patterns within a geometry. */
final class RandomPatterns {
    private RandomPatterns() {}

    static SparsityPattern random(
            int rows, int columns, Geometry geometry, double density, RandomGenerator random) {
        if (!(density >= 0 && density <= 1)) {
            throw new IllegalArgumentException("density must lie in [0, 1], found " + density);
        }
        PatternChecks.checkShape(rows, columns);
        int tileRows = geometry.tileRows();
        int width = geometry.tileColumns();
        int banks = (columns + width - 1) / width;
        int groups = (rows + tileRows - 1) / tileRows;
        int[][] columnsOfRow = new int[rows][];
        double owed = 0;
        for (int group = 0; group < groups; group++) {
            int first = group * tileRows;
            int last = Math.min(rows, first + tileRows);
            owed += density * columns;
            int share = (int) Math.min(columns, Math.round(owed));
            owed -= share;
            int[] perBank = slotsPerBank(columns, width, banks, share, random);
            for (int row = first; row < last; row++) {
                // Rows of a block share their columns; rows of a banked tile draw their own.
                columnsOfRow[row] =
                        row > first && width == 1
                                ? columnsOfRow[first]
                                : drawColumns(columns, width, perBank, share, random);
            }
        }
        return fromRows(rows, columns, geometry, columnsOfRow);
    }

    private static int[] slotsPerBank(
            int columns, int width, int banks, int share, RandomGenerator random) {
        int[] places = new int[columns];
        Arrays.setAll(places, place -> place);
        shuffle(places, random);
        int[] perBank = new int[banks];
        for (int k = 0; k < share; k++) {
            perBank[places[k] / width]++;
        }
        return perBank;
    }

    private static int[] drawColumns(
            int columns, int width, int[] perBank, int share, RandomGenerator random) {
        int[] drawn = new int[share];
        int count = 0;
        for (int bank = 0; bank < perBank.length; bank++) {
            int first = bank * width;
            int[] choices = new int[Math.min(width, columns - first)];
            Arrays.setAll(choices, k -> first + k);
            if (width > 1) {
                shuffle(choices, random);
            }
            for (int k = 0; k < perBank[bank]; k++) {
                drawn[count++] = choices[k];
            }
        }
        Arrays.sort(drawn);
        return drawn;
    }

    private static void shuffle(int[] values, RandomGenerator random) {
        for (int k = values.length - 1; k > 0; k--) {
            IntArrays.swap(values, k, random.nextInt(k + 1));
        }
    }

    static SparsityPattern fromRows(
            int rows, int columns, Geometry geometry, int[][] columnsOfRow) {
        int[] offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = offsets[row] + columnsOfRow[row].length;
        }
        int[] indices = new int[offsets[rows]];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(columnsOfRow[row], 0, indices, offsets[row], columnsOfRow[row].length);
        }
        return SparsityPattern.wrap(rows, columns, geometry, offsets, indices);
    }
}
