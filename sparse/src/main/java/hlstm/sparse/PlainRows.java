package hlstm.sparse;

/**
 * {@code y += W x} for single connections, in plain Java. Eight rows of a tile are summed at once,
 * since a chain of additions waits for itself. Each row is one chain from its first connection to
 * its last, whatever tile and window it is in.
 */
final class PlainRows {
    private PlainRows() {}

    static void multiplyAdd(PackedPlain w, float[] x, int xOffset, float[] y, int yOffset) {
        int[] order = w.order;
        int to = yOffset - w.firstRow;
        int end = w.firstRow + w.rows();
        int p = w.firstRow;
        for (; p <= end - 8; p += 8) {
            eight(w, p, x, xOffset, y, to);
        }
        for (; p < end; p++) {
            y[to + order[p]] += row(w, p, 0, 0, x, xOffset);
        }
    }

    /** Rows [p, p + 8) in sorted order: as far as the shortest goes at once, then one by one. */
    private static void eight(
            PackedPlain w, int p, float[] x, int xOffset, float[] y, int yOffset) {
        int[] order = w.order;
        int[] columns = w.columnIndices;
        float[] values = w.values;
        int valuesOffset = w.valuesOffset;
        int shortest = w.lengths[p + 7];
        int k = w.tileOffsets[p / PackedPlain.HEIGHT] + p % PackedPlain.HEIGHT;
        int end = k + shortest * PackedPlain.HEIGHT;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float sum4 = 0;
        float sum5 = 0;
        float sum6 = 0;
        float sum7 = 0;
        for (; k < end; k += PackedPlain.HEIGHT) {
            int v = valuesOffset + k;
            sum0 += values[v] * x[xOffset + columns[k]];
            sum1 += values[v + 1] * x[xOffset + columns[k + 1]];
            sum2 += values[v + 2] * x[xOffset + columns[k + 2]];
            sum3 += values[v + 3] * x[xOffset + columns[k + 3]];
            sum4 += values[v + 4] * x[xOffset + columns[k + 4]];
            sum5 += values[v + 5] * x[xOffset + columns[k + 5]];
            sum6 += values[v + 6] * x[xOffset + columns[k + 6]];
            sum7 += values[v + 7] * x[xOffset + columns[k + 7]];
        }
        y[yOffset + order[p]] += row(w, p, shortest, sum0, x, xOffset);
        y[yOffset + order[p + 1]] += row(w, p + 1, shortest, sum1, x, xOffset);
        y[yOffset + order[p + 2]] += row(w, p + 2, shortest, sum2, x, xOffset);
        y[yOffset + order[p + 3]] += row(w, p + 3, shortest, sum3, x, xOffset);
        y[yOffset + order[p + 4]] += row(w, p + 4, shortest, sum4, x, xOffset);
        y[yOffset + order[p + 5]] += row(w, p + 5, shortest, sum5, x, xOffset);
        y[yOffset + order[p + 6]] += row(w, p + 6, shortest, sum6, x, xOffset);
        y[yOffset + order[p + 7]] += sum7;
    }

    /** Adds the connections from number {@code done} on of a row to the sum of those before. */
    private static float row(PackedPlain w, int p, int done, float sum, float[] x, int xOffset) {
        int start = w.tileOffsets[p / PackedPlain.HEIGHT] + p % PackedPlain.HEIGHT;
        int end = start + w.lengths[p] * PackedPlain.HEIGHT;
        for (int k = start + done * PackedPlain.HEIGHT; k < end; k += PackedPlain.HEIGHT) {
            sum += w.values[w.valuesOffset + k] * x[xOffset + w.columnIndices[k]];
        }
        return sum;
    }
}
