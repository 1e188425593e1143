package hlstm.sparse;

import java.util.Arrays;

/**
 * What makes CSR arrays a {@link SparsityPattern}: checked once, so that kernels may trust them.
 */
final class PatternChecks {
    private PatternChecks() {}

    /** Elements are counted in int, existing or not: growth scores every one of them. */
    static void checkShape(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a matrix cannot be %d x %d: expected sizes from 0 and fewer than 2^31 elements"
                            .formatted(rows, columns));
        }
    }

    static void checkStructure(int rows, int columns, int[] rowOffsets, int[] columnIndices) {
        checkShape(rows, columns);
        if (rowOffsets.length != rows + 1) {
            throw new IllegalArgumentException(
                    "%d rows need %d row offsets, found %d"
                            .formatted(rows, rows + 1, rowOffsets.length));
        }
        if (rowOffsets[0] != 0 || rowOffsets[rows] != columnIndices.length) {
            throw new IllegalArgumentException(
                    "row offsets must run from 0 to the %d connections, found %d to %d"
                            .formatted(columnIndices.length, rowOffsets[0], rowOffsets[rows]));
        }
        for (int row = 0; row < rows; row++) {
            if (rowOffsets[row + 1] < rowOffsets[row]
                    || rowOffsets[row + 1] > columnIndices.length) {
                throw new IllegalArgumentException(
                        "row offsets must not decrease: row %d runs from %d to %d"
                                .formatted(row, rowOffsets[row], rowOffsets[row + 1]));
            }
            int previous = -1;
            for (int k = rowOffsets[row]; k < rowOffsets[row + 1]; k++) {
                int column = columnIndices[k];
                if (column <= previous || column >= columns) {
                    throw new IllegalArgumentException(
                            "columns of row %d must ascend within [0, %d): found %d after %d"
                                    .formatted(row, columns, column, previous));
                }
                previous = column;
            }
        }
    }

    static void checkGeometry(SparsityPattern pattern) {
        switch (pattern.geometry()) {
            case PLAIN -> {}
            case ROWS_4, ROWS_8, ROWS_16, ROWS_32 -> checkRowBlocks(pattern);
            case BANKED_8 -> checkBanks(pattern);
        }
    }

    private static void checkRowBlocks(SparsityPattern pattern) {
        int size = pattern.geometry().tileRows();
        int[] offsets = pattern.rowOffsetsShared();
        int[] columns = pattern.columnIndicesShared();
        for (int row = 0; row < pattern.rows(); row++) {
            int head = row - row % size;
            if (!Arrays.equals(
                    columns,
                    offsets[head],
                    offsets[head + 1],
                    columns,
                    offsets[row],
                    offsets[row + 1])) {
                throw new IllegalArgumentException(
                        "geometry %s: row %d does not hold the columns of row %d"
                                .formatted(pattern.geometry(), row, head));
            }
        }
    }

    private static void checkBanks(SparsityPattern pattern) {
        int size = pattern.geometry().tileRows();
        int width = pattern.geometry().tileColumns();
        int[] offsets = pattern.rowOffsetsShared();
        int[] columns = pattern.columnIndicesShared();
        for (int row = 0; row < pattern.rows(); row++) {
            int head = row - row % size;
            int length = offsets[row + 1] - offsets[row];
            boolean balanced = length == offsets[head + 1] - offsets[head];
            for (int k = 0; balanced && k < length; k++) {
                // Equal banks in ascending order means equal counts in every bank.
                balanced = columns[offsets[row] + k] / width == columns[offsets[head] + k] / width;
            }
            if (!balanced) {
                throw new IllegalArgumentException(
                        "geometry %s: row %d does not take as many columns of each bank as row %d"
                                .formatted(pattern.geometry(), row, head));
            }
        }
    }
}
